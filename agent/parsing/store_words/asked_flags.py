"""Yes-or-no headers that ask, as people speak: 停了没, 过没过, 是否结清. A question says of a record that it is so (停了的) or not (没停的, 还没结清)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.parsing.language.text import has_han
from agent.parsing.store_words.own_headers import asked_by, own_labels, without_unit
from agent.parsing.store_words.vocabulary import Value, Vocabulary
from agent.parsing.wording.customers import customer_at
from tools.crm.semantic import Field, FieldType

if TYPE_CHECKING:
    from agent.parsing.linking.items import Item
_WHETHER = re.compile(r"^(?:是否|是不是)")  # the word without it names the column
_OTHERWISE = re.compile(r"^(?:有无|能否|可否|会否)")  # of what there is or can be nothing was done
_ALREADY, _ASPECT = re.compile(r"^已经?"), re.compile(r"(?<=[一-鿿])[了过]$")
LONGEST = 6
_NOT_YET = ("没", "没有", "还没", "还没有", "未", "尚未", "还未", "都没")
_DENIED = re.compile(r"^(?:not|never|no|un|没|未|不|还没|尚未)", re.IGNORECASE)


def said_of_flag(spec: Field) -> Iterator[tuple[str, str]]:
    """What is stored with each phrase that says it."""
    for label in own_labels(spec) if spec.type is FieldType.FLAG else ():
        plain = without_unit(label)
        core = plain.removeprefix("已") if plain.startswith("已") else asked_by(plain)  # 已加微信 asks as 加微信没 does
        if core == plain or _OTHERWISE.match(plain) or not 1 <= len(core) <= LONGEST or not all(map(has_han, core)):
            continue
        core = _ALREADY.sub("", core) if _WHETHER.match(plain) else _ASPECT.sub("", core)
        if _WHETHER.match(plain) and len(core) < len("结清"):
            continue
        whose = customer_at(core, 0)
        for said in dict.fromkeys((core, core[len(whose) :] if len(core) > len(whose) + 1 else core)):
            yield from (("true", phrase) for phrase in _done(said) if phrase != label and not (phrase == said and _WHETHER.match(plain)))
            yield from (("false", f"{denial}{form}") for denial in _NOT_YET for form in (said, f"{said}掉", *_brought_about(said), *_in_full(said)))
            yield from (("false", f"不{said}"),) if len(said) > 1 else ()


def _brought_about(said: str) -> tuple[str, ...]:
    """As in 没加上微信 of 加微信没: the verb with the word that says that it came off."""
    return (f"{said[0]}上{said[1:]}", f"{said[0]}到{said[1:]}") if len(said) > 2 else ()


def _in_full(said: str) -> tuple[str, ...]:
    """As in 通过的样品 of 过没过."""
    return ("通过",) if said == "过" else ()


def _done(said: str) -> Iterator[str]:
    yield from (f"{form}{aspect}" for form in _in_full(said) for aspect in ("", "了"))
    yield from (
        f"{said}了",
        f"{said}了的",
        f"已{said}",
        f"已经{said}",
        f"已经{said}了",
        f"{said}过了",
        f"都{said}了",
        f"{said}掉",
        f"{said}掉了",
        f"已经{said}掉",
    )
    if said != "过":
        yield f"{said}过"
    if len(said) > 1:
        yield said
        yield from (f"{lead}{said[0]}{aspect}{said[1:]}" for lead in ("", "已", "已经") for aspect in "了过")  # 加了微信 of 加微信没


def without_passing(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items, of which 过了 before a day or a length of time says that it has passed, whatever flag it may be the word for."""
    found = []
    for at, item in enumerate(items):
        behind = items[at + 1] if at + 1 < len(items) else None
        timed = behind is not None and behind.start == item.end and (behind.length or behind.number or behind.period or _names_day(behind, vocabulary))
        found.append(replace(item, values=(), cues=("later",)) if item.text == "过了" and item.values and timed else item)
    return tuple(found)


def _names_day(item: Item, vocabulary: Vocabulary) -> bool:
    return any(term.what == "field" and vocabulary.model.entities[term.entity].fields[term.key].type.is_time for term in item.terms)


def denied_flags(items: tuple[Item, ...], vocabulary: Vocabulary) -> tuple[Item, ...]:
    """The items, of which a guess about words that deny something stands for the "no" of the flag: "not pass" of 过没过."""
    found = []
    for item in items:
        flags = {(term.entity, term.key) for term in item.terms if term.what == "field" and _is_flag(vocabulary, term.entity, term.key)}
        if item.source not in {"translated", "neighbour"} or not flags or len(flags) != len(item.terms) or not _DENIED.match(item.text):
            found.append(item)
            continue
        specs = [vocabulary.model.entities[entity].fields[key] for entity, key in sorted(flags)]
        values = tuple(Value(spec.entity, spec.key, "false", vocabulary.content(spec.entity, spec.key).count, False, spec.classification) for spec in specs)
        found.append(replace(item, terms=(), values=values))
    return tuple(found)


def _is_flag(vocabulary: Vocabulary, entity: str, key: str) -> bool:
    return vocabulary.model.entities[entity].fields[key].type is FieldType.FLAG
