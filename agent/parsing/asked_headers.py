"""Yes-or-no columns whose header is itself a question, 过没过, 结清没, 付没付款: what people say of the records of which it is so, or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.crm.semantic import Field

_TWICE = re.compile(r"(?P<verb>[一-鿿]{1,3})(?P<no>没有?|不)(?P=verb)(?P<thing>[一-鿿]{0,4})")
_BEHIND = re.compile(r"(?P<verb>[一-鿿]{1,6}?)了?(?:没有?|否|吗|么)")


def asked_sides(spec: Field) -> Iterator[tuple[str, str]]:
    """What the records are called for which the header's question is to be answered by yes or by no."""
    for label in spec.words.zh[:1] if spec.custom else ():
        twice, behind = _TWICE.fullmatch(label), _BEHIND.fullmatch(label)
        found = twice or behind
        if found is None:
            continue
        verb, thing = found["verb"], twice["thing"] if twice else ""
        said = verb + thing
        done = [f"已{said}", f"已经{said}", f"{said}了", f"{verb}了{thing}"]
        done += [f"{said}过", f"{verb}过{thing}"] if verb != "过" else []
        done += [said, f"{said[0]}了{said[1:]}"] if len(said) > 1 else []
        denials = ("不",) if twice and twice["no"] == "不" else ("没", "没有", "未", "还没", "还没有", "尚未")
        for stored, phrases in (("true", done), ("false", [f"{denial}{said}" for denial in denials])):
            yield from ((stored, phrase) for phrase in dict.fromkeys(phrases) if phrase != label)
