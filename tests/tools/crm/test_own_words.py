"""What people call a table of the export, after the name of its file."""

import pytest

from tools.crm.semantic.own_words import table_names


@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("拜访记录.csv", ["拜访记录", "拜访"]),
        ("电扶梯设备台账.csv", ["电扶梯设备台账", "电扶梯设备", "设备台账"]),
        ("call_log.csv", ["call log", "call"]),
    ],
)
def test_table_is_called_by_its_name_without_the_word_for_a_list_and_by_how_it_ends(file: str, names: list[str]) -> None:
    assert list(table_names(file)) == names
