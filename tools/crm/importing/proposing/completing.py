"""Finds places that no header's words gave: what names the records, the one amount, and the days by the part they play or by their order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tools.crm.importing.loading.outcomes import status_word
from tools.crm.importing.proposing.asking import by_questions
from tools.crm.importing.proposing.holding import by_dependence, by_values
from tools.crm.importing.proposing.matching import Vocabulary
from tools.crm.importing.proposing.naming import LEAST, TELLING, add_title
from tools.crm.importing.proposing.places import Column, Placed
from tools.crm.importing.proposing.profiling import Profile
from tools.crm.importing.proposing.roles import by_heads
from tools.crm.importing.values import parse_date

PARTS = {  # what the words around a day say of the part it plays
    "end_on": re.compile(r"终止|截止|到期|结束|届满|止|end|expir|until|ablauf|ende", re.IGNORECASE),
    "start_on": re.compile(r"起始|开始|生效|起|start|begin|from|effective|beginn", re.IGNORECASE),
    "signed_on": re.compile(r"签订|签署|签约|签|sign", re.IGNORECASE),
    "closed_at": re.compile(r"结案|完成|关闭|解决|完工|完结|办结|修复|结单|处理完|修好|弄好|clos|resol|done|finish|complet|solved|erledigt", re.IGNORECASE),
    "opened_at": re.compile(r"报修|受理|提交|创建|登记|发起|接单|报障|打来|来电|反映|open|creat|report|receiv|log|submit|gemeldet|eröffnet", re.IGNORECASE),
    "opened_on": re.compile(r"创建|建立|新建|立项|登记|发现|录入|建档|接触|报备|开单|creat|open|start|enter|angelegt", re.IGNORECASE),
    "close_on": re.compile(r"成交|签约|签单|结单|关闭|预计|落单|clos|won|expect|sign|abschluss", re.IGNORECASE),
    "paid_on": re.compile(r"到账|回款|收款|付款|日期|日$|日子|哪天|几号|时候|paid|pay|receiv|date|eingang|datum", re.IGNORECASE),
    "occurred_at": re.compile(r"日期|时间|日$|日子|哪天|几号|时候|date|time|when|datum", re.IGNORECASE),
    "issued_on": re.compile(r"开票|日期|日$|日子|哪天|几号|时候|issue|invoice|date|datum", re.IGNORECASE),
    "created_on": re.compile(r"建档|创建|登记|录|首次|合作|creat|since|added|onboard|angelegt|seit", re.IGNORECASE),
    "hired_on": re.compile(r"入职|到岗|[进来]公司|[进来]厂|加入|hire|join|start|eintritt", re.IGNORECASE),
}
AMOUNT = re.compile(r"金额|总价|价款|总额|货款|价税|款额|额|amount|value|total|sum|worth|revenue|price|betrag|wert|umsatz|summe", re.IGNORECASE)
# Days of one record that follow each other.
COURSES = (("opened_at", "closed_at"), ("opened_on", "close_on"), ("signed_on", "start_on", "end_on"), ("start_on", "end_on"), ("issued_on", "due_on"))
# A day on which somebody touched the record is no part of what it tells.
TOUCHED = re.compile(r"修改|更新|变更|最后|最近|下次|modif|updat|chang|last|next|geändert|zuletzt", re.IGNORECASE)
IN_ORDER = 0.95
MOST_STAGES, LEAST_OPEN = 20, 3


def complete(placed: Mapping[int, Placed], columns: Sequence[Column], vocabulary: Vocabulary, elsewhere: Sequence[Profile] = ()) -> dict[int, Placed]:
    """The places with those that can be told from what is left; nothing that has a place loses it. ``elsewhere`` are the columns of other tables."""
    found = dict(placed)
    add_title(found, columns, vocabulary.entity, elsewhere)
    _stage(found, columns, vocabulary)
    _amount(found, columns, vocabulary)
    by_dependence(found, columns, vocabulary.entity)
    _days(found, columns, vocabulary)
    _courses(found, columns, vocabulary)
    by_values(found, columns, vocabulary.entity)
    by_heads(found, columns, vocabulary)
    by_questions(found, columns, vocabulary.entity)
    return found


def _open(found: Mapping[int, Placed], columns: Sequence[Column]) -> list[int]:
    return [at for at, column in enumerate(columns) if at not in found and not column.profile.is_empty]


def _stage(found: dict[int, Placed], columns: Sequence[Column], vocabulary: Vocabulary) -> None:
    """Deals without a stage or status: the column of few words, of which one says won and one lost."""
    stages = ("stage", "status")
    told = {place.place: at for at, place in found.items()}
    if "status" in told and "stage" not in told and "stage" in vocabulary.entity.fields and _tells_stages(columns[told["status"]]):
        found[told["status"]] = replace(found[told["status"]], place="stage")  # its words say more than open, won and lost
    if not vocabulary.entity.fields.keys() >= set(stages) or any(place.place in stages for place in found.values()):
        return
    telling: dict[int, float] = {}
    for at in _open(found, columns):
        words = columns[at].profile.distinct
        said = [status_word(word) for word in words] if len(words) <= MOST_STAGES else []
        if {"won", "lost"} <= set(said):
            telling[at] = sum(status is not None for status in said) / len(said)
    if telling:
        best = max(telling, key=lambda at: (telling[at], -at))
        found[best] = Placed("stage", LEAST, "its words tell which deals are won and which lost")


def _tells_stages(column: Column) -> bool:
    """Whether several of a column's few words are of deals that are still open."""
    words = column.profile.distinct
    return len(words) <= MOST_STAGES and sum(status_word(word) not in ("won", "lost") for word in words) >= LEAST_OPEN


