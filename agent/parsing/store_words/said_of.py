"""What headers say beside the name of a column: the unit of its numbers, and the word for what bears the name that it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import has_han, term_key
from agent.parsing.store_words.own_headers import own_labels
from tools.crm.semantic import Field, FieldType, Measure
from tools.crm.semantic.model import base_model

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

MEASURES: tuple[frozenset[str], ...] = (
    frozenset({"㎡", "m²", "m2", "平米", "平方米", "平方", "平", "sqm", "square metre", "square meter"}),
    frozenset({"sq ft", "sqft", "sq. ft", "sq. ft.", "ft²", "ft2", "square foot", "square feet", "平方英尺", "平方呎"}),
    frozenset({"m³", "m3", "cbm", "立方米", "立方", "方", "cubic metre", "cubic meter"}),
    frozenset({"kg", "公斤", "千克", "kilo", "kilogram"}),
    frozenset({"t", "吨", "ton", "tonne"}),
    frozenset({"lb", "lbs", "pound", "磅"}),
    frozenset({"mi", "mile", "英里"}),
    frozenset({"ft", "foot", "feet", "英尺"}),
    frozenset({"km", "公里", "千米", "kilometre", "kilometer"}),
    frozenset({"m", "米", "metre", "meter"}),
    frozenset({"kw", "千瓦", "kilowatt"}),
    frozenset({"kwh", "度", "千瓦时", "kilowatt hour"}),
    frozenset({"l", "升", "litre", "liter"}),
)
_DONE = re.compile(r"(?P<verb>[a-z]{4,}ed) [a-z]+$", re.IGNORECASE)
_UNIT = re.compile(r"[（(]([^（）()]+)[）)]\s*$")
_NAME = re.compile(r"(?:的?名称|的?全称|的?姓名|的?名字|名)$|\s+(?:full )?name$", re.IGNORECASE)
ENDING = ("到期", "截止", "届满", "结束", "到期日", "到期日期", "截止日期")
_END = re.compile(r"^([\u4e00-\u9fff]{2,4})(?:到期|截止|届满|结束|终止)(?:日期|时间|日)?$")
_TOTAL = re.compile(r"^(?P<what>[\u4e00-\u9fff]{2,4}?)(?P<sum>金额|额|费用?|价)$")
_WHICH_DAY = re.compile(r"哪一?[天日]|几号|什么时候|啥时候|何时")
_AMOUNT = re.compile(r"[额价费款金资酬租利税]$")
_MONEY_OR_TIME = re.compile(r"[元币%％¥$€£]|^(?:[万亿千百]|天|日|周|月|年|小时|分钟?|秒|days?|weeks?|months?|years?|hours?|hrs?|mins?|minutes?|[A-Z]{3})$")


def units_of(spec: Field) -> Iterator[str]:
    """The unit in the header of a column of numbers, with its other spellings: 樘 of 破损(樘), "square metres" of 面积(㎡)."""
    if not spec.custom or spec.type not in {FieldType.COUNT, FieldType.NUMBER}:
        return
    for label in dict.fromkeys((*spec.words.en[:1], *spec.words.zh[:1])):
        found = _UNIT.search(label)
        unit = found.group(1).strip() if found else ""
        if not unit or _MONEY_OR_TIME.search(unit):
            continue
        same = next((group for group in MEASURES if unit.casefold() in group), frozenset({unit}))
        yield from (word for word in sorted(same) if not _means_else(word))


def sayings_of(spec: Field) -> Iterator[str]:
    """Other words for what a header names: 质保到期 of 质保截止日, 赔付金额 and 赔了 of 赔付(元)."""
    for label in own_labels(spec):
        plain = _UNIT.sub("", label).strip()
        if spec.type.is_time and (ends := _END.match(plain)):
            yield from (f"{ends.group(1)}{word}" for word in ENDING)
        if spec.type.is_time and _WHICH_DAY.search(plain) and len(told := _WHICH_DAY.sub("", plain).removesuffix("的")) > 0:
            yield from (f"{told}{day}" for day in ("的日子", "的日期", "的时间", "的那天", "日期"))  # 过了估摸定的日子 of 估摸哪天定
        if spec.custom and spec.type is FieldType.MONEY and (total := _TOTAL.match(plain)):
            yield from (f"{total['what']}总{total['sum']}", f"总{plain}")  # 预估总金额 of 预估金额
        if spec.custom and spec.type is FieldType.MONEY and has_han(plain) and not _AMOUNT.search(plain):
            yield from (f"{plain}{word}" for word in ("金额", "总额", "额", "款"))
            verbs = [f"{plain[0]}{particle}" for particle in ("了", "过", "出")] if len(plain) == len("赔付") else []
            yield from (verb for verb in verbs if term_key(verb) not in cues())


def said_of_settled(measure: Measure) -> Iterator[str]:
    """The keys of a verb in an export's own word for a figure, said of whoever it is of: "confirmed" and "confirm" of "Confirmed Revenue"."""
    known = base_model().measures[measure.key].words.en if measure.key in base_model().measures else ()
    for word in measure.words.en:
        found = _DONE.match(word) if word not in known else None
        forms = (found["verb"].casefold(), found["verb"].casefold()[:-2]) if found else ()
        if not any(form in cues() or form in stopwords() for form in forms):
            yield from map(term_key, forms)


def deeds_of(spec: Field) -> Iterator[str]:
    """How one says that it has happened what a header asks the day of: 寄了 and 寄的 of 哪天寄的."""
    for label in own_labels(spec) if spec.type.is_time else ():
        told = _WHICH_DAY.sub("", label).removesuffix("的")
        if _WHICH_DAY.search(label) and 1 <= len(told) <= 2 and has_han(told):
            yield from (phrase for phrase in (f"{told}了", f"{told}的", f"{told}过", f"{told}出去了") if term_key(phrase) not in cues())


def _means_else(word: str) -> bool:
    """Whether it is a function word, such as 个 or 台, or a single letter."""
    key = term_key(word)
    return key in cues() or key in stopwords() or (len(key) == 1 and not has_han(key) and key.isascii())


def called_by_titles(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Kinds of record with the word in the export's own header for their names: 楼盘 of deals whose name stands below 楼盘名称."""
    for entity in vocabulary.model.entities.values():
        spec = entity.fields.get(entity.title or "")
        if spec is None or spec.type is not FieldType.NAME or not vocabulary.content(entity.key, spec.key).count:
            continue
        for label in own_labels(spec):
            noun = _NAME.sub("", label).strip()
            if len(noun) >= 2 and (noun != label or has_han(noun)):
                yield entity.key, noun
