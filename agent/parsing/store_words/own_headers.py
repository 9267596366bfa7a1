"""What the export itself calls its columns and kinds of record, and what such headers say besides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.language.text import has_han
from tools.crm.semantic import Entity, Field, FieldType
from tools.crm.semantic.model import base_model

OPPOSITES = (
    *(("内", "外"), ("外", "内"), ("上", "下"), ("下", "上"), ("已", "未"), ("已", "没")),
    *(("有", "无"), ("有", "没有"), ("含", "不含"), ("含", "未"), ("可", "不可")),
)
AT_THE_END = {"内", "外", "上", "下"}
HEADS = (
    ("status", "state", "状态"), ("result", "outcome", "结果", "结论"), ("type", "kind", "category", "类型", "类别", "种类"),
    ("reason", "cause", "原因", "归因"), ("level", "grade", "等级", "级别"), ("stage", "阶段"), ("method", "mode", "方式"),
)  # fmt: skip

_BEFORE = re.compile(r"^(?:是否|是不是|有无|能否|可否|会否)")
_TWICE = re.compile(r"^(?P<head>.*?)(?P<verb>[一-鿿]{1,2})[没不](?P=verb)(?P<tail>[一-鿿]*)$")
_BEHIND = re.compile(r"(?:了没有?|没有?|了吗|吗|了否|与否|否|[（(].*[)）])$")
_IN_BRACKETS = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")
_TABLE = re.compile(r"(?:(?:登记|记录|明细|台账|清单|档案|流水|日志|纪要|名录)表?|表|单)$")


def without_table_word(name: str) -> str:
    """A Chinese name of a table without the word that says that it is one: 急修 of 急修记录表."""
    return _TABLE.sub("", name)


def without_unit(label: str) -> str:
    """A header without the unit, or whatever else stands in brackets behind it: "MRR" of "MRR (EUR)"."""
    return _IN_BRACKETS.sub("", label)


def asked_by(label: str) -> str:
    """What a yes-or-no header asks, without the asking: 停 of 停了没, 过 of 过没过, 客户满意 of 客户满意没."""
    plain = _BEFORE.sub("", label)
    twice = _TWICE.match(plain)
    return twice["head"] + twice["verb"] + twice["tail"] if twice else _BEHIND.sub("", plain)


def own_labels(spec: Field) -> tuple[str, ...]:
    """What the export itself calls a field, where that is no shipped word."""
    if spec.custom:
        return spec.words.en[:1]
    shipped = base_model().entities[spec.entity].fields.get(spec.key) if spec.entity in base_model().entities else base_model().entities.get(spec.to or "")
    known = {*shipped.words.en, *shipped.words.zh} if shipped else set()
    return tuple(word for word in dict.fromkeys((*spec.words.en, *spec.words.zh)) if shipped and word not in known)


def own_names(entity: Entity) -> tuple[str, ...]:
    """What the export itself calls a kind of record, where that is no shipped word."""
    shipped = base_model().entities.get(entity.key)
    known = {*shipped.words.en, *shipped.words.zh} if shipped else set()
    return tuple(word for word in dict.fromkeys((*entity.words.en, *entity.words.zh)) if word not in known)


def bare_labels(spec: Field) -> Iterator[str]:
    """An export's own label without its unit ("MRR (EUR)"), a yes-or-no field without the asking (是否招标)."""
    for label in dict.fromkeys((*spec.words.en, *spec.words.zh)) if spec.custom else ():
        plain = without_unit(label)
        if spec.type is FieldType.FLAG:
            plain = re.sub(r"^(?:是否|有无|is |has )", "", plain, flags=re.IGNORECASE)
        if plain and plain != label:
            yield plain
        ours = re.sub(r"^(?:我方|我司|我们的?|本公司|本司|our )", "", plain, flags=re.IGNORECASE)
        if ours != plain and len(ours) >= 2:
            yield ours


def opposites(spec: Field) -> Iterator[tuple[str, str]]:
    """What the records are called for which a yes-or-no field says yes or no: 保内 and 保外 of 是否保内, 未付 beside 已付."""
    for label in dict.fromkeys((*spec.words.zh, *spec.words.en)) if spec.custom else ():
        plain = re.sub(r"^(?:是否|有无|是不是)", "", label)
        if re.fullmatch(r"[A-Za-z]+ed", plain) and not plain.casefold().startswith("un"):
            yield "false", f"un{plain.casefold()}"  # "uninsured" beside Insured
        for one, other in OPPOSITES if has_han(plain) and len(plain) >= 2 else ():
            if plain.startswith(one) and len(plain) > len(one):
                yield from (("true", plain), ("false", other + plain[len(one) :]))
            elif plain.endswith(one) and one in AT_THE_END and len(plain) <= 4:
                yield from (("true", plain), ("false", plain[: -len(one)] + other))


def heads_of(spec: Field) -> Iterator[str]:
    """What a column of an own table tells of its records, as its header ends, in both languages: the status of "shipment status", 结果 of 投标结果."""
    for label in spec.words.en if spec.custom and spec.type in {FieldType.TEXT, FieldType.STAGE} else ():
        for words in HEADS:
            if any(label.casefold().endswith(word if has_han(word) else f" {word}") or label.casefold() == word for word in words):
                yield from words


def roles_of(spec: Field) -> Iterator[str]:
    """What kind of person a reference names: 工程师 of 装机工程师."""
    for label in own_labels(spec) if spec.type is FieldType.REF else ():
        found = re.search(r"(?:工程师|负责人|业务员|责任人|经理|专员|顾问|代表|主管|销售|客服)$", label)
        if found and found.start() > 0:
            yield found.group()
