"""A layered layout after Sugiyama: columns from left to right, few crossings, neighbours at the same height."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GAP = 18.0
BEND_HEIGHT = 4.0
_SWEEPS = 8


@dataclass(slots=True)
class Box:
    """One node: its layer and height are given, its top is found. A bend only guides a long edge past other nodes."""

    name: str
    layer: int
    height: float
    is_bend: bool = False
    top: float = 0.0

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return self.top + self.height / 2


@dataclass(slots=True)
class Layered:
    """The placed boxes by name, and each edge as the names that it passes through, both ends included."""

    boxes: dict[str, Box]
    routes: list[list[str]]
    height: float = 0.0
    layers: list[list[Box]] = field(default_factory=list)


def place(boxes: Sequence[Box], edges: Iterable[tuple[str, str]]) -> Layered:
    """Place ``boxes`` so that edges, which all lead to a higher layer, cross seldom and stay short."""
    placed = Layered({box.name: box for box in boxes}, [])
    for start, end in edges:
        placed.routes.append(_routed(placed.boxes, start, end))
    for box in placed.boxes.values():
        while len(placed.layers) <= box.layer:
            placed.layers.append([])
        placed.layers[box.layer].append(box)
    before, after = _neighbours(placed)
    _order(placed.layers, before, after)
    for layer in placed.layers:
        _stack(layer, [0.0] * len(layer))
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for layer in placed.layers if forward else placed.layers[::-1]:
            near = before if forward else after
            _stack(layer, [_mean([each.middle for each in near[box.name]], box.middle) - box.height / 2 for box in layer])
    highest = min((box.top for box in placed.boxes.values()), default=0.0)
    for box in placed.boxes.values():
        box.top -= highest
    placed.height = max((box.top + box.height for box in placed.boxes.values()), default=0.0)
    return placed


def _routed(boxes: dict[str, Box], start: str, end: str) -> list[str]:
    """The names that an edge passes: one shared bend per layer in between."""
    route = [start]
    for layer in range(boxes[start].layer + 1, boxes[end].layer):
        name = f"{start}\N{RIGHTWARDS ARROW}{layer}"
        boxes.setdefault(name, Box(name, layer, BEND_HEIGHT, is_bend=True))
        route.append(name)
    return [*route, end]


def _neighbours(placed: Layered) -> tuple[dict[str, list[Box]], dict[str, list[Box]]]:
    before: dict[str, list[Box]] = defaultdict(list)
    after: dict[str, list[Box]] = defaultdict(list)
    for start, end in {pair for route in placed.routes for pair in pairwise(route)}:
        before[end].append(placed.boxes[start])
        after[start].append(placed.boxes[end])
    return before, after


def _order(layers: list[list[Box]], before: dict[str, list[Box]], after: dict[str, list[Box]]) -> None:
    """Sort each layer by the mean position of its neighbours, to and fro."""
    rank = {box.name: float(index) for layer in layers for index, box in enumerate(layer)}
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for layer in layers if forward else layers[::-1]:
            near = before if forward else after
            wish = {box.name: _mean([rank[each.name] for each in near[box.name]], rank[box.name]) for box in layer}
            layer.sort(key=lambda box: wish[box.name])
            for index, box in enumerate(layer):
                rank[box.name] = index - len(layer) / 2


def _stack(layer: list[Box], wishes: list[float]) -> None:
    """Give each box the top it wishes for as far as order and gaps allow; clusters settle at the mean of their wishes."""
    clusters: list[tuple[list[Box], float, float]] = []  # boxes, top, height
    for box, wish in zip(layer, wishes, strict=True):
        members, top, height = [box], wish, box.height
        while clusters and clusters[-1][1] + clusters[-1][2] + GAP > top:
            earlier, earlier_top, earlier_height = clusters.pop()
            joined = len(earlier) + len(members)
            shifted = top - earlier_height - GAP
            top = (earlier_top * len(earlier) + shifted * len(members)) / joined
            members, height = earlier + members, earlier_height + GAP + height
        clusters.append((members, top, height))
    for members, top, _ in clusters:
        for box in members:
            box.top = top
            top += box.height + GAP


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
