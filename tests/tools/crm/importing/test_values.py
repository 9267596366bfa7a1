"""What single cells mean."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.crm.importing.values import (
    decimal_mark,
    has_time,
    is_blank,
    parse_count,
    parse_currency,
    parse_date,
    parse_datetime,
    parse_decimal,
    parse_flag,
    parse_minutes,
    parse_rate,
    parse_year,
    rates_are_whole,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1234.5", "1234.5", None),
        ("-7", "-7", None),
        ("¥1,234.50", "1234.50", "CNY"),
        ("￥1,234.50", "1234.50", "CNY"),
        ("$ 1,200", "1200", "USD"),
        ("-$5", "-5", "USD"),
        ("(3,000.00)", "-3000.00", None),
        ("($1,000)", "-1000", "USD"),
        ("1.234,56 €", "1234.56", "EUR"),
        ("1 234,5 EUR", "1234.5", "EUR"),
        ("1'234.50 CHF", "1234.50", "CHF"),
        ("12,34,567.00", "1234567.00", None),
        ("USD 1.5M", "1500000.0", "USD"),
        ("$5k", "5000", "USD"),
        ("1.2亿", "120000000", None),
        ("3.5万元", "35000", "CNY"),
        ("人民币 500 元", "500", "CNY"),
        ("１２３", "123", None),
        ("12%", "0.12", None),
        ("100-", "-100", None),
    ],
)
def test_amount_as_people_write_it_is_read(text: str, value: str, unit: str | None) -> None:
    parsed = parse_decimal(text)

    assert parsed is not None
    assert (parsed.value, parsed.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["", "abc", "12 apples", "1,23,4", "1.2.3", "(5", "--3", "2024-03-05", "1 2", "E5", "NaN", "Infinity", "1e5"])
def test_text_that_is_no_amount_is_not_understood(text: str) -> None:
    assert parse_decimal(text) is None


@pytest.mark.parametrize(("text", "mark", "value"), [("1,234", ".", "1234"), ("1,234", ",", "1.234"), ("1.234", ".", "1.234"), ("1.234", ",", "1234")])
def test_ambiguous_separator_is_read_by_the_columns_decimal_mark(text: str, mark: str, value: str) -> None:
    parsed = parse_decimal(text, mark)  # type: ignore[arg-type]

    assert parsed is not None
    assert parsed.value == Decimal(value)


def test_column_with_decimal_commas_is_told_by_its_unambiguous_values() -> None:
    assert decimal_mark(["1.000", "12,5", "3.400,00"]) == ","
    assert decimal_mark(["1,000", "12.5"]) == "."
    assert decimal_mark(["1,000", "2,000"]) == "."
    assert decimal_mark([]) == "."


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_amount_written_with_separators_comes_back(value: Decimal) -> None:
    english = parse_decimal(f"{value:,.2f}")
    german = parse_decimal(f"{value:,.2f}".translate(str.maketrans(",.", ".,")), ",")

    assert english is not None
    assert german is not None
    assert english.value == german.value == value


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2024-03-05", None, date(2024, 3, 5)),
        ("2024-03-05", "mdy", date(2024, 3, 5)),
        ("2024/3/5", None, date(2024, 3, 5)),
        ("2024.03.05", None, date(2024, 3, 5)),
        ("2024年3月5日", None, date(2024, 3, 5)),
        ("２０２４年３月５日", None, date(2024, 3, 5)),
        ("20240305", None, date(2024, 3, 5)),
        ("3/5/2024", "mdy", date(2024, 3, 5)),
        ("3/5/2024", "dmy", date(2024, 5, 3)),
        ("3/5/24", "mdy", date(2024, 3, 5)),
        ("05.03.2024", None, date(2024, 3, 5)),
        ("25/12/2024", None, date(2024, 12, 25)),
        ("12/25/2024", None, date(2024, 12, 25)),
        ("5 Mar 2024", None, date(2024, 3, 5)),
        ("05-Mar-2024", None, date(2024, 3, 5)),
        ("March 5, 2024", None, date(2024, 3, 5)),
        ("Tue, March 5, 2024", None, date(2024, 3, 5)),
        ("2024-03-05 14:30", None, date(2024, 3, 5)),
        ("2024-03-05T14:30:00.000Z", None, date(2024, 3, 5)),
        ("3/5/2024 2:30 PM", "mdy", date(2024, 3, 5)),
    ],
)
def test_date_in_any_custom_is_read(text: str, order: str | None, expected: date) -> None:
    assert parse_date(text, order) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("3/5/2024", None),
        ("3/5/2024", "ymd"),
        ("31/12/2024", "mdy"),
        ("2024-02-30", None),
        ("2024-13-01", None),
        ("", None),
        ("tomorrow", None),
        ("2024", None),
        ("2024-03-05 foo", None),
        ("12345678", None),
    ],
)
def test_date_that_is_ambiguous_or_impossible_is_not_understood(text: str, order: str | None) -> None:
    assert parse_date(text, order) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2024-03-05 14:30", None, datetime(2024, 3, 5, 6, 30, tzinfo=UTC)),
        ("2024-03-05T14:30:00Z", None, datetime(2024, 3, 5, 14, 30, tzinfo=UTC)),
        ("2024-03-05T14:30:00+0200", None, datetime(2024, 3, 5, 12, 30, tzinfo=UTC)),
        ("2024/3/5 9:05", None, datetime(2024, 3, 5, 1, 5, tzinfo=UTC)),
        ("3/5/2024, 2:30 PM", "mdy", datetime(2024, 3, 5, 6, 30, tzinfo=UTC)),
        ("3/5/2024 12:05 am", "mdy", datetime(2024, 3, 4, 16, 5, tzinfo=UTC)),
        ("2024年3月5日 下午3:05", None, datetime(2024, 3, 5, 7, 5, tzinfo=UTC)),
        ("2024年3月5日14时30分", None, datetime(2024, 3, 5, 6, 30, tzinfo=UTC)),
        ("2024-03-05", None, datetime(2024, 3, 4, 16, 0, tzinfo=UTC)),
        ("5 Mar 2024 15:04:05", None, datetime(2024, 3, 5, 7, 4, 5, tzinfo=UTC)),
    ],
)
def test_point_in_time_is_given_in_utc(text: str, order: str | None, expected: datetime) -> None:
    assert parse_datetime(text, order, SHANGHAI) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["2024-03-05 25:00", "2024-03-05 lunch", "14:30", "9999-12-31 23:00 -2300"])
def test_point_in_time_that_cannot_be_is_not_understood(text: str) -> None:
    assert parse_datetime(text, None, SHANGHAI) is None


def test_clock_time_after_a_date_is_noticed() -> None:
    assert has_time("3/5/2024 14:30")
    assert not has_time("3/5/2024")


@pytest.mark.parametrize(
    ("text", "expected"), [("是", True), ("否", False), ("TRUE", True), ("no", False), (" Yes ", True), ("0", False), ("maybe", None), ("", None)]
)
def test_flag_is_read_in_both_languages(text: str, expected: bool | None) -> None:
    assert parse_flag(text) is expected


@pytest.mark.parametrize(
    ("text", "whole", "expected"),
    [("65%", None, "0.65"), ("0.65", None, "0.65"), ("65", None, "0.65"), ("1", True, "0.01"), ("1", False, "1"), ("1", None, "1"), ("¥5", None, None)],
)
def test_rate_is_a_fraction(text: str, whole: bool | None, expected: str | None) -> None:
    assert parse_rate(text, whole=whole) == (Decimal(expected) if expected else None)


def test_column_of_rates_counts_in_hundredths_by_header_or_values() -> None:
    assert rates_are_whole(["1", "0"], "Probability (%)")
    assert rates_are_whole(["1", "20"])
    assert not rates_are_whole(["0.1", "1"])
    assert not rates_are_whole(["20%", "40%"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("USD", "USD"), ("usd", "USD"), ("¥", "CNY"), ("人民币", "CNY"), ("USD - US Dollar", "USD"), ("US Dollar (USD)", "USD"), ("gold", None)],
)
def test_currency_is_named_by_code_symbol_or_word(text: str, expected: str | None) -> None:
    assert parse_currency(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", "12"), ("1:30:00", "90"), ("5:30", "5.5"), ("1 h 20 min", "80"), ("45分钟", "45"), ("90 s", "1.5"), ("soon", None), ("", None), ("-3", None)],
)
def test_duration_is_given_in_minutes(text: str, expected: str | None) -> None:
    assert parse_minutes(text) == (Decimal(expected) if expected else None)


def test_count_and_year_take_whole_numbers_only() -> None:
    assert parse_count("1,200") == 1200
    assert parse_count("12.0") == 12
    assert parse_count("12.5") is None
    assert parse_year("1996年") == 1996
    assert parse_year("2001-05-02") == 2001
    assert parse_year("99") is None


def test_marks_for_nothing_count_as_blank() -> None:
    assert all(map(is_blank, ("", "  ", "-", "N/A", "无", "null")))
    assert not any(map(is_blank, ("0", "x", "无锡")))
