"""What an export calls the records of a table of a known kind: by the head of the table's name and by the columns that number or name them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tools.crm.semantic.model import Entity

SHORTEST_HAN, SHORTEST_LATIN = 2, 4
MOST_WORDS = 2
KEYED, TITLED = "id", {"name", "number"}
SAYS_NOTHING = {
    *("record", "row", "line", "entry", "item", "object", "system", "external", "internal", "source", "unique", "reference", "serial", "list", "report"),
    *("full", "first", "last", "display", "legal", "short", "english", "chinese", "user", "file", "table", "sheet", "data", "details", "sales", "news"),
    *("记录", "系统", "序列", "流水", "外部", "内部", "唯一", "数据", "中文", "英文", "主键", "单据", "全局", "完整"),
}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_KEY_HAN = re.compile(r"(?:单编号|单号|编号|姓名|名称|编码|代码|号码|号|名)$")
_KEY_LATIN = re.compile(r"\s+(?:ids?|no\.?|nr\.?|num|number|code|key|refs?\.?|reference|name)$", re.IGNORECASE)
_PLURAL = re.compile(r"[a-z]{2,}(?:[^su]s|ses)$", re.IGNORECASE)


def called_records(tables: Iterable[Mapping[str, Any]], entities: Mapping[str, Entity]) -> dict[str, tuple[str, ...]]:
    """The nouns by kind of record; none by which another kind goes that the export has as well, or two of its tables do."""
    held = {str(table.get("entity") or ""): table for table in tables}
    taken = {key: _words(entity) for key, entity in entities.items() if key in held or entity.custom_table is not None}
    shipped = {word for entity in entities.values() for word in _words(entity)}
    nouns = {key: tuple(dict.fromkeys((*_keyed(table), *_headed(table, shipped)))) for key, table in held.items() if key in entities}
    found = {}
    for key, own in nouns.items():
        others = {word for other, words in taken.items() if other != key for word in words}
        others |= {_one(noun) for other, theirs in nouns.items() if other != key for noun in theirs}
        found[key] = tuple(noun for noun in own if _one(noun) not in others)
    return found


def _keyed(table: Mapping[str, Any]) -> Iterator[str]:
    for column in table.get("columns", ()):
        to = str(column.get("to") or "")
        if to == KEYED or to in TITLED:
            yield from _noun(str(column.get("header") or ""))


def _headed(table: Mapping[str, Any], shipped: set[str]) -> Iterator[str]:
    """As "clinics" of "regional_clinics"; none of a name that the model knows as a whole, or for another kind by its head."""
    name = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", str(table.get("sheet") or table.get("file") or ""))
    words = [word.casefold() for word in re.findall(r"[A-Za-z]+", name)]
    plural = len(words) > 1 and not _HAN.search(name) and _PLURAL.search(words[-1]) and _says_something(words[-1])
    if plural and not {_one(" ".join(words)), _one(words[-1])} & shipped:
        yield words[-1]


def _noun(header: str) -> Iterator[str]:
    """As in "Enquiry Ref", 询价单号."""
    spoken = " ".join(re.split(r"[\s_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header.strip())))
    noun = (_KEY_HAN if _HAN.search(spoken) else _KEY_LATIN).sub("", spoken).strip()
    if noun != spoken and len(noun.split()) <= MOST_WORDS and _says_something(noun):
        yield noun


def _says_something(noun: str) -> bool:
    if _HAN.search(noun):
        return len(noun) >= SHORTEST_HAN and noun not in SAYS_NOTHING
    words = noun.casefold().split()
    return len(noun) >= SHORTEST_LATIN and noun.isascii() and all(word.isalpha() and word not in SAYS_NOTHING for word in words)


def _words(entity: Entity) -> set[str]:
    kinds = (word for each in entity.kinds.values() for word in (*each.en, *each.zh))
    return {_one(word) for word in (*entity.words.en, *entity.words.zh, *kinds)}


def _one(word: str) -> str:
    """A noun without its plural."""
    return re.sub(r"ies$", "y", re.sub(r"(?<=[^s])s$", "", word.casefold()) if not word.casefold().endswith("ies") else word.casefold())
