"""Charts show what their table holds, in both themes and widths, and nothing else."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET

import pytest

from agent.answer import Answer, Chart, Table
from agent.composing.charting import described
from integrations.charts import to_png, to_svg
from tools.trace.cells import CellType

STAGES = Table(
    name="Stages",
    columns=("Stage", "Intensity", "from", "to"),
    rows=(("Technical evaluation", 0.65, 0.58, 0.72), ("<b>Competitive</b> & co", 0.42, 0.3, 0.55)),
    types=(CellType.STAGE, CellType.RATE, CellType.RATE, CellType.RATE),
)
MONTHS = Table(
    name="Monat",
    columns=("月份", "预计", "下限", "上限"),
    rows=(("2026-10-01", 1_000_000, 700_000, 1_300_000), ("2026-11-01", None, None, None), ("2026-12-01", 1_400_000, 900_000, 1_900_000)),
    types=(CellType.DATE, CellType.MONEY, CellType.MONEY, CellType.MONEY),
    units=(None, "CNY", "CNY", "CNY"),
)
MOVES = Table(
    name="变化",
    columns=("阶段", "期初", "期末"),
    rows=(("技术评估", 0.65, 0.58), ("竞品关注", 0.12, 0.42)),
    types=(CellType.STAGE, CellType.RATE, CellType.RATE),
)


def answer(table: Table, language: str = "en") -> Answer:
    return Answer.model_validate({"answer": "…", "language": language, "mode": "embedded", "tables": (table,)})


INTERVALS = Chart(kind="intervals", title="Technical evaluation stands highest", low=2, high=3)


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter() if each.tag.endswith("text")]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_intervals_are_drawn_with_their_figures_and_no_legend(theme: str) -> None:
    svg = to_svg(answer(STAGES), INTERVALS, "dark" if theme == "dark" else "light")
    said = texts(svg)
    assert "Technical evaluation stands highest" in said
    assert "65.0 % (58.0 to 72.0)" in said
    assert "<b>Competitive</b> & co" in said
    assert "<script" not in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")


def test_narrow_chart_tells_values_alone_and_fits() -> None:
    svg = to_svg(answer(STAGES), INTERVALS, width=320)
    assert "65.0 %" in texts(svg)
    assert float(str(ET.fromstring(svg).get("width"))) <= 321


def test_moves_tell_both_values() -> None:
    chart = Chart(kind="moves", title="竞品关注上升最多", before=1, value=2)
    assert "12.0 % → 42.0 %" in texts(to_svg(answer(MOVES, "zh"), chart))
    assert described(chart, MOVES, "zh") == "竞品关注上升最多。技术评估 65.0 % → 58.0 %；竞品关注 12.0 % → 42.0 %"


def test_course_leaves_a_missing_month_out_and_draws_the_rest() -> None:
    chart = Chart(kind="course", title="预计签约上升", low=2, high=3)
    svg = to_svg(answer(MONTHS, "zh"), chart)
    assert "2026年10月1日" in "".join(texts(svg))
    assert "–" in described(chart, MONTHS, "zh")


def test_png_is_drawn_in_twice_the_size() -> None:
    png = to_png(answer(STAGES), INTERVALS)
    width, _ = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG")
    assert 1200 <= width <= 1260
