"""The words by which an export itself calls its tables and columns; they join the shipped synonyms, since people ask in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tools.crm import models
from tools.crm.semantic.abbreviations import spoken_names
from tools.crm.semantic.model import RECORD_ID, Entity, Field, FieldType, Measure, Words
from tools.crm.semantic.record_nouns import called_records

LATEST_RUNS = 5
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORDS = re.compile(r"[^\s_]+")
_UNIT = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")
_SHEET_HAN = re.compile(
    r"(?:总表|明细表|登记表|记录|明细|台账|档案|清单|目录|资料|列表|信息|汇总|数据|管理|纪要|日志|日记|流水|登记|名册|花名册|一览|报表|底表|表|单)$"
)
_SHEET_LATIN = re.compile(r"[\s_-]+(?:list|table|export|data|log|register|records?|report|sheet|all|master)$", re.IGNORECASE)
_NAMING_HAN = re.compile(r"(?:编号|名称|编码|代码|号码|名|号)$")
_NAMING_LATIN = re.compile(r"[\s_-]+(?:id|no\.?|number|name|code|nr\.?|key)$", re.IGNORECASE)


def with_own_words(session: Session, entities: dict[str, Entity]) -> dict[str, Entity]:
    """The entities with the headers and file names of the latest imports beside the shipped words."""
    found = dict(entities)
    own = {entity.words.en[0]: key for key, entity in entities.items() if entity.custom_table is not None}
    tables = list(_tables(session))
    nouns = called_records(tables, entities)
    for table in tables:
        entity = found.get(own.get(" ".join(_WORDS.findall(str(table.get("label") or ""))), str(table.get("entity") or "")))
        if entity is None:
            continue
        fields = _yielding(entity, table)
        for column in table.get("columns", ()):
            key = RECORD_ID if column.get("to") == "id" else str(column.get("to") or "").partition("#")[0]
            if key in fields and not fields[key].custom:
                fields[key] = _called(fields[key], str(column.get("header") or ""))
        if entity.custom_table is not None:
            found[entity.key] = entity.model_copy(update={"fields": fields})
            continue
        called = _joined(entity.words, nouns.get(entity.key, ()), 1)
        words = _joined(called, tuple(table_names(str(table.get("sheet") or table.get("file") or ""))), len(called.en))
        found[entity.key] = entity.model_copy(update={"fields": fields, "words": words})
    for entity_key, field_key, text, stored, how in _readings(session):
        entity = found.get(entity_key)
        if entity is not None and field_key in entity.fields and (entity_key, field_key) != ("opportunity", "status"):
            field = entity.fields[field_key]
            words = _joined(field.values.get(stored, Words()), (text,), 99)
            more: dict[str, Any] = {"values": field.values | {stored: words}}
            closed = entity.kinds if field_key == "kind" else entities[entity_key].fields[field_key].values
            if closed and how != "code":
                more["written"] = field.written | {stored: tuple(dict.fromkeys((*field.written.get(stored, ()), text)))}
            found[entity_key] = entity.model_copy(update={"fields": entity.fields | {field_key: field.model_copy(update=more)}})
    return _with_own_statuses(session, found)


def _with_own_statuses(session: Session, entities: dict[str, Entity]) -> dict[str, Entity]:
    """The deals with the words of the export that come to the same status, as 跟进中 and 搁置 are both open; they are kept in a field of their own."""
    deals = entities["opportunity"]
    said: dict[str, dict[str, None]] = {}
    for entity_key, field_key, text, stored, _ in _readings(session):
        if (entity_key, field_key) == (deals.key, "status"):
            said.setdefault(stored, {})[text] = None
    written = {stored: tuple(texts) for stored, texts in said.items() if len(texts) > 1}
    if not written:
        return entities
    status = deals.fields["status"].model_copy(update={"written": written})
    return entities | {deals.key: deals.model_copy(update={"fields": deals.fields | {"status": status}})}


def with_settled_amount(session: Session, measures: dict[str, Measure]) -> dict[str, Measure]:
    """The measures with the header of an amount that open deals lack, and have from another column: "confirmed revenue" is what won deals are worth."""
    found = dict(measures)
    for table in _tables(session):
        column = _settled(table)
        for key, measure in measures.items() if column is not None else ():
            if (measure.entity, measure.op, measure.args, dict(measure.where)) == (table.get("entity"), "sum", ("amount",), {"status": ("won",)}):
                spoken = _spoken(str(column["header"])) if column else ""
                names = (spoken, *spoken_names(spoken))
                found[key] = measure.model_copy(update={"words": _joined(found[key].words, names, 1), "headers": names})
    return found


def _settled(table: dict[str, Any]) -> dict[str, Any] | None:
    """The column of what a record came to, where another column stands in for it until then."""
    columns = table.get("columns", ())
    filled = any(column.get("fills") == "amount" for column in columns)
    return next((column for column in columns if column.get("to") == "amount"), None) if filled else None


def table_names(name: str) -> Iterator[str]:
    """As in 拜访记录.csv: 拜访记录 and 拜访; as in 电扶梯设备台账.csv also how the name ends, 设备台账."""
    stem = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", name)
    stem = re.sub(r"[_\-\s]*\d[\d_\-]*$", "", stem).strip()
    spoken = re.sub(r"[_\s]+", " ", stem)
    if not spoken or re.fullmatch(r"(?:sheet|tabelle|工作表)", spoken, re.IGNORECASE):
        return
    yield spoken
    short = (_SHEET_HAN if _HAN.search(spoken) else _SHEET_LATIN).sub("", spoken)
    if short != spoken and len(short) >= 2:
        yield short
        if _HAN.search(spoken) and len(short) >= 4 and " " not in spoken:
            yield spoken[len(short) - 2 :]


def record_nouns(label: str, fields: dict[str, Field]) -> Iterator[str]:
    """What an own table calls its records: as in 设备编号, "device ID"; or the word with which several of its headers begin."""
    headers = [field.words.en[0] for field in fields.values() if field.custom]
    nouns = [_NAMING_HAN.sub("", each) if _HAN.search(each) else _NAMING_LATIN.sub("", each) for each in map(_label, filter(_is_own_name, fields.values()))]
    nouns = [noun for noun in nouns if len(noun) >= 2]
    called = [noun for noun in nouns if noun in label]
    yield from called or nouns[:1]  # the 订单号 of complaints that have a 客诉编号 is another record's
    heads = Counter(_head(word) for word in dict.fromkeys((label, *headers)))
    yield from (head for head, count in heads.items() if head and (count >= 3 or (count == 2 and head in label)))
    states = [header.removesuffix("状态") for header in headers if header.endswith("状态")]
    yield from (noun for noun in states if len(noun) >= 2)  # what is in a state, 设备状态, is the record


def _label(field: Field) -> str:
    return field.words.en[0]


def _is_own_name(field: Field) -> bool:
    return field.custom and names_records(field)


def names_records(field: Field) -> bool:
    """Whether a column names or numbers the records of its table: 设备编号, "device ID", 序列号."""
    spelt = ((_NAMING_HAN if _HAN.search(label) else _NAMING_LATIN, label) for label in field.words.en)
    return field.type in {FieldType.TEXT, FieldType.NAME} and any(naming.sub("", label) != label for naming, label in spelt)


def _head(label: str) -> str:
    """The first two characters of a longer Chinese label, the first of several Latin words."""
    if _HAN.match(label):
        return label[:2] if len(label) >= 4 else ""
    words = re.split(r"[\s_]+", label)
    return words[0] if len(words) > 1 and len(words[0]) > 3 else ""


def _tables(session: Session) -> Iterator[dict[str, Any]]:
    for mapping in session.scalars(select(models.ImportRun.mapping).order_by(models.ImportRun.id.desc()).limit(LATEST_RUNS)):
        yield from (mapping or {}).get("tables", ())


def _readings(session: Session) -> Iterator[tuple[str, str, str, str, str]]:
    """How an import read the export's own words for the values of closed fields: 微信 as message, A as strategic."""
    for totals in session.scalars(select(models.ImportRun.totals).order_by(models.ImportRun.id.desc()).limit(LATEST_RUNS)):
        for each in (totals or {}).get("readings", ()):
            yield str(each["entity"]), str(each["field"]), str(each["text"]), str(each["read_as"]), str(each.get("how") or "words")


