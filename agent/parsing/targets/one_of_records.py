"""One of the records that a superlative singles out, 保费最高的一张是哪家客户的: not those who have most of them together, but whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.mentions import is_numeric, mentions_entity, sizes_records

_ONE = re.compile(r"的?[一那这][笔起张份件]")
_FIRM = re.compile(r"(?:是|为)?哪一?家")
ASKING = ("which", "lookup", "when", "where")


def singles_out_record(reading: Reading) -> bool:
    """Whether a word for one record stands right behind the superlative, and behind it the records themselves or what is asked of the one."""
    items = reading.signals.items
    for index in reading.signals.superlative:
        one, behind = next(iter(items[index + 1 : index + 2]), None), next(iter(items[index + 2 : index + 3]), None)
        if one is not None and one.start == items[index].end and _ONE.fullmatch(one.text):
            return behind is None or bool(set(ASKING) & set(behind.cues)) or mentions_entity(reading, index + 2)
    return False


def whose_it_is(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in 是哪家企业的, 是哪个销售的: the places of what is asked of the one record, with the reference that answers."""
    signals, paths = reading.signals, reading.paths
    if sizes_records(reading):
        yield from _holder(reading)
    asking = sorted({*signals.at.get("which", ()), *signals.at.get("lookup", ())})
    for index in asking if singles_out_record(reading) else ():
        behind = signals.items[index + 1] if index + 1 < len(signals.items) else None
        if behind is not None and behind.start == signals.items[index].end:
            found = [path for _, path in sorted(paths.dimension(reading.entity, behind.terms)) if paths.field(reading.entity, path).to]
            yield from ((at, found[0]) for at in (index, index + 1) if found)
        elif _FIRM.fullmatch(signals.items[index].text):
            yield from ((index, path) for path in [each for each in paths.to_entity(reading.entity, "account") if each][:1])


def _holder(reading: Reading) -> Iterator[tuple[int, str]]:
    """As in "which rep closed the largest deal", 哪个客户的单子最大: what is asked of the one record, and the column that tells it."""
    signals = reading.signals
    for index in signals.at.get("which", ()):
        behind = signals.items[index + 1] if index + 1 < len(signals.items) else None
        if behind is None or behind.start != signals.items[index].end or mentions_entity(reading, index + 1):
            continue
        found = [path for _, path in sorted(reading.paths.dimension(reading.entity, behind.terms)) if not is_numeric(reading, path)]
        yield from ((at, found[0]) for at in (index, index + 1) if found)
        return
