"""Periods in questions: what they mean on a given day, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from agent.parsing.language.dates import find_periods
from agent.parsing.language.periods import previous, quarter, year_before

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("won in Q3 2025", "2025-07-01", "2025-09-30"),
        ("between now and year end", "2026-11-25", "2026-12-31"),
        ("从现在到年底", "2026-11-25", "2026-12-31"),
        ("in the third quarter of 2025", "2025-07-01", "2025-09-30"),
        ("2025年第三季度的赢单", "2025-07-01", "2025-09-30"),
        ("2025年三季度", "2025-07-01", "2025-09-30"),
        ("上个季度", "2026-07-01", "2026-09-30"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("这个月", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("去年", "2025-01-01", "2025-12-31"),
        ("前年", "2024-01-01", "2024-12-31"),
        ("去年上半年", "2025-01-01", "2025-06-30"),
        ("H2 2025", "2025-07-01", "2025-12-31"),
        ("H1 last year", "2025-01-01", "2025-06-30"),
        ("最近30天", "2026-10-27", "2026-11-25"),
        ("the last 3 months", "2026-08-26", "2026-11-25"),
        ("过去半年", "2026-05-26", "2026-11-25"),
        ("近半个月", "2026-11-11", "2026-11-25"),
        ("这两年各季度的赢单", "2024-11-26", "2026-11-25"),
        ("这半年谁最多", "2026-05-26", "2026-11-25"),
        ("won in the past few months", "2026-08-26", "2026-11-25"),
        ("最近几个月", "2026-08-26", "2026-11-25"),
        ("over the last couple of years", "2024-11-26", "2026-11-25"),
        ("未来两周", "2026-11-25", "2026-12-09"),
        ("year to date", "2026-01-01", "2026-11-25"),
        ("今年以来", "2026-01-01", "2026-11-25"),
        ("from March to May 2025", "2025-03-01", "2025-05-31"),
        ("between March 2025 and May 2025", "2025-03-01", "2025-05-31"),
        ("2025年3月到5月", "2025-03-01", "2025-05-31"),
        ("on 3 March 2026", "2026-03-03", "2026-03-03"),
        ("March 3, 2026", "2026-03-03", "2026-03-03"),
        ("2026年3月3日", "2026-03-03", "2026-03-03"),
        ("2026-03-03", "2026-03-03", "2026-03-03"),
        ("12月", "2025-12-01", "2025-12-31"),
        ("in December", "2025-12-01", "2025-12-31"),
        ("in October", "2026-10-01", "2026-10-31"),
        ("24年没谈成的项目", "2024-01-01", "2024-12-31"),
        ("10年没联系的客户", "2016-11-26", "2026-11-25"),
        ("今年7月1号签的", "2026-07-01", "2026-07-01"),
        ("去年3月5日到9月3日", "2025-03-05", "2025-09-03"),
        ("去年同期（1月1号到5月20号）登记的", "2025-01-01", "2025-05-20"),
        ("between March 1 and May 5 last year", "2025-03-01", "2025-05-05"),
        ("12月3号到12月30号", "2025-12-03", "2025-12-30"),
    ],
)
def test_period_in_words_gives_its_days(text: str, start: str, end: str) -> None:
    found = find_periods(text, TODAY)
    assert [(str(each.period.start), str(each.period.end)) for each in found] == [(start, end)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("since March 2025", "2025-03-01", "None"),
        ("2025年3月以来", "2025-03-01", "None"),
        ("March 2025 through now", "2025-03-01", "None"),
        ("March 2025 to date", "2025-03-01", "None"),
        ("before 2020", "None", "2019-12-31"),
        ("2020年之前", "None", "2019-12-31"),
        ("after June 2025", "2025-07-01", "None"),
        ("until June 2025", "None", "2025-06-30"),
        ("今年7月1号之前到期的", "None", "2026-06-30"),
        ("截至去年6月30号", "None", "2025-06-30"),
        ("明年3月5日之后", "2027-03-06", "None"),
        ("before 5 March last year", "None", "2025-03-04"),
    ],
)
def test_open_period_has_one_end_only(text: str, start: str, end: str) -> None:
    (found,) = find_periods(text, TODAY)
    assert (str(found.period.start), str(found.period.end)) == (start, end)


@pytest.mark.parametrize("text", ["what may happen", "the deal with 30 people", "第三个客户", "a march through the data"])
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert find_periods(text, TODAY) == []


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2024和2025两年的赢单率对比", ["2024", "2025"]),
        ("Q1 and Q2 claims this year", ["Q1 2026", "Q2 2026", "Q1 2026"]),
        ("一季度和二季度的工单数（今年）", ["Q1 2026", "Q2 2026", "Q1 2026"]),
        ("2025年上半年和下半年", ["H1 2025", "H2 2025"]),
        ("May and June 2025 compared", ["May 2025", "Jun 2025"]),
        ("the price before and after 1 July 2025", ["before 1 Jul 2025", "after 1 Jul 2025"]),
        ("2025年7月1日之前和之后的均价", ["before 1 Jul 2025", "since 1 Jul 2025"]),
        ("won per month, Jan through Mar 2025", ["Jan 2025 to Mar 2025"]),
        ("monthly revenue through 2025", ["2025"]),
        ("revenue through 2025", ["up to 2025"]),
        ("今年一季度每月赢单数", ["Q1 2026"]),
        ("2025年前三季度", ["Q1 2025 to Q3 2025"]),
        ("in the first two months of 2025", ["Jan 2025 to Feb 2025"]),
    ],
)
def test_periods_side_by_side_are_each_told(text: str, periods: list[str]) -> None:
    assert [each.period.en for each in find_periods(text, TODAY)] == periods


def test_two_periods_stay_two() -> None:
    found = find_periods("compare Q1 2025 with Q2 2025", TODAY)
    assert [each.period.en for each in found] == ["Q1 2025", "Q2 2025"]


def test_quarter_before_and_quarter_a_year_earlier() -> None:
    first = quarter(2026, 1)
    assert [(each.en if each else None) for each in (previous(first), year_before(first))] == ["Q4 2025", "Q1 2025"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("上半年签约项目数，今年和去年比一比", {("2026-01-01", "2026-06-30"), ("2025-01-01", "2025-06-30")}),
        ("won deals in the first half: this year versus last year", {("2026-01-01", "2026-06-30"), ("2025-01-01", "2025-06-30")}),
        ("三月份的赢单数，2024和2025对比", {("2024-03-01", "2024-03-31"), ("2025-03-01", "2025-03-31")}),
        ("January to May: 2024 vs 2025", {("2024-01-01", "2024-05-31"), ("2025-01-01", "2025-05-31")}),
        ("1到5月的赢单额，今年和去年比", {("2026-01-01", "2026-05-31"), ("2025-01-01", "2025-05-31")}),
        ("Q1 2024 vs 2025", {("2024-01-01", "2024-03-31"), ("2025-01-01", "2025-03-31")}),
        ("2024年和2025年三月份的对比", {("2024-03-01", "2024-03-31"), ("2025-03-01", "2025-03-31")}),
        ("2024年全年和今年上半年", {("2024-01-01", "2024-12-31"), ("2026-01-01", "2026-06-30")}),
    ],
)
def test_part_of_the_year_said_once_is_meant_in_both_years(text: str, periods: set[tuple[str, str]]) -> None:
    assert {(str(each.period.start), str(each.period.end)) for each in find_periods(text, TODAY)} == periods


@pytest.mark.parametrize("text", ["今年到目前为止", "今年截至目前", "年初到现在", "从今年年初到今天", "this year to date", "so far this year"])
def test_year_so_far_ends_today(text: str) -> None:
    (found,) = find_periods(text, TODAY)

    assert (str(found.period.start), str(found.period.end)) == ("2026-01-01", "2026-11-25")


@pytest.mark.parametrize("text", ["三季度同比去年三季度", "Q3 compared with Q3 last year", "三季度比去年三季度"])
def test_part_of_the_year_set_against_the_same_of_another_year_is_that_of_this_year(text: str) -> None:
    found = [each.period for each in find_periods(text, date(2025, 10, 20))]

    assert sorted(str(period.start) for period in found) == ["2024-07-01", "2025-07-01"]
