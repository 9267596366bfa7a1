"""Not knowing, said well: what was not understood or is not in the data, and the nearest thing that can be answered."""

from __future__ import annotations

from agent.composing.draft import Draft, Sentence
from agent.composing.typesetting import listed, tidy
from agent.turn import Turn
from prompts.words import say

REASONS = {
    "empty",
    "too_long",
    "not_a_question_about_data",
    "not_understood",
    "not_in_data",
    "no_data",
    "unknown_name",
    "period_without_data",
    "not_readable",
    "which_amount",
    "nothing_before",
}
WORDLESS = {"empty", "too_long", "no_data", "not_a_question_about_data", "which_amount", "nothing_before"}


def draft_refusal(turn: Turn) -> Draft:
    """One clear sentence with the reason, and the nearest question that can be answered."""
    draft = Draft(turn.language, abstained=True)
    words = listed([f"“{word}”" for word in turn.not_understood], turn.language)
    if turn.reason in REASONS:
        key = f"abstain_{_reason(turn)}" if words or turn.reason in WORDLESS else "abstain_not_understood_at_all"
        text = say(key, turn.language, words=words)
    else:
        text = turn.reason or say("abstain_not_understood_at_all", turn.language)
    draft.sentences.append(Sentence(_inert(tidy(text) if turn.language == "zh" else text)))
    draft.next_steps.extend(turn.nearest[:3])
    return draft


def draft_question_back(turn: Turn) -> Draft:
    """The readings as choices."""
    draft = Draft(turn.language)
    draft.sentences.append(Sentence(say("ask_back", turn.language)))
    return draft


def _reason(turn: Turn) -> str:
    """Words written like a name, and not understood, are a name that the data doesn't hold."""
    words = " ".join(turn.not_understood).split()
    is_name = turn.reason == "not_understood" and len(turn.not_understood) == 1 and len(words) > 1 and all(word[:1].isupper() for word in words)
    return "unknown_name" if is_name else turn.reason


def _inert(text: str) -> str:
    """Words of the question can't become slots."""
    return text.replace("{{", "{ {")
