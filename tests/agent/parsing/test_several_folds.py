"""Two figures of the same records asked for together: how many and the mean, the mean and the highest, the sum and the mean. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.agent.parsing.brought import brought
from tests.agent.parsing.conftest import Reader
from tests.agent.parsing.test_signed_deals import CLIENTS, DEALS
from tests.tools.crm.importing.exports import table

REPAIRS = table(
    "抢修记录.csv",
    "抢修单号,报修时间,客户编号,停机时长(小时),到场用时(分钟)",
    *((f"QX{at:03d}", f"2025-0{at % 6 + 1}-05 10:00", f"K{at % 4:03d}", str(at % 7 + 1), str(at + 20)) for at in range(20)),
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with brought(tmp_path_factory.mktemp("folds"), CLIENTS, DEALS, REPAIRS) as reader:
        yield reader


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("open deals and average amount", ["open_count", "avg"]),
        ("open deals and their average amount", ["open_count", "avg"]),
        ("average amount and number of open deals", ["avg", "deal_count"]),
        ("won deals and their average value", ["won_count", "average_won_value"]),
        ("各行业的项目数和平均预估金额", ["deal_count", "avg"]),
    ],
)
def test_a_count_beside_a_mean_is_told_with_it(read: Reader, question: str, figures: list[str]) -> None:
    assert [ref.measure or ref.fold for ref in read.plan(question).queries[0].measures] == figures


@pytest.mark.parametrize("question", ["青禾纸业和青禾木业的抢修，平均停机时长多少", "青禾纸业的项目，平均预估金额多少"])
def test_records_before_a_comma_are_those_of_the_mean_and_are_not_counted(read: Reader, question: str) -> None:
    assert [ref.fold or ref.measure for ref in read.plan(question).queries[0].measures] == ["avg"]


@pytest.mark.parametrize(
    ("question", "folds"),
    [
        ("平均和最高停机时长", ["avg", "max"]),
        ("平均停机时长和最长停机时长", ["avg", "max"]),
        ("最高和最低预估金额", ["max", "min"]),
        ("平均和最高签约金额", ["average_won_value", "max"]),
        ("mean and maximum amount of open deals", ["avg", "max"]),
        ("total and average amount of open deals", ["deal_value", "avg"]),
        ("项目的总金额和平均金额各是多少", ["deal_value", "avg"]),
    ],
)
def test_two_folds_of_one_column_are_told_together(read: Reader, question: str, folds: list[str]) -> None:
    assert [ref.measure or ref.fold for ref in read.plan(question).queries[0].measures] == folds


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("平均合同额", ["average_won_value"]),
        ("合同额最高的客户", ["won_value"]),
        ("各行业合同金额", ["won_value"]),
        ("contract value by industry", ["won_value"]),
        ("average contract value", ["average_won_value"]),
        ("2025年的合同总额", ["won_value"]),
    ],
)
def test_where_no_contracts_are_held_their_value_is_that_of_won_deals(read: Reader, question: str, figures: list[str]) -> None:
    query = read.plan(question).queries[0]
    assert [ref.measure for ref in query.measures] == figures
    assert query.entity == "opportunity"
