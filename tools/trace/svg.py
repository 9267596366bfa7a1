"""Draws a trace as one self-contained SVG, from sources over cells and derivations to the claims and the answer."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from unicodedata import east_asian_width

from prompts.words import say
from tools.trace.citation import CitationTrace
from tools.trace.layout import Box, Layered, place
from tools.trace.picture import Node, Picture, picture_of

MARGIN, HEADER, FOOTER = 32.0, 116.0, 56.0
CARD, ANSWER_CARD, BETWEEN, PADDING = 212.0, 280.0, 84.0, 14.0
FORMULA_HEIGHT, FORMULA_INSET = 22.0, 14.0
LINE, SMALL, MAIN = 19.0, 11.0, 14.0
_CLOSING, _OPENING = "，。；：、？！）》”」", "（《“「"

STYLE = """
:root { color-scheme: light dark; }
svg { --paper: #ffffff; --card: #f7f8fa; --ink: #1b1f27; --soft: #626b7a; --line: #c3cad6; --rim: #dde1e8;
  --source: #0f766e; --cell: #2f5fd0; --claim: #9a5b00; --answer: #6d3fc4; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #12151b; --card: #1b2029; --ink: #e9ecf2; --soft: #9aa4b5; --line: #465063; --rim: #303847;
    --source: #4fc7b8; --cell: #86aaff; --claim: #f0b45a; --answer: #bda0ff; } }
text { font-family: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; fill: var(--ink); }
.paper { fill: var(--paper); } .card { fill: var(--card); stroke: var(--rim); }
.small { font-size: 11px; fill: var(--soft); } .main { font-size: 14px; font-weight: 600; } .words { font-size: 14px; }
.column { font-size: 12px; font-weight: 600; fill: var(--soft); letter-spacing: .04em; }
.title { font-size: 20px; font-weight: 650; } .question { font-size: 14px; fill: var(--soft); }
.edge { fill: none; stroke: var(--line); stroke-width: 1.5; }
.bar.source { fill: var(--source); } .bar.cell { fill: var(--cell); } .bar.claim { fill: var(--claim); } .bar.answer { fill: var(--answer); }
.bar.withheld, .bar.more { fill: var(--line); } .withheld.card { stroke-dasharray: 5 4; } .withheld.main { fill: var(--soft); font-weight: 400; }
.formula { fill: var(--paper); stroke: var(--cell); } .formula-text { font-size: 11.5px; fill: var(--cell); font-weight: 600; text-anchor: middle; }
"""


def to_svg(trace: CitationTrace) -> str:
    """The drawing: light or dark with the viewer's preference, readable text, no outside references."""
    return _Drawing(trace, picture_of(trace)).text()


class _Drawing:
    def __init__(self, trace: CitationTrace, picture: Picture) -> None:
        self.trace, self.picture, self.language = trace, picture, picture.language
        self.lines = {name: _wrapped(node) for name, (node, _) in picture.nodes.items()}
        boxes = [Box(name, layer, self._height(node)) for name, (node, layer) in picture.nodes.items()]
        self.placed: Layered = place(boxes, picture.edges)
        pills = [0.0] * len(self.placed.layers)
        for node, layer in picture.nodes.values():
            pills[layer] = max(pills[layer], _pill_width(node.formula) + FORMULA_INSET if node.formula else 0.0)
        self.lefts, left = [], MARGIN
        for layer, pill in enumerate(pills):
            left += (BETWEEN + pill) if layer else 0.0
            self.lefts.append(left)
            left += self._width(layer)
        self.width, self.height = left + MARGIN, HEADER + self.placed.height + FOOTER

    def _say(self, key: str, **values: object) -> str:
        return say(f"trace_svg_{key}", self.language, **values)

    def _width(self, layer: int) -> float:
        return ANSWER_CARD if layer == len(self.placed.layers) - 1 else CARD

    def _height(self, node: Node) -> float:
        small = bool(node.heading) + bool(node.footnote)
        return 2 * PADDING - 6 + LINE * len(self.lines[node.name]) + 17 * small

    def text(self) -> str:
        question = self.trace.question.opening.value if self.trace.question.opening else self._say("withheld")
        title = self._say("title")
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{self.width:.0f}" height="{self.height:.0f}" '
            f'viewBox="0 0 {self.width:.0f} {self.height:.0f}" lang="{self.language}">',
            f"<title>{_safe(title)}</title><desc>{_safe(question)}</desc><style>{STYLE}</style>",
            '<rect class="paper" width="100%" height="100%"/>',
            _line("title", MARGIN, 40, title),
            _line("question", MARGIN, 64, _shortened(question, self.width - 2 * MARGIN, MAIN)),
            *self._columns(),
            *(self._edge(route) for route in self.placed.routes),
            *(self._node(node) for node, _ in self.picture.nodes.values()),
            *self._footer(),
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _columns(self) -> list[str]:
        heads = {0: "sources", 1: "cells", len(self.lefts) - 2: "claims", len(self.lefts) - 1: "answer"}
        return [_line("column", self.lefts[layer], HEADER - 18, self._say(key)) for layer, key in sorted(heads.items())]

    def _footer(self) -> list[str]:
        trace, base = self.trace, self.height - 20
        at = trace.created_at.strftime("%Y-%m-%d %H:%M")
        signed = self._say("signed", id=trace.id[:16], signer=trace.signature.key_id, at=at)
        further = self._say("further", n=f"{self.picture.left_out:,}") if self.picture.left_out else ""
        return [_line("small", MARGIN, base, f"{signed} · {further}" if further else signed)]

    def _node(self, node: Node) -> str:
        box = self.placed.boxes[node.name]
        left, top, width = self.lefts[box.layer], HEADER + box.top, self._width(box.layer)
        parts = [
            f'<g><rect class="card {node.kind}" x="{left:.1f}" y="{top:.1f}" width="{width:.0f}" height="{box.height:.0f}" rx="9"/>',
            f'<rect class="bar {node.kind}" x="{left:.1f}" y="{top + 9:.1f}" width="3.5" height="{box.height - 18:.0f}" rx="1.75"/>',
        ]
        x, y, room = left + PADDING + 2, top + PADDING + 6, width - 2 * PADDING - 2
        if node.heading:
            parts.append(_line("small", x, y, _shortened(node.heading, room, SMALL)))
            y += 19
        style = "words" if node.kind in ("claim", "answer", "more") else f"main {node.kind}"
        for line in self.lines[node.name]:
            parts.append(_line(style, x, y + 2, line))
            y += LINE
        if node.footnote:
            parts.append(_line("small", x, y + 1, _shortened(node.footnote, room, SMALL)))
        if node.formula:
            parts.append(self._formula(node, box))
        return "".join(parts) + "</g>"

    def _formula(self, node: Node, box: Box) -> str:
        width, right, middle = _pill_width(node.formula), self.lefts[box.layer] - FORMULA_INSET, HEADER + box.middle
        return (
            f'<path class="edge" d="M{right:.1f} {middle:.1f}h{FORMULA_INSET:.0f}"/>'
            f'<rect class="formula" x="{right - width:.1f}" y="{middle - FORMULA_HEIGHT / 2:.1f}" width="{width:.1f}" height="{FORMULA_HEIGHT:.0f}" rx="11"/>'
            + _line("formula-text", right - width / 2, middle + 4, node.formula)
        )

    def _edge(self, route: list[str]) -> str:
        path = ""
        for start, end in pairwise(route):
            source, target = self.placed.boxes[start], self.placed.boxes[end]
            x0, y0 = self.lefts[source.layer] + self._width(source.layer), HEADER + source.middle
            x1, y1 = self.lefts[target.layer], HEADER + target.middle
            formula = "" if target.is_bend else self.picture.nodes[end][0].formula
            if formula:
                x1 -= FORMULA_INSET + _pill_width(formula)
            bend = (x1 - x0) / 2
            path += f"{'L' if path else 'M'}{x0:.1f} {y0:.1f}C{x0 + bend:.1f} {y0:.1f} {x1 - bend:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        return f'<path class="edge" d="{path}"/>'


def _line(style: str, x: float, y: float, text: str) -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}">{_safe(text)}</text>'


