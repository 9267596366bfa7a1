"""What a column of numbers is taken for, by all that it holds."""

from __future__ import annotations

import pytest

from tools.crm.importing.proposing.profiling import profile
from tools.crm.importing.source import SourceTable
from tools.crm.semantic import FieldType


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["12"] * 900 + ["0.5"], FieldType.NUMBER),  # which a sample of the rows may pass over
        (["12", "3"] * 400, FieldType.COUNT),
        (["12.00", "3"] + ["4"] * 30, FieldType.COUNT),
    ],
)
def test_a_column_counts_only_where_no_cell_is_a_part_of_one(cells: list[str], kind: FieldType) -> None:
    rows = [[cell] for cell in cells]
    (found,) = profile(SourceTable("samples.csv", None, ("kg sent",), rows, list(range(2, len(rows) + 2))))

    assert found.type is kind