def _called(field: Field, header: str) -> Field:
    spoken = _spoken(header)
    if field.type is FieldType.REF:
        spoken = re.sub(r"(?:工号|编号|编码|代码|号)$|\s+(?:no|id|code|nr|number|ref|key)\.?$", "", spoken, flags=re.IGNORECASE) or spoken
        # 责任人工号 tells who the 责任人 is, "surveyor id" who the surveyor is
    return field.model_copy(update={"words": _joined(field.words, (spoken, *spoken_names(spoken)) if spoken else (), 1)})


def _yielding(entity: Entity, table: dict[str, Any]) -> dict[str, Field]:
    """The fields without the words that are the headers of other columns, where they have no column themselves: the Status of a table is its stage."""
    columns = {str(column.get("to") or "").partition("#")[0]: _spoken(str(column.get("header") or "")) for column in table.get("columns", ())}
    fields, found = entity.fields, dict(entity.fields)
    for key, field in fields.items():
        if key in columns or field.type is not FieldType.STAGE:
            continue
        for other in (fields[to] for to, header in columns.items() if to in fields and fields[to].type is FieldType.STAGE):
            said = columns[other.key].casefold()
            if said in {*map(str.casefold, field.words.en), *field.words.zh}:
                first = (*field.words.en[:1], *field.words.zh[:1])  # one thing in both languages
                gone = first if said in first else (said,)
                whole = (*(f"{kind} {word}" for kind in entity.words.en for word in gone), *(f"{kind}{word}" for kind in entity.words.zh for word in gone))
                found[key] = field.model_copy(update={"words": _without(field.words, (*gone, *whole))})
                found[other.key] = found[other.key].model_copy(update={"words": _joined(other.words, gone, 1)})
    return found


def _without(words: Words, gone: tuple[str, ...]) -> Words:
    """Words but for some; a language keeps its last one."""
    en, zh = (tuple(word for word in each if word.casefold() not in gone) for each in (words.en, words.zh))
    return Words(en=en or words.en, zh=zh or words.zh)


def _spoken(header: str) -> str:
    return re.sub(r"[_\s]+", " ", _UNIT.sub("", header)).strip()


def _joined(words: Words, more: tuple[str, ...], place: int) -> Words:
    """The words with more of the same script behind the first ``place``."""
    zh = tuple(word for word in more if _HAN.search(word) and word not in words.zh)
    en = tuple(word for word in more if not _HAN.search(word) and word.casefold() not in {each.casefold() for each in words.en})
    return Words(en=(*words.en[:place], *en, *words.en[place:]), zh=(*words.zh[:place], *zh, *words.zh[place:]))
