"""Lets a live model reword a draft around its slots; a sentence that it changed in anything but words is kept as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from agent.composing.draft import SLOT, Draft, Sentence, render_sentence
from agent.composing.typesetting import tidy
from agent.verifying.text import check_sentence
from prompts.words import say

MOST_GROWTH = 3
DECORATION = re.compile(r"^\s*(?:[-*•>]\s+|\d+[.)、]\s*)|\*\*|__|`")


def reword(draft: Draft, model: BaseChatModel, names: Collection[str] = ()) -> Draft:
    """The draft with each sentence reworded where the rewording holds; unchanged when the model fails.

    ``names`` are the names and values known to the data: none of them may come in with the new words.
    """
    if draft.abstained or not draft.sentences:
        return draft
    try:
        spoken = model.invoke([SystemMessage(say("word_system", draft.language)), HumanMessage("\n".join(s.template for s in draft.sentences))])
        lines = [line.strip() for line in re.split(r"\n+", str(spoken.content)) if line.strip()]
    except Exception:
        return draft
    if len(lines) == len(draft.sentences):
        draft.sentences = [_accepted(before, after, draft, names) for before, after in zip(draft.sentences, lines, strict=True)]
    return draft


def _accepted(before: Sentence, after: str, draft: Draft, names: Collection[str]) -> Sentence:
    after = DECORATION.sub("", after)
    same_slots = Counter(SLOT.findall(before.template)) == Counter(SLOT.findall(after))
    if not same_slots or len(after) > MOST_GROWTH * len(before.template):
        return before
    reworded = replace(before, template=tidy(after) if draft.language == "zh" else after)
    said = render_sentence(reworded, draft)
    return before if check_sentence(said, before, draft, names) else reworded
