"""Draws a chart of an answer with Altair. Every mark stands for a cell of the answer's table; nothing is worked out here but where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from agent.answer import Answer, Chart, Language, Table
from agent.composing.charting import label_of, told_of, type_of
from tools.trace.cells import CellType

Theme = Literal["light", "dark"]
FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
WIDTH, NARROW, ROW, FRAME, HEIGHT = 620, 420, 32, 84, 250
"""Pixels: the usual width, the width from which on there is room for intervals in figures, a row, all that is no row, a course over time."""
COLOURS: Mapping[Theme, Mapping[str, str]] = {
    "light": {"ink": "#1b1f27", "soft": "#5b6472", "line": "#e2e5ec", "context": "#9aa2b0", "point": "#3b4cca"},
    "dark": {"ink": "#e8ebf1", "soft": "#a0a9b8", "line": "#2b313c", "context": "#6f7a8c", "point": "#8c9bff"},
}
SMALL, LARGE = 12, 15


def to_svg(answer: Answer, chart: Chart, theme: Theme = "light", width: int = WIDTH) -> str:
    """The chart as SVG with a transparent ground, ``width`` pixels wide with its labels."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_drawn(answer, chart, theme, width).to_dict()))


def to_png(answer: Answer, chart: Chart, theme: Theme = "light", width: int = WIDTH) -> bytes:
    """The chart as PNG in twice its size, on the colour of the theme's paper."""
    import vl_convert

    spec = _drawn(answer, chart, theme, width).properties(background="#ffffff" if theme == "light" else "#13161c")
    return bytes(vl_convert.vegalite_to_png(spec.to_dict(), scale=2))


def _drawn(answer: Answer, chart: Chart, theme: Theme, width: int) -> Any:  # noqa: ANN401 - imported late
    import altair as alt

    table, colours = answer.tables[chart.table], COLOURS[theme]
    rows = _rows(table, chart, answer.language, brief=width < NARROW)
    drawn = _DRAWERS[chart.kind](alt, table, chart, rows, theme)
    height = HEIGHT if chart.kind == "course" else ROW * max(len(rows), 1) + FRAME
    return (
        drawn.properties(width=width, height=height, title=alt.TitleParams(chart.title, anchor="start", fontSize=LARGE, fontWeight=600, offset=12))
        .configure(font=FONT, background="transparent", autosize=alt.AutoSizeParams(type="fit", contains="padding"), padding=4)
        .configure_view(stroke=None)
        .configure_title(color=colours["ink"])
        .configure_axis(
            labelColor=colours["soft"],
            titleColor=colours["soft"],
            gridColor=colours["line"],
            domain=False,
            ticks=False,
            labelFontSize=SMALL,
            titleFontSize=SMALL,
            titleFontWeight="normal",
            labelLimit=width * 2 // 5,
            labelPadding=8,
        )
    )


def _intervals(alt: Any, table: Table, chart: Chart, rows: list[dict[str, Any]], theme: Theme) -> Any:  # noqa: ANN401 - imported late
    colours = COLOURS[theme]
    rows = [row | {"first": number == 0} for number, row in enumerate(rows)]
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelColor=colours["ink"], grid=False))
    colour = alt.condition("datum.first", alt.value(colours["point"]), alt.value(colours["context"]))
    x = alt.X("value:Q", title=table.columns[chart.value], axis=_axis(alt, table, chart), scale=_scale(alt, table, chart, zero=True))
    rule = base.mark_rule(strokeWidth=3, opacity=0.55).encode(y=y, x=alt.X("low:Q"), x2="high:Q", color=colour)
    point = base.mark_point(filled=True, size=90, opacity=1).encode(y=y, x=x, color=colour)
    return rule + point + _texts(base, alt, colours, y)