def _amount(found: dict[int, Placed], columns: Sequence[Column], vocabulary: Vocabulary) -> None:
    if "amount" not in vocabulary.entity.fields or any(place.place == "amount" for place in found.values()):
        return
    numbers = [at for at in _open(found, columns) if columns[at].profile.numbers >= TELLING and not columns[at].header.percent]
    money = [at for at in numbers if AMOUNT.search(columns[at].header.spoken)] or [at for at in numbers if _in_currency(columns[at])]
    if len(money) == 1:
        found[money[0]] = Placed("amount", LEAST, "the only amount of these records")


def _in_currency(column: Column) -> bool:
    return column.header.unit is not None or column.header.factor != 1 or bool(column.profile.units)


def _days(found: dict[int, Placed], columns: Sequence[Column], vocabulary: Vocabulary) -> None:
    taken = {place.place for place in found.values()}
    for key, words in PARTS.items():
        if key in taken or key not in vocabulary.entity.fields:
            continue
        days = [at for at in _open(found, columns) if columns[at].profile.dates >= TELLING and words.search(columns[at].header.spoken)]
        if len(days) == 1:
            found[days[0]] = Placed(key, LEAST, "it is the only day that the words of its header let play this part")
            taken.add(key)


def _courses(found: dict[int, Placed], columns: Sequence[Column], vocabulary: Vocabulary) -> None:
    """Days of which no header says the part, by their order in nearly all rows, where as many are left as the course has."""
    taken = {place.place for place in found.values()}
    for course in COURSES:
        if any(key in taken or key not in vocabulary.entity.fields for key in course):
            continue
        days = [at for at in _open(found, columns) if columns[at].profile.dates >= TELLING and not TOUCHED.search(columns[at].header.spoken)]
        order = _in_order(days, columns) if len(days) == len(course) else []
        for key, at in zip(course, order, strict=False):
            found[at] = Placed(key, LEAST, "of the days left, its place in their order lets it play this part")
            taken.add(key)


def _in_order(days: Sequence[int], columns: Sequence[Column]) -> list[int]:
    """The columns from the earliest to the latest; empty where their rows don't agree on it, or hold no order at all."""
    cells = {at: [parse_date(value, "mdy") or parse_date(value, "dmy") for value in columns[at].profile.column()] for at in days}
    ranked = sorted(days, key=lambda at: sum(day.toordinal() for day in cells[at] if day) / max(1, sum(day is not None for day in cells[at])))
    for earlier, later in pairwise(ranked):
        pairs = [(one, other) for one, other in zip(cells[earlier], cells[later], strict=True) if one and other]
        if not pairs or sum(one <= other for one, other in pairs) < IN_ORDER * len(pairs) or all(one == other for one, other in pairs):
            return []
    return ranked
