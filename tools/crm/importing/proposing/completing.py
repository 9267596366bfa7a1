"""Finds places that no header's words gave: what names the records, the one amount, and the days by the part they play."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tools.crm.importing.proposing.matching import Vocabulary
from tools.crm.importing.proposing.places import Column, Placed
from tools.crm.semantic import FieldType

NAMING = re.compile(r"(?:名称|全称|姓名|名字|名|主题|标题|题目|name|title|subject|bezeichnung|firma|nom|nombre)$", re.IGNORECASE)
PARTS = {  # what the words around a day say of the part it plays
    "end_on": re.compile(r"终止|截止|到期|结束|届满|止|end|expir|until|ablauf|ende", re.IGNORECASE),
    "start_on": re.compile(r"起始|开始|生效|起|start|begin|from|effective|beginn", re.IGNORECASE),
    "signed_on": re.compile(r"签订|签署|签约|签|sign", re.IGNORECASE),
    "closed_at": re.compile(r"结案|完成|关闭|解决|完工|完结|办结|修复|结单|clos|resol|done|finish|complet|solved|erledigt", re.IGNORECASE),
    "opened_at": re.compile(r"报修|受理|提交|创建|登记|发起|接单|报障|open|creat|report|receiv|log|submit|gemeldet|eröffnet", re.IGNORECASE),
    "opened_on": re.compile(r"创建|立项|登记|发现|录入|建档|接触|报备|creat|open|start|enter|angelegt", re.IGNORECASE),
    "close_on": re.compile(r"成交|签约|签单|结单|关闭|预计|落单|clos|won|expect|sign|abschluss", re.IGNORECASE),
    "paid_on": re.compile(r"到账|回款|收款|付款|日期|paid|pay|receiv|date|eingang|datum", re.IGNORECASE),
    "occurred_at": re.compile(r"日期|时间|date|time|when|datum", re.IGNORECASE),
    "issued_on": re.compile(r"开票|日期|issue|invoice|date|datum", re.IGNORECASE),
    "created_on": re.compile(r"建档|创建|登记|录入|首次|合作|creat|since|added|onboard|angelegt|seit", re.IGNORECASE),
    "hired_on": re.compile(r"入职|到岗|hire|join|start|eintritt", re.IGNORECASE),
}
AMOUNT = re.compile(r"金额|总价|价款|总额|货款|价税|款额|额|amount|value|total|sum|worth|revenue|price|betrag|wert|umsatz|summe", re.IGNORECASE)
TELLING = 0.8
LEAST = 0.55


def complete(placed: Mapping[int, Placed], columns: Sequence[Column], vocabulary: Vocabulary) -> dict[int, Placed]:
    """The places with those that can be told from what is left; nothing that has a place loses it."""
    found = dict(placed)
    _title(found, columns, vocabulary)
    _amount(found, columns, vocabulary)
    _days(found, columns, vocabulary)
    return found


def _open(found: Mapping[int, Placed], columns: Sequence[Column]) -> list[int]:
    return [at for at, column in enumerate(columns) if at not in found and not column.profile.is_empty]


def _title(found: dict[int, Placed], columns: Sequence[Column], vocabulary: Vocabulary) -> None:
    entity = vocabulary.entity
    title = entity.fields.get(entity.title or "")
    if title is None or title.type is not FieldType.NAME or any(place.place == title.key for place in found.values()):
        return
    texts = [at for at in _open(found, columns) if _is_wording(columns[at])]
    called = [at for at in texts if NAMING.search(columns[at].header.spoken) and _distinct(columns[at]) >= TELLING]
    telling = called or [at for at in texts if _distinct(columns[at]) >= 0.97]
    if telling:
        best = max(telling, key=lambda at: (bool(NAMING.search(columns[at].header.spoken)), _distinct(columns[at]), -at))
        found[best] = Placed(title.key, LEAST, "it names the records: nearly every row has its own")


def _is_wording(column: Column) -> bool:
    profile = column.profile
    return profile.numbers < 0.3 and profile.dates < 0.3 and profile.telling_ids < 0.5 and profile.emails < 0.3


def _distinct(column: Column) -> float:
    values = [value for value in column.profile.column() if value.strip()]
    return len(set(values)) / len(values) if values else 0.0


def _amount(found: dict[int, Placed], columns: Sequence[Column], vocabulary: Vocabulary) -> None:
    if "amount" not in vocabulary.entity.fields or any(place.place == "amount" for place in found.values()):
        return
    money = [at for at in _open(found, columns) if columns[at].profile.numbers >= TELLING and AMOUNT.search(columns[at].header.spoken)]
    if len(money) == 1:
        found[money[0]] = Placed("amount", LEAST, "the only amount of these records")


def _days(found: dict[int, Placed], columns: Sequence[Column], vocabulary: Vocabulary) -> None:
    taken = {place.place for place in found.values()}
    for key, words in PARTS.items():
        if key in taken or key not in vocabulary.entity.fields:
            continue
        days = [at for at in _open(found, columns) if columns[at].profile.dates >= TELLING and words.search(columns[at].header.spoken)]
        if len(days) == 1:
            found[days[0]] = Placed(key, LEAST, "it is the only day that the words of its header let play this part")
            taken.add(key)
