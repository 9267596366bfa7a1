"""Chooses what a drawing of a trace shows: the cells that the claims rest on, with long lists summed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from prompts.words import say
from tools.trace.cells import Cell, CellType
from tools.trace.citation import CitationTrace, SealedBlock, TracedClaim
from tools.trace.sealing import operand_names

MOST_OPERANDS = 6
MOST_CLAIMS = 14

NodeKind = Literal["source", "cell", "withheld", "claim", "answer", "more"]


@dataclass(frozen=True, slots=True)
class Node:
    """One box of the drawing: a small heading, the main line, and a footnote."""

    name: str
    kind: NodeKind
    heading: str = ""
    text: str = ""
    footnote: str = ""
    formula: str = ""


@dataclass(slots=True)
class Picture:
    """Nodes with their layers, edges between their names, and the number of cells left out."""

    language: str
    nodes: dict[str, tuple[Node, int]] = field(default_factory=dict)
    edges: list[tuple[str, str]] = field(default_factory=list)
    left_out: int = 0


def picture_of(trace: CitationTrace) -> Picture:
    """What to draw of a trace, in the language of its answer."""
    return _Painter(trace).picture


class _Painter:
    def __init__(self, trace: CitationTrace) -> None:
        self.language = trace.language
        self.cells = {cell.address: cell.opened() for cell in trace.cells}
        self.withheld = {cell.address for cell in trace.cells if cell.content.opening is None}
        self.blocks = {block.id: block for block in trace.blocks}
        self.known = {*self.cells, *self.blocks}
        self.picture = Picture(self.language)
        self.depths: dict[str, int] = {}
        claims = trace.claims[:MOST_CLAIMS]
        for address in [claim.cell for claim in claims] or list(self.cells)[:MOST_CLAIMS]:
            self._paint(address)
        last = max((layer for _, layer in self.picture.nodes.values()), default=0)
        self._paint_claims(claims, last + 1, len(trace.claims) - len(claims))
        answer = trace.answer.opening.value if trace.answer.opening else self._say("svg_withheld")
        self._add(Node("answer", "answer" if trace.answer.opening else "withheld", text=answer), last + 2)
        self.picture.left_out = sum(f"cell {address}" not in self.picture.nodes for address in self.cells)

    def _say(self, key: str, **values: object) -> str:
        return say(f"trace_{key}", self.language, **values)

    def _add(self, node: Node, layer: int) -> None:
        self.picture.nodes[node.name] = (node, layer)

    def _paint(self, name: str) -> tuple[str, int] | None:
        """Add a cell or block with all that it rests on; its node's name and layer. Circles are cut."""
        if name in self.blocks:
            return self._paint_block(self.blocks[name])
        node_name = f"cell {name}"
        if name not in self.cells or self.depths.get(name) == 0:
            return None
        if node_name in self.picture.nodes:
            return node_name, self.picture.nodes[node_name][1]
        self.depths[name] = 0
        cell = self.cells[name]
        operands = list(dict.fromkeys(operand_names(cell, self.known)))
        below = [painted for operand in operands[:MOST_OPERANDS] if (painted := self._paint(operand))]
        if len(operands) > MOST_OPERANDS:
            below.append(self._paint_more(node_name, len(operands) - MOST_OPERANDS, max((layer for _, layer in below), default=0)))
        if cell.sources:
            below.append(self._paint_sources(cell))
        layer = self.depths[name] = 1 + max((layer for _, layer in below), default=0)
        self._add(self._cell_node(node_name, cell), layer)
        self.picture.edges += [(operand, node_name) for operand, _ in below]
        return node_name, layer

    def _cell_node(self, node_name: str, cell: Cell) -> Node:
        label = (cell.label_zh if self.language == "zh" else cell.label_en) or cell.address.rsplit(".", 1)[-1]
        formula = self._say(f"formula_{cell.derivation.formula}") if cell.derivation else ""
        if cell.address in self.withheld:
            return Node(node_name, "withheld", label, self._say("svg_withheld"), cell.address, formula)
        return Node(node_name, "cell", label, shown(cell.value, cell.type, cell.unit) or self._say("svg_empty"), cell.address, formula)

    def _paint_block(self, block: SealedBlock) -> tuple[str, int]:
        name, opening = f"block {block.id}", block.content.opening
        if opening is None:
            self._add(Node(name, "withheld", block.table, self._say("svg_withheld"), block.id), 0)
        else:
            as_of = opening.value.as_of
            footnote = self._say("svg_as_of", day=as_of.date().isoformat()) if as_of else block.id
            self._add(Node(name, "source", self._say("svg_evidence", name=block.id), self._records(opening.value.n, block.table), footnote), 0)
        return name, 0

    def _paint_sources(self, cell: Cell) -> tuple[str, int]:
        records = list(dict.fromkeys((ref.system, ref.table, ref.record) for ref in cell.sources))
        system, table, record = records[0]
        day = max(ref.as_of for ref in cell.sources).date().isoformat()
        name = f"source {records}"
        heading = f"{system} · {record}" if len(records) == 1 else system
        self._add(Node(name, "source", heading, self._records(len(records), table), self._say("svg_as_of", day=day)), 0)
        return name, 0

    def _records(self, n: int, table: str) -> str:
        return self._say("svg_record", table=table) if n == 1 else self._say("svg_records", n=f"{n:,}", table=table)

    def _paint_more(self, of: str, n: int, layer: int) -> tuple[str, int]:
        name = f"more {of}"
        self._add(Node(name, "more", text=self._say("svg_more", n=f"{n:,}")), layer)
        return name, layer

    def _paint_claims(self, claims: Sequence[TracedClaim], layer: int, more: int) -> None:
        for number, claim in enumerate(claims, 1):
            name, text, value = f"claim {number}", claim.text.opening, claim.value.opening
            words = text.value if text else shown(value.value, claim.type, claim.unit) if value else ""
            self._add(Node(name, "claim" if words else "withheld", str(number), words or self._say("svg_withheld"), claim.cell), layer)
            if f"cell {claim.cell}" in self.picture.nodes:
                self.picture.edges.append((f"cell {claim.cell}", name))
            self.picture.edges.append((name, "answer"))
        if more:
            self.picture.edges.append((self._paint_more("claims", more, layer)[0], "answer"))


def shown(value: str | None, kind: CellType, unit: str | None) -> str:
    """A value as a person reads it; empty when there is none."""
    if value is None:
        return ""
    if kind is CellType.RATE:
        return f"{Decimal(value) * 100:,.1f} %"
    if kind is CellType.MONEY and "." in value:
        return f"{Decimal(value):,.2f} {unit or ''}".strip()
    if kind in (CellType.MONEY, CellType.COUNT, CellType.NUMBER, CellType.DURATION):
        return f"{Decimal(value):,f} {unit or ''}".strip()
    return value
