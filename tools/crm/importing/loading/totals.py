"""Knows the row that sums up a table from a record of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from tools.crm.importing.values import is_blank, parse_decimal

_TOTAL = re.compile(
    r"(?:本页|本月|全部)?(?:合计|总计|小计|共计)(?:金额)?|"
    r"(?:grand |sub[- ]?|overall )?totals?|sum|(?:gesamt|zwischen)?summen?|gesamt|gesamtergebnis|total general|totaal|totale|toplam|合計|小計|総計"
)
_END = re.compile(r"[\s:：.=]+$|\s*[(（]\d+[)）]$")
FILLED_MOST = 0.5


def is_total(row: Sequence[str], ids: Sequence[int], titles: Sequence[int]) -> bool:
    """True where the first filled cell, the id or the title says total, and of the others few are filled, with numbers.

    A row with an id of its own is a record, whatever it is called.
    """
    if len(row) - row.count("") > FILLED_MOST * len(row) + 2:
        return False
    filled = [at for at, cell in enumerate(row) if not is_blank(cell)]
    if not filled or any(at in filled and not _TOTAL.fullmatch(_word(row[at])) for at in ids):
        return False
    says = next((at for at in dict.fromkeys((filled[0], *ids, *titles)) if at < len(row) and _TOTAL.fullmatch(_word(row[at]))), None)
    if says is None:
        return False
    others = [at for at in filled if at != says and not _TOTAL.fullmatch(_word(row[at]))]
    return len(others) <= FILLED_MOST * (len(row) - 1) and all(parse_decimal(row[at]) is not None for at in others)


def _word(text: str) -> str:
    return _END.sub("", unicodedata.normalize("NFKC", text).strip().casefold())
