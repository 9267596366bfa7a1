"""A draft: sentences with slots. A slot names a cell; only the renderer turns it into words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from agent.answer import Claim, Language, Table
from agent.composing.formatting import format_cell, format_period
from tools.trace.cells import Cell, CellType

SLOT = re.compile(r"\{\{(?P<address>[^{}|]+)(?:\|(?P<style>[a-z]+))?\}\}")
Style = Literal["value", "signed", "period", "size", "share"]


@dataclass(slots=True)
class Sentence:
    """One sentence as a template. ``marked`` slots get a citation mark; names of groups and periods go without.

    ``direction`` is set where the sentence says that its first row is the largest (``up``) or smallest (``down``).
    """

    template: str
    direction: Literal["up", "down", "none"] = "none"
    call: str | None = None


@dataclass(slots=True)
class Draft:
    """Everything that an answer will say, before it is verified. ``cells`` is what slots may name."""

    language: Language
    sentences: list[Sentence] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)
    next_steps: list[str] = field(default_factory=list)
    abstained: bool = False


@dataclass(slots=True)
class Mention:
    """Where a cell's value stands in the rendered text."""

    start: int
    end: int
    address: str
    mark: int


@dataclass(slots=True)
class Rendered:
    """Text with its claims, in the order in which they are asserted."""

    text: str
    claims: list[Claim]
    mentions: list[Mention]


MARKED = {CellType.MONEY, CellType.COUNT, CellType.NUMBER, CellType.RATE, CellType.DURATION, CellType.DATE, CellType.DATETIME}


def slot(address: str, style: Style = "value") -> str:
    """Placeholder for a cell."""
    return f"{{{{{address}}}}}" if style == "value" else f"{{{{{address}|{style}}}}}"


def words_of(cell: Cell, style: str | None, language: Language) -> str:
    """How a slot is filled."""
    if style == "period" and cell.value is not None:
        return format_period(cell.value, language)
    if style == "size" and cell.value is not None:
        return format_cell(cell.model_copy(update={"value": cell.value.lstrip("-")}), language)
    return format_cell(cell, language, signed=style == "signed")


def render(draft: Draft) -> Rendered:
    """Fill every slot. Raises KeyError when a slot names no cell: nothing unbound is ever written."""
    pieces: list[str] = []
    mentions: list[Mention] = []
    claims: dict[str, Claim] = {}
    marks: dict[str, int] = {}
    length = 0

    def write(text: str) -> None:
        nonlocal length
        pieces.append(text)
        length += len(text)

    joiner = "" if draft.language == "zh" else " "
    for number, sentence in enumerate(draft.sentences):
        if number:
            write(joiner)
        at = 0
        for match in SLOT.finditer(sentence.template):
            write(sentence.template[at : match.start()])
            at = match.end()
            address, style = match["address"], match["style"]
            cell = draft.cells[address]
            words = words_of(cell, style, draft.language)
            start = length
            write(words)
            mark = 0
            if _is_marked(cell, style):
                mark = marks.setdefault(address, len(marks) + 1)
                write(f" [{mark}]" if draft.language == "en" else f" [{mark}]")
            mentions.append(Mention(start, start + len(words), address, mark))
            if _is_claim(address, cell, style) and address not in claims:
                claims[address] = claim(cell, words, mark)
        write(sentence.template[at:])
    return Rendered("".join(pieces), list(claims.values()), mentions)


def _is_marked(cell: Cell, style: str | None) -> bool:
    if style == "period":
        return False
    return cell.type in MARKED or bool(cell.sources)


def _is_claim(address: str, cell: Cell, style: str | None) -> bool:
    return ".where." not in address and ".window" not in address


def claim(cell: Cell, words: str, mark: int) -> Claim:
    """The claim that a cell's value is what the words say."""
    return Claim(text=words, value=scalar(cell), type=cell.type, unit=cell.unit, cell=cell.address, mark=mark)


def scalar(cell: Cell) -> str | int | float | bool | None:
    """A cell's value as JSON holds it: numbers as numbers, flags as truth, all else as text."""
    if cell.value is None:
        return None
    if cell.type is CellType.COUNT:
        return int(cell.value)
    if cell.type in {CellType.MONEY, CellType.NUMBER, CellType.RATE, CellType.DURATION}:
        number = cell.number
        assert number is not None  # noqa: S101 - value was checked above
        return int(number) if number == number.to_integral_value() else float(number)
    if cell.type is CellType.FLAG:
        return cell.value == "true"
    return cell.value
