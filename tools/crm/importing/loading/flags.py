"""Tells from a system's own yes-or-no columns (is won, is closed) whether a deal is open, won or lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.crm.importing.cleaning import clean
from tools.crm.importing.loading.outcomes import Status
from tools.crm.importing.mapping import CUSTOM, ColumnMap
from tools.crm.importing.proposing.headers import is_chinese, lighten, read_header, without_prefix
from tools.crm.importing.values import is_blank, parse_flag

WON = frozenset(("won", "win", "closed won", "赢单", "赢", "成交"))
LOST = frozenset(("lost", "closed lost", "输单", "丢单", "输"))
CLOSED = frozenset(("closed", "关闭", "结束", "结单"))
DEALS = ("opportunity", "deal", "商机", "机会")
ASKING = ("是否", "已")


def outcome_columns(columns: Sequence[ColumnMap], cells: Sequence[Sequence[str]]) -> dict[str, ColumnMap]:
    """The columns that say yes or no to ``won``, ``lost`` and ``closed``, of those that fit no field; ``cells`` are the file's columns."""
    found: dict[str, ColumnMap] = {}
    for column in columns:
        if column.to != CUSTOM or not 0 <= column.position < len(cells):
            continue
        asked = _asked(column.header)
        if asked and asked not in found and _is_flag(cells[column.position]):
            found[asked] = column
    return found if found.keys() != {"closed"} else {}


def read_flags(found: Mapping[str, Sequence[str]], count: int) -> list[Status | None]:
    """What the columns say of each of ``count`` rows; None where they leave it open."""
    flags = {name: [parse_flag(clean(text)[0]) for text in texts] for name, texts in found.items()}
    blank: list[bool | None] = [None] * count
    rows = zip(flags.get("won", blank), flags.get("lost", blank), flags.get("closed", blank), strict=True)
    return [_outcome(*row) for row in rows]


def _outcome(won: bool | None, lost: bool | None, closed: bool | None) -> Status | None:
    if won:
        return "won"
    if lost or (closed and won is False):
        return "lost"
    return "open" if closed is False or (won is False and lost is False) else None


def _asked(header: str) -> str | None:
    said = read_header(header).spoken
    said = without_prefix(said, DEALS) or said
    if is_chinese(said):
        for start in ASKING:
            said = said.removeprefix(start)
    said = lighten(said)
    return next((name for name, words in (("won", WON), ("lost", LOST), ("closed", CLOSED)) if said in words), None)


def _is_flag(texts: Sequence[str]) -> bool:
    told = {text for text in texts if not is_blank(text)}
    return bool(told) and all(parse_flag(clean(text)[0]) is not None for text in told)
