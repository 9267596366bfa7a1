"""Two days of a record and a length of time between them: 下单后超过3天才发货的, 从装机到验收30天以上, "reported more than three days after the loss"."""

from __future__ import annotations

from itertools import pairwise

from agent.parsing.conditions.ordering import day_named
from agent.parsing.reading.drafting import Reading
from tools.crm.query import Lasted

NEAR = 4
AGO = ("ago", "前", "以来")
UNTIL = {"到", "至", "to", "until", "till"}
BEHIND = {"后", "之后", "以后"}
FOLDING = ("average", "median", "duration", "trend")


def add_days_apart(reading: Reading) -> Reading:
    """Records of which one day lies so much after another; nothing where a mean is bounded, or no word says which of the two is first."""
    lengths = [index for index in reading.open_items() if reading.item(index).length is not None and not reading.item(index).text.endswith(AGO)]
    days = [(index, path) for index in range(len(reading.signals.items)) if (path := day_named(reading, index)) is not None]
    if not lengths or reading.signals.has(*FOLDING):
        return reading
    for (first, path), (second, other) in pairwise(days):
        close = [index for index in lengths if first - NEAR < index < second + NEAR]
        if path == other or second - first > NEAR or not close:
            continue
        order = _later_first(reading, first, second) or _earlier_first(reading, first, second, close[0])
        length = reading.item(close[-1]).length  # 拖了3天以上（超过3天）: what is said last makes it exact
        if order is None or length is None:
            continue
        then, since = (path, other) if order[0] else (other, path)
        part = Lasted(path=then, since=since, op=length.op, days=f"{length.days.normalize():f}")
        return reading.using(first, second, *close, *order[1], filters=(*reading.filters, part), fit=reading.fit + 1.6)
    return reading


def _later_first(reading: Reading, first: int, second: int) -> tuple[bool, tuple[int, ...]] | None:
    """As in B晚于A, B比A晚, "B more than three days after A": whether the day named first is the later one, by which words."""
    inner = range(first + 1, second + 2)
    for kinds, later in ((("later", "after"), True), (("earlier", "before"), False)):
        cues = tuple(at for kind in kinds for at in reading.signals.at.get(kind, ()) if at in inner and at not in reading.used)
        if cues:
            than = (at for at in reading.signals.at.get("compare", ()) if at in inner)
            return later, (*cues, *than)
    return None


def _earlier_first(reading: Reading, first: int, second: int, length: int) -> tuple[bool, tuple[int, ...]] | None:
    """As in 从A到B, A后…才B: the day named first is the earlier one."""
    items, tokens = reading.signals.items, reading.signals.tokens
    between = tokens[items[first].end : items[second].start]
    if length > second and any(token.norm in UNTIL for token in between):
        return False, ()
    if first < length < second and "".join(token.text for token in tokens[items[first].end : items[first].end + 2]).startswith(tuple(BEHIND)):
        return False, tuple(at for at in range(first + 1, length) if reading.item(at).is_only_cue and reading.item(at).text in BEHIND)
    return None
