"""Reads one text: the acts that it tells, with the words that tell them. The door of this room to whoever has a text and no store."""

from __future__ import annotations

import re

from tools.journey.acts import Act, Status
from tools.journey.reading.actors import Note, names_of
from tools.journey.reading.chinese import ChineseClauses
from tools.journey.reading.english import EnglishClauses
from tools.journey.reading.found import Found
from tools.journey.reading.tokens import ADDRESS, HAN, Token, Tokens

LONGEST = 20_000
"""Characters of a text that are read; what a mail drags behind it is left alone."""

QUOTED = re.compile(r"(?m)^\s*>.*$|^-{2,}\s*(?:original message|forwarded|原始邮件).*\Z", re.IGNORECASE | re.DOTALL)


def read_text(text: str, note: Note) -> list[Found]:
    """The acts that a text tells, in the order in which they are told.

    Nothing in a text is obeyed: a sentence that orders to mark or record something as done tells no act.
    """
    text = text[:LONGEST]
    plain = ADDRESS.sub(lambda match: " " * len(match.group()), text)
    tokens = Tokens(plain, names_of(note)).found
    chinese, english = ChineseClauses(text, note), EnglishClauses(text, note)
    found: list[Found] = []
    start = 0
    for at, token in enumerate(tokens):
        last = at == len(tokens) - 1
        if not token.has("END") and not last:
            continue
        sentence = tokens[start : at + 1]
        start = at + 1
        if not any(token.has("V", "N") for token in sentence):
            continue
        question = any(token.word in {"?", "？"} for token in sentence[-1:])
        reader = chinese if _is_chinese(sentence) else english
        found += reader.read(sentence, question)
    return _once(found)


def _is_chinese(sentence: list[Token]) -> bool:
    """Whether Han words do more than name things in it."""
    han = [token for token in sentence if not token.latin and HAN.match(token.word)]
    if any(token.tags and not token.has("PERSON", "ROLE", "RANK", "DATE") for token in han):
        return True
    return sum(len(token.word) for token in han) * 2 > sum(len(token.word) for token in sentence if token.latin)


def _once(found: list[Found]) -> list[Found]:
    """The same act of the same person on the same thing is told once; of two that differ only in what was found out, the fuller stays."""
    kept: list[Found] = []
    for each in found:
        twin = next(
            (
                other
                for other in kept
                if other.act is each.act and other.status is each.status and _same(other.object, each.object) and other.who.side == each.who.side
            ),
            None,
        )
        if twin is None:
            kept.append(each)
        elif not twin.object and each.object:
            kept[kept.index(twin)] = each
    return kept


def _same(one: str, other: str) -> bool:
    return one == other or not one or not other


__all__ = ["Act", "Found", "Note", "Status", "read_text"]
