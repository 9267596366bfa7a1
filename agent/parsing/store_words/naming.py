"""The shorter forms by which people call a record: without its legal form, by one word of its name; and what most names of a kind end with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from agent.parsing.language.lexicon import glossary
from agent.parsing.language.text import has_han
from agent.parsing.store_words.contents import Contents
from tools.crm.semantic import FieldType, SemanticModel

_LEGAL_HAN = re.compile(r"(?:(?:股份|集团)?有限(?:责任)?公司|股份公司|总公司|分公司|集团公司|公司|集团|股份|控股)$")
_PLACE_HAN = re.compile(r"^(?:[一-鿿]{2,3}(?:省|市|自治区)|(?:北京|上海|天津|重庆|深圳|广州|杭州|南京|苏州|成都|武汉|西安|中国))(?=[一-鿿]{2})")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_LEGAL_LATIN = re.compile(
    r"[\s,]+(?:inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|co|company|gmbh|ag|kg|sa|sas|spa|srl|bv|nv|ab|oy|as|pty|pte|group|holdings?)\.?$",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![A-Za-z0-9\-])(?=[A-Za-z]+-?\d|\d+-?[A-Za-z])[A-Za-z0-9][A-Za-z0-9\-]{2,}(?![A-Za-z0-9\-])")
_MODEL = re.compile(r"[A-Z]{1,4}[-_](?P<model>[A-Z]{1,4}\d[A-Z0-9]{1,5})", re.IGNORECASE)
_COLOURS = set("红橙黄绿青蓝紫灰黑白")
_COMMON = {"the", "new", "north", "south", "east", "west", "general", "global", "first", "united", "national", "international", "and", "of", "de", "st"}

_HALVES = re.compile(r"([A-Za-z][A-Za-z0-9 .&+-]*)\s+([\u4e00-\u9fff]+)|([\u4e00-\u9fff]+)\s+([A-Za-z][A-Za-z0-9 .&+-]*)")
LEAST_HAN, LEAST_LATIN = 3, 4
MOST_ENDINGS = 2000
LONGEST_SPELT, LONGEST_PERSON, LONGEST_KIND = 4, 3, 8
_KIND_HAN = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:大区|地区|区域|片区|办事处|分公司|省|市|区|县|部|办|组|类|级|型|行业)$")
LEAST_NAMES, LEAST_SHARE = 8, 0.4


def model_of(code: str) -> str | None:
    """The model in the number of a product that begins with what sort of goods it is: the CT256 of SB-CT256."""
    found = _MODEL.fullmatch(code)
    return found["model"] if found else None


def common_nouns(contents: Contents, model: SemanticModel) -> Iterator[tuple[str, str]]:
    """Entities with the word that many of their names end with: customers that are all called "… Hospital" are the hospitals."""
    for entity in model.entities.values():
        if entity.title is None or entity.fields[entity.title].type is not FieldType.NAME:
            continue
        names = list(contents.fields[(entity.key, entity.title)].values)[:MOST_ENDINGS] if (entity.key, entity.title) in contents.fields else []
        if len(names) < LEAST_NAMES:
            continue
        endings = Counter(ending for name in names for ending in _endings(_BRACKETS.sub("", name).strip()))
        common = [ending for ending, count in endings.items() if count >= LEAST_SHARE * len(names) and not ending.isdigit()]
        for ending in common:
            if not any(longer != ending and longer.endswith(ending) for longer in common):
                yield entity.key, ending


def spellings(name: str, person: bool) -> Iterator[str]:
    """A short Chinese name in Latin letters, as people type it: 宁波 is Ningbo, 王伟 Wang Wei or Wei Wang."""
    from pypinyin import lazy_pinyin  # its dictionary takes a fifth of a second to load

    if not (2 <= len(name) <= LONGEST_SPELT and all(has_han(letter) for letter in name)):
        return
    parts = lazy_pinyin(name)
    yield "".join(parts)
    if person and len(name) <= LONGEST_PERSON:
        yield "".join((*parts[1:], parts[0]))


def core_of(value: str) -> str:
    """A place or unit without what kind it is: 华东大区 is 华东, 浙江省 is 浙江."""
    return _KIND_HAN.sub("", value) if has_han(value) and len(value) <= LONGEST_KIND else value


def without_noun(value: str, nouns: tuple[str, ...]) -> Iterator[str]:
    """A category without the word for the records themselves, as people list them: 新建 and 技改 of 新建项目 and 技改项目."""
    for noun in nouns:
        if value.endswith(noun) and len(value) - len(noun) == 2 and has_han(value):
            yield value.removesuffix(noun)


def _endings(name: str) -> Iterator[str]:
    if has_han(name):
        core = _LEGAL_HAN.sub("", name)
        if core == name:
            yield from (core[-size:] for size in (2, 3, 4) if len(core) > size + 1)
    else:
        words = name.split()
        if len(words) > 1 and len(words[-1]) > 3 and words[-1].isalpha() and _LEGAL_LATIN.sub("", name) == name:
            yield words[-1]


def core_of_name(name: str) -> str:
    """A record's name without brackets and its legal form."""
    core = _BRACKETS.sub("", name).strip()
    while (shorter := (_LEGAL_HAN if has_han(core) else _LEGAL_LATIN).sub("", core).strip(" ,")) != core and len(shorter) >= 2:
        core = shorter
    return core


def said_of_end(category: str) -> frozenset[str]:
    """As in 石油化工, 老客户转介绍: what the longest end of a Chinese category that the glossary knows is called otherwise, "chemicals", "referral"."""
    if category in glossary() or not (2 < len(category) <= LONGEST_KIND and all(map(has_han, category))):
        return frozenset()
    ends = (glossary().get(category[at:]) for at in range(1, len(category) - 1))
    return next((words for words in ends if words), frozenset())


def name_forms(name: str, title: bool) -> Iterator[tuple[str, Literal["alias", "part"]]]:
    """Shorter forms of a record's name; other values are called in full, by their part in one of two scripts (课堂云 Classroom Cloud), or 红色 for 红."""
    halves = _HALVES.fullmatch(name)
    for half in halves.groups() if halves else ():
        if half and len(half) >= (LEAST_HAN if has_han(half) else LEAST_LATIN):
            yield half.strip(), "part"
    if not title:
        yield from ((f"{name}{colour}", "alias") for colour in ("色", "灯", "牌") if name in _COLOURS)
        return
    bare = _BRACKETS.sub("", name).strip()
    core = core_of_name(name)
    for form in dict.fromkeys((bare, core)):
        if form and form != name:
            yield form, "alias"
    for code in dict.fromkeys(_CODE.findall(bare)):  # "boiler pump DG85" is the DG85
        if code != name:
            yield code, "part"
    if has_han(core):
        placed = _PLACE_HAN.sub("", core)
        if placed != core and len(placed) >= 2:
            yield placed, "alias"
        latin = re.match(r"[A-Za-z][A-Za-z0-9&.+\- ]*[A-Za-z0-9]", core)
        if latin:  # "EdgeBox Pro 网关" is the EdgeBox Pro, or just the EdgeBox
            yield latin.group(), "part"
            if len(latin.group().split()[0]) >= 4:
                yield latin.group().split()[0], "part"
        return
    words = [word.strip(".,&()") for word in core.split()]
    if len(words) > 1:
        for word in (words[0], words[-1]):
            if len(word) >= 3 and not word.isdigit() and word.casefold() not in _COMMON:
                yield word, "part"
