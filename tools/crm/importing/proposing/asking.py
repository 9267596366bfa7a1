"""Reads headers that ask for what stands under them, as spoken ones do: 哪一类, 聊了啥, what kind, what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tools.crm.importing.proposing.naming import LEAST
from tools.crm.importing.proposing.places import Column, Placed
from tools.crm.importing.proposing.profiling import Profile
from tools.crm.semantic import Entity, FieldType

CLASS = re.compile(
    r"(?:(?:是|属于|算|归)?(?:哪|什么|啥)(?:一?[类种]|个?类[型别])(?:的|人|客户|单位|单子)?|(?:what|which) (?:kind|type|sort)(?: of \w+)?(?: is it| are they)?)"
)
WHAT = re.compile(
    r"(?:聊|谈|说|讲|问|沟通|干|做|办|忙|见)(?:的|了|过|些|的是|了些)*(?:什么|啥)|什么事|啥事|(?:什么|啥)内容|\bwhat (?:was|we|they|did|is) ?\w*|\babout what\b"
)
SCORED = re.compile(r"评分|打分|得分|评价|满意|\b(?:rating|score|stars|csat|nps)\b")
MOST_WORDS, LEAST_AGAIN, HIGHEST_SCORE, MOST = 25, 0.5, 10, 0.8


def by_questions(found: dict[int, Placed], columns: Sequence[Column], entity: Entity) -> None:
    """Give free fields the one column whose header asks for what such a field tells, where its values suit."""
    taken = {place.place for place in found.values()}
    for key, asked, suits, because in (
        ("kind", CLASS.fullmatch, _is_category, "its header asks of which kind the record is"),
        ("category", CLASS.fullmatch, _is_category, "its header asks of which kind the record is"),
        ("body", WHAT.search, _is_telling, "its header asks what was said or done, and the texts differ"),
        ("subject", WHAT.search, _is_category, "its header asks what was said or done"),
        ("satisfaction", SCORED.search, _is_score, "its header speaks of a score, and its numbers are small ones"),
    ):
        if key not in entity.fields or key in taken:
            continue
        told = [at for at, column in enumerate(columns) if at not in found and asked(column.header.spoken) and suits(column.profile)]
        if len(told) == 1:
            found[told[0]] = Placed(key, LEAST, because)
            taken.add(key)


def _is_category(profile: Profile) -> bool:
    return profile.type is FieldType.TEXT and len(profile.distinct) <= MOST_WORDS and len(profile.distinct) <= LEAST_AGAIN * len(profile.sample)


def _is_telling(profile: Profile) -> bool:
    return profile.type is FieldType.TEXT and len(profile.distinct) > MOST_WORDS


def _is_score(profile: Profile) -> bool:
    return profile.whole_numbers >= MOST and len(profile.distinct) <= HIGHEST_SCORE + 1 and profile.share(lambda value: len(value.split(".")[0]) <= 2) >= MOST
