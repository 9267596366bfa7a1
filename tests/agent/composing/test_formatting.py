"""Numbers, dates and gaps as readers of English and Chinese expect them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from agent.answer import Language
from agent.composing.draft import Draft, Sentence, render, slot
from agent.composing.formatting import format_cell, format_days, format_money, format_period, format_rate
from agent.composing.typesetting import listed, plural, tidy
from tools.trace.cells import Cell, CellType, Derivation


@pytest.mark.parametrize(
    ("value", "currency", "language", "words"),
    [
        ("3568647", "USD", "en", "$3.57 M"), ("3568647", "USD", "zh", "356.9 万美元"), ("3568647", None, "en", "3.57 M"), ("478053", None, "en", "478,053"),
        ("550", "CNY", "zh", "550 元"), ("9999.5", None, "zh", "9,999.5"), ("250000000", "CNY", "zh", "2.5 亿元"), ("-1200000", "USD", "en", "−$1.2 M"),
    ],
)  # fmt: skip
def test_money_is_short_when_large_and_exact_when_small(value: str, currency: str | None, language: Language, words: str) -> None:
    assert format_money(Decimal(value), currency, language) == words


def test_rates_have_one_decimal_and_a_true_minus() -> None:
    assert format_rate(Decimal("0.6319")) == "63.2 %"
    assert format_rate(Decimal("-0.06"), signed=True) == "−6.0 %"


def test_years_are_not_grouped_but_computed_numbers_are() -> None:
    read = Cell(address="q1.r1.founded_year", value="1979", type=CellType.NUMBER)
    mean = Cell(address="q1.r1.m0", value="1979.4286", type=CellType.NUMBER, derivation=Derivation(formula="ratio", operands=("a", "b")))
    assert format_cell(read, "en") == "1979"
    assert format_cell(mean, "en") == "1,979.4"


def test_short_durations_are_said_in_hours() -> None:
    assert (format_days(Decimal("51.83"), "en"), format_days(Decimal("0.25"), "zh"), format_days(Decimal(1), "en")) == ("51.8 days", "6 小时", "1 day")


def test_periods_are_closed_up_in_chinese() -> None:
    assert [format_period(key, "zh") for key in ("2017", "2017-Q3", "2017-08", "2017-08-03")] == ["2017年", "2017年第三季度", "2017年8月", "2017年8月3日"]
    assert format_period("2017-03", "en") == "Mar 2017"


def test_han_and_latin_are_set_apart() -> None:
    assert tidy("2017 年 3 月GTX Pro的赢单率为63 %（共 5 单） 。") == "2017年3月 GTX Pro 的赢单率为 63 %（共 5 单）。"


def test_gap_follows_what_fills_the_slot() -> None:
    name = Cell(address="q1.where.1", value="王芳", type=CellType.NAME, derivation=Derivation(formula="constant"))
    other = name.model_copy(update={"address": "q1.where.2", "value": "Ana"})
    draft = Draft("zh", [Sentence(f"客户{slot('q1.where.1')}和{slot('q1.where.2')}的商机。")], cells={"q1.where.1": name, "q1.where.2": other})
    assert render(draft).text == "客户王芳和 Ana 的商机。"


def test_unbound_slot_is_never_written() -> None:
    with pytest.raises(KeyError):
        render(Draft("en", [Sentence("There are {{q1.r1.m0}} deals.")]))


def test_nouns_have_plurals_and_lists_an_end() -> None:
    assert [plural(each) for each in ("deal", "opportunity", "sales rep", "contact person", "day")] == [
        "deals",
        "opportunities",
        "sales reps",
        "contact people",
        "days",
    ]
    assert (listed(["A", "B", "C"], "en"), listed(["A", "B"], "zh")) == ("A, B and C", "A、B")
