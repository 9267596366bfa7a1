"""Says a denial right before a state of records as "not": 没取消的订单, 还没达标的巡检. Of what records are it tells, and of nothing that they lack."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from agent.parsing.language.text import Token, has_han
from agent.parsing.linking.items import Item
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Value, Vocabulary

DENIALS = {"没", "没有", "未", "还没", "还没有", "尚未", "还未", "都没", "没被", "从没", "从未"}
HAVING_NONE = {"没有", "还没有"}  # 没有合格的样品的客户 have none
PASSIVE = {"被", "给"}
ENDING = set("的了过掉着吗呢")
OF_STATES = ("状态", "进展", "进度", "结果", "结论", "判定", "情况", "阶段", "节点", "现状", "status", "state", "stage", "result", "outcome", "progress")
SHIPPED = {"stage", "status"}
DONE, UNDER_WAY, NOT = "已", "中", ("未", "没", "不", "待", "非")


def with_denied_categories(tokens: tuple[Token, ...], items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items, of which such denials leave out the records in the state behind them."""
    found = list(items)
    for at, (denial, state) in enumerate(pairwise(items)):
        between = {token.text for token in tokens[denial.end : state.start]}
        if not denial.is_only_cue or denial.text not in DENIALS or not between <= PASSIVE or state.cues or not has_han(state.text[:1]):
            continue
        behind = tokens[state.end : state.end + 1]
        if state.text.startswith(DONE) or state.text.endswith(UNDER_WAY) or (behind and behind[0].kind != "mark" and behind[0].text not in ENDING):
            continue  # 没有执行中协议的客户: what they have none of
        if denial.text in HAVING_NONE and not all(value.text.startswith(DONE) for value in state.values):
            continue
        if state.values and not state.terms and all(_is_state(value, vocabulary) for value in state.values):
            found[at] = replace(denial, cues=("not",))
    return tuple(found)


def _is_state(value: Value, vocabulary: Vocabulary) -> bool:
    """Whether a category is one of how records stand, and says that something is so."""
    field = vocabulary.model.entities[value.entity].fields[value.field]
    if value.title or field.to or value.text.startswith(NOT):
        return False
    return value.text.startswith(DONE) or field.key in SHIPPED or any(label.casefold().endswith(OF_STATES) for label in own_labels(field))