def _safe(text: str) -> str:
    """Escaped, and without the control characters that XML forbids."""
    return escape("".join(mark if mark >= " " and mark not in "\ufffe\uffff" else " " for mark in text))


def _pill_width(formula: str) -> float:
    return _length(formula, 12.5) + 20


def _length(text: str, size: float) -> float:
    """Width of a text as drawn, estimated: Han marks are one em wide, others a little over half."""
    return size * sum(1.0 if east_asian_width(mark) in "WF" else 0.34 if mark in " .,:;'il|!" else 0.62 for mark in text)


def _shortened(text: str, room: float, size: float) -> str:
    if _length(text, size) <= room:
        return text
    while text and _length(text, size) + size > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _wrapped(node: Node) -> list[str]:
    """The main text in lines: few for a card, more for the answer; Han text may break anywhere."""
    room = (ANSWER_CARD if node.name == "answer" else CARD) - 2 * PADDING - 2
    most = {"answer": 16, "claim": 4}.get(node.kind, 2)
    lines, line = [], ""
    for word in _words(node.text):
        if line and _length(line + word.rstrip(), MAIN) > room:
            lines.append(line.rstrip())
            line = ""
        line += word
    lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + "…"]
    return [_shortened(each, room, MAIN) for each in lines]


def _words(text: str) -> list[str]:
    """Pieces between which a line may break: after spaces and around Han marks, but not before closing punctuation or a percent sign."""
    words: list[str] = []
    fresh = True
    for mark in " ".join(text.split()).replace(" %", "\u00a0%"):
        wide = east_asian_width(mark) in "WF"
        if words and (mark in _CLOSING or not (fresh or wide)):
            words[-1] += mark
        else:
            words.append(mark)
        fresh = mark == " " or (wide and mark not in _OPENING)
    return words
