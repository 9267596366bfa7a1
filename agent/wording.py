"""Lets a live model reword a draft around its slots; a sentence that it changed in anything but words is kept as it was."""

from __future__ import annotations

import re
from collections import Counter

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from agent.composing.draft import SLOT, Draft, Sentence
from agent.verifying.wording import keeps_meaning
from prompts.words import say

MOST_GROWTH = 3


def reword(draft: Draft, model: BaseChatModel) -> Draft:
    """The draft with each sentence reworded where the rewording holds; unchanged when the model fails."""
    if draft.abstained or not draft.sentences:
        return draft
    try:
        spoken = model.invoke([SystemMessage(say("word_system", draft.language)), HumanMessage("\n".join(s.template for s in draft.sentences))])
        lines = [line.strip() for line in re.split(r"\n+", str(spoken.content)) if line.strip()]
    except Exception:  # noqa: BLE001 - wording is a courtesy; the template stands
        return draft
    if len(lines) == len(draft.sentences):
        draft.sentences = [_accepted(before, after) for before, after in zip(draft.sentences, lines, strict=True)]
    return draft


def _accepted(before: Sentence, after: str) -> Sentence:
    same_slots = Counter(SLOT.findall(before.template)) == Counter(SLOT.findall(after))
    if not same_slots or len(after) > MOST_GROWTH * len(before.template) or not keeps_meaning(before.template, after):
        return before
    return Sentence(after, before.direction, before.call)