def _moves(alt: Any, table: Table, chart: Chart, rows: list[dict[str, Any]], theme: Theme) -> Any:  # noqa: ANN401 - imported late
    assert chart.before is not None  # noqa: S101 - a move has where it came from
    colours = COLOURS[theme]
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelColor=colours["ink"], grid=False))
    title = f"{table.columns[chart.before]} → {table.columns[chart.value]}"
    x = alt.X("value:Q", title=title, axis=_axis(alt, table, chart), scale=_scale(alt, table, chart, zero=True))
    rule = base.mark_rule(strokeWidth=3, opacity=0.55, color=colours["point"]).encode(y=y, x=alt.X("before:Q"), x2="value:Q")
    was = base.mark_point(filled=False, size=80, strokeWidth=2, color=colours["context"]).encode(y=y, x=alt.X("before:Q"))
    point = base.mark_point(filled=True, size=90, opacity=1, color=colours["point"]).encode(y=y, x=x)
    return rule + was + point + _texts(base, alt, colours, y)


def _course(alt: Any, table: Table, chart: Chart, rows: list[dict[str, Any]], theme: Theme) -> Any:  # noqa: ANN401 - imported late
    colours = COLOURS[theme]
    base = alt.Chart(alt.Data(values=rows))
    x = alt.X("label:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, grid=False, labelOverlap=True))
    y = alt.Y("value:Q", title=table.columns[chart.value], axis=_axis(alt, table, chart), scale=_scale(alt, table, chart, zero=True))
    line = base.mark_line(strokeWidth=2.5, color=colours["point"], point=alt.OverlayMarkDef(filled=True, size=45, color=colours["point"])).encode(x=x, y=y)
    if chart.reference is not None:
        expected = base.mark_line(strokeWidth=2, strokeDash=[5, 4], color=colours["context"]).encode(x=x, y=alt.Y("reference:Q"))
        named = alt.Chart(alt.Data(values=rows[-1:])).mark_text(align="right", dy=-10, fontSize=SMALL, color=colours["soft"])
        line = expected + named.encode(x=x, y=alt.Y("reference:Q"), text=alt.value(table.columns[chart.reference])) + line
    if chart.low is None:
        return alt.layer(line)
    band = base.mark_area(opacity=0.2, color=colours["point"]).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    return band + line


_DRAWERS: Mapping[str, Callable[[Any, Table, Chart, list[dict[str, Any]], Theme], Any]] = {"intervals": _intervals, "moves": _moves, "course": _course}


def _texts(base: Any, alt: Any, colours: Mapping[str, str], y: Any) -> Any:  # noqa: ANN401 - imported late
    """The figures in a column of their own at the right, so that no legend is needed and none is covered."""
    return base.mark_text(align="left", dx=12, fontSize=SMALL, color=colours["ink"]).encode(y=y, x=alt.value("width"), text="told:N")


def _rows(table: Table, chart: Chart, language: Language, *, brief: bool) -> list[dict[str, Any]]:
    found = []
    for index, row in enumerate(table.rows):
        place: dict[str, Any] = {"label": label_of(row[chart.label], table, chart, language), "told": told_of(index, chart, table, language, brief=brief)}
        for name in ("value", "low", "high", "before", "reference"):
            column = getattr(chart, name)
            if column is not None:
                place[name] = row[column]
        found.append(place)
    return found


def _axis(alt: Any, table: Table, chart: Chart) -> Any:  # noqa: ANN401 - imported late
    if type_of(table, chart.value) is CellType.RATE:
        return alt.Axis(labelExpr="round(datum.value * 100) + ' %'", tickCount=5)
    return alt.Axis(format="~s", tickCount=5)


def _scale(alt: Any, table: Table, chart: Chart, *, zero: bool) -> Any:  # noqa: ANN401 - imported late
    """Rates keep the whole span from none to all, so that two charts can be compared."""
    return alt.Scale(domain=[0, 1]) if type_of(table, chart.value) is CellType.RATE else alt.Scale(zero=zero)
