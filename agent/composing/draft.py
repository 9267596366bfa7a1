"""A draft: sentences with slots. A slot names a cell; only the renderer turns it into words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from agent.answer import Chart, Claim, Language, Table
from agent.composing.formatting import format_bound, format_cell, format_date, format_period, format_points, format_rough
from agent.composing.typesetting import close_dates, gap
from prompts.words import say
from tools.trace.cells import Cell, CellType
from tools.trace.mentions import shows

SLOT = re.compile(r"\{\{(?P<address>[^{}|]+)(?:\|(?P<style>[a-z]+))?\}\}")
Style = Literal["value", "signed", "period", "size", "rough", "bound", "points", "day", "given", "no"]


@dataclass(slots=True)
class Sentence:
    """One sentence as a template.

    ``direction`` is set where the sentence says that its first row is the largest (``up``) or smallest (``down``).
    ``terms`` are sets of words for the same thing, one for each thing that the sentence is about: a rewording may exchange them.
    """

    template: str
    direction: Literal["up", "down", "none"] = "none"
    call: str | None = None
    terms: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Draft:
    """Everything that an answer will say, before it is verified.

    ``cells`` is what slots may name, ``labels`` what people call some of their values, ``own`` what the export itself calls them.
    """

    language: Language
    sentences: list[Sentence] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    cells: dict[str, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
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


def words_of(cell: Cell, style: str | None, language: Language, label: str = "") -> str:
    """How a slot is filled; ``label`` is what people call the value, where they call it otherwise than it is stored."""
    if label:
        return label
    if cell.value is None:
        return format_cell(cell, language)
    if style == "period":
        return format_period(cell.value, language)
    if style == "day":
        return format_date(date.fromisoformat(cell.value[:10]), language)
    if style == "points" and cell.number is not None:
        return format_points(cell.number, language)
    if style == "bound" and cell.type is CellType.RATE and cell.number is not None:
        return format_bound(cell.number)
    if style == "no" and cell.value == "0":
        return say("none_counted", language)
    if style == "size":
        return format_cell(cell.model_copy(update={"value": cell.value.lstrip("-")}), language)
    if style == "rough" and cell.type is CellType.MONEY and cell.number is not None:
        return format_rough(abs(cell.number), cell.unit, language)
    words = format_cell(cell, language, signed=style == "signed")
    return close_dates(words) if language == "zh" and cell.type in {CellType.TEXT, CellType.DATE} and not is_finding(cell.address) else words


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of literal text, or a slot with its words."""

    text: str
    address: str = ""
    style: str | None = None


def pieces_of(sentence: Sentence, draft: Draft) -> list[Piece]:
    """The sentence as literal text and filled slots. Raises KeyError when a slot names no cell: nothing unbound is ever written."""
    found: list[Piece] = []
    at = 0
    for match in SLOT.finditer(sentence.template):
        found.append(Piece(sentence.template[at : match.start()]))
        cell = draft.cells[match["address"]]
        found.append(Piece(words_of(cell, match["style"], draft.language, draft.labels.get(cell.address, "")), cell.address, match["style"]))
        at = match.end()
    found.append(Piece(sentence.template[at:]))
    first = next((piece for piece in found if piece.text), None)
    if first is not None and (first.style == "no" or first.address in draft.labels):
        found[found.index(first)] = Piece(first.text[:1].upper() + first.text[1:], first.address, first.style)
    return _set(found) if draft.language == "zh" else found


def _set(pieces: list[Piece]) -> list[Piece]:
    """Chinese: gaps are decided by what really meets, not by where the slots stand."""
    found: list[Piece] = []
    before = ""
    for piece in pieces:
        text = piece.text if piece.address else piece.text.strip(" ")
        if not text:
            continue
        space = gap(before, text)
        if space:
            found.append(Piece(space))
        found.append(Piece(text, piece.address, piece.style))
        before = text
    return found


def render(draft: Draft) -> Rendered:
    """Fill every slot and mark what has a source."""
    text = ""
    mentions: list[Mention] = []
    claims: dict[str, Claim] = {}
    marks: dict[str, int] = {}
    for number, sentence in enumerate(draft.sentences):
        if number and draft.language == "en":
            text += " "
        for piece in pieces_of(sentence, draft):
            if not piece.address:
                text += gap(text, piece.text) + piece.text if draft.language == "zh" else piece.text
                continue
            cell, start = draft.cells[piece.address], len(text)
            text += piece.text
            mark = 0
            if _is_marked(cell, piece.style):
                mark = marks.setdefault(piece.address, len(marks) + 1)
                text += f" [{mark}]"
            mentions.append(Mention(start, start + len(piece.text), piece.address, mark))
            if piece.style != "given" and is_finding(piece.address) and piece.address not in claims and shows(piece.text, cell.value, cell.type) is not False:
                claims[piece.address] = claim(cell, piece.text, mark, draft.own)
    return Rendered(text, list(claims.values()), mentions)


def render_sentence(sentence: Sentence, draft: Draft) -> str:
    """One sentence filled, without marks."""
    return "".join(piece.text for piece in pieces_of(sentence, draft))


def _is_marked(cell: Cell, style: str | None) -> bool:
    if style in {"period", "bound", "given"} or not is_finding(cell.address):
        return False
    return cell.type in MARKED or bool(cell.sources)


def is_finding(address: str) -> bool:
    """False for what the question itself brought: filter values and periods."""
    place = address.split(".")[1]
    return place != "where" and not place.startswith(("window", "compare"))


def claim(cell: Cell, words: str, mark: int, own: Mapping[str, str]) -> Claim:
    """The claim that a cell's value is what the words say; its value is the export's ``own`` word for it, where it has one."""
    return Claim(text=words, value=own.get(cell.address, scalar(cell)), type=cell.type, unit=cell.unit, cell=cell.address, mark=mark)


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
