"""Payments that are still to come in, beside those that have: the amount that was to come, and which have come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.parsing.columns.concepts import concepts
from agent.parsing.columns.owing import owed_pair
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.own_headers import own_labels
from agent.parsing.store_words.vocabulary import Vocabulary
from tools.crm.query import Beside, Between, Compare, Filter, MeasureRef, Or
from tools.crm.semantic import FieldType, SemanticModel

AMOUNT = "amount"
_NOTHING = re.compile(
    r"[没未](?:有)?(?:到账|到款|收到|进账|入账|进来)(?!清|完|齐|足|全)|没(?:有)?付(?!清|完|齐|足|全)|分文|一分"
    r"|\b(?:nothing|unpaid|(?<!fully )paid yet|not yet paid|to be paid)\b"
)
_STILL = re.compile(r"还[有剩要该得会应]|尚[有待未]|仍[有要需]|\b(?:still|remaining|yet|left|outstanding)\b")
UNSAYABLE = 9.0
"""The cost of a reading that would answer another question: more than leaving out every word."""


def with_amount_due(reading: Reading) -> Reading:
    """As in 没到账的合计多少, 下月应收的合计多少, where 应回金额 and 回款金额 are two columns: the one that is filled before the money comes."""
    columns = reading.paths.vocabulary.columns
    came = columns.days_of_paying(reading.entity)
    to_come = {pair.planned.path for pair in columns.pairs.get(reading.entity, ()) if pair.actual.path in came}
    unpaid = any(isinstance(part, Compare) and part.path in came and part.op == "is_null" for part in reading.filters)
    if unpaid and len(to_come) == 1 and reading.window is not None:
        usual = reading.paths.model.entities[reading.entity].time
        if (reading.window.path or usual) in came:  # 5月该收、到现在没收到的: what has not come in came on no day
            reading = reading.using(window=reading.window.model_copy(update={"path": next(iter(to_come))}))
    planned = reading.window is not None and reading.window.path in to_come and not _tells_of_paying(reading)
    due = amount_due(reading.entity, reading.paths.vocabulary) if unpaid or planned else None
    if due is None:
        return reading
    bounds = tuple(part.model_copy(update={"path": due}) if unpaid and _bounds_amount(part) else part for part in reading.filters)
    if planned and not unpaid and len(came) == 1 and _is_still_to_come(reading):
        bounds = (*bounds, Compare(path=came[0], op="is_null"))
    return reading.using(measures=tuple(of_due(ref, due, reading.paths.model) for ref in reading.measures), filters=bounds)


def _is_still_to_come(reading: Reading) -> bool:
    """As in 本月剩下的日子还有多少款该收, "how much is still due this month": of what falls due then, what has been paid already is not."""
    window, today = reading.window, reading.signals.today
    said = "".join(f" {token.norm}" if token.kind == "latin" else token.text for token in reading.signals.tokens)
    return window is not None and today is not None and (window.end is None or window.end >= today) and bool(_STILL.search(said))


def _bounds_amount(part: Filter) -> bool:
    """As in 逾期未收、超过50万的: nothing has come in of it, so that the bound is on what was to come."""
    return isinstance(part, Compare | Between) and part.path == AMOUNT


def with_partly_paid(reading: Reading) -> Reading:
    """Where instalments may be paid in part: one that is overdue may be so in part, of which what is left is owed."""
    vocabulary = reading.paths.vocabulary
    pair = owed_pair(reading.entity, vocabulary.columns.amounts.get(reading.entity, ())) if reading.entity in vocabulary.partly_paid else None
    came = vocabulary.columns.days_of_paying(reading.entity)
    unpaid = [part for part in reading.filters if isinstance(part, Compare) and part.path in came and part.op == "is_null"]
    if pair is None or not unpaid or nothing_came(reading):
        return reading
    due, paid = pair[0].path, pair[1].path
    if not reading.signals.has("overdue") and not _is_left_of_it(reading, due, paid, came):
        return reading
    if any(isinstance(part, Compare | Between) and part.path == due for part in reading.filters):
        return reading.paying(UNSAYABLE)  # 逾期欠款超过50万 bounds what is left, which no condition tells
    owing = Or(parts=(unpaid[0], Beside(path=paid, other=due, op="lt")))
    filters = tuple(owing if part is unpaid[0] else part for part in reading.filters)
    measures = tuple(
        MeasureRef(fold="sum", path=due, less=paid, owed=True, share=ref.share) if (ref.fold, ref.path, ref.less) == ("sum", due, None) else ref
        for ref in reading.measures
    )
    return reading.using(filters=filters, measures=measures)


def _is_left_of_it(reading: Reading, due: str, paid: str, came: Sequence[str]) -> bool:
    """As in 尾款还有多少没收, 没收齐的有几笔: what is left is asked for, or a word for paying is denied that may be true in part."""
    left = {(reading.entity, "empty", path) for path in came}
    denied = (item for item in reading.signals.items if not item.values)
    return any((ref.path, ref.less) == (due, paid) for ref in reading.measures) or any(
        "unpaid" in item.cues or any((pair.entity, pair.what, pair.path) in left for pair in item.pairs) for item in denied
    )


def nothing_came(reading: Reading) -> bool:
    """As in 逾期还没到账的, "unpaid invoices that are overdue": of what was paid in part, something came; 没付清 and "outstanding" have it too."""
    said = [item.text.casefold() for item in reading.signals.items if "unpaid" in item.cues or (item.pairs and _NOTHING.search(item.text))]
    return bool(said) and all(_NOTHING.search(text) for text in said)


def add_received(reading: Reading) -> Reading:
    """As in 已到账的有几笔, "how many instalments have been paid", where those to come are kept as well: the ones that have come in."""
    columns = reading.paths.vocabulary.columns
    came = columns.days_of_paying(reading.entity)
    if reading.entity != "payment" or len(came) != 1 or (reading.entity, came[0]) not in columns.unfinished or _adds_up(reading):
        return reading
    said = [index for index in reading.signals.at.get("paid", ()) if _is_said_of_them(reading, index)]
    if not said or any(isinstance(part, Compare) and part.path == came[0] for part in reading.filters):
        return reading
    return reading.using(*said, filters=(*reading.filters, Compare(path=came[0], op="not_null")), fit=reading.fit + 0.3)


def _tells_of_paying(reading: Reading) -> bool:
    """Whether a word says that money came in, and isn't what the payments themselves are called."""
    words = reading.paths.model.entities[reading.entity].words
    return any(reading.item(index).text.casefold() not in {*words.en, *words.zh} for index in reading.signals.at.get("paid", ()))


def _adds_up(reading: Reading) -> bool:
    """Whether the money that came in is what is asked for: what hasn't come adds nothing to it."""
    named = [reading.paths.model.measures[ref.measure] for ref in reading.measures if ref.measure is not None]
    return any(measure.op == "sum" and measure.args == (AMOUNT,) for measure in named)


def _is_said_of_them(reading: Reading, index: int) -> bool:
    """Whether a word for paying says of records what has happened to them: 已到账, 到账的, "have been paid", "paid instalments"."""
    item, tokens = reading.item(index), reading.signals.tokens
    if item.values or item.period or "unpaid" in item.cues:
        return False
    before = tokens[item.start - 1].norm if item.start else ""
    behind = tokens[item.end].text if item.end < len(tokens) else ""
    if item.text.isascii():
        kind = reading.entity
        return item.text.casefold() == "paid" and any(term.what == "entity" and term.entity == kind for each in reading.signals.items for term in each.terms)
    return item.text.startswith("已") or before in {"已", "已经"} or behind in {"的", "了"} or item.text.endswith("了")


def amount_due(entity: str, vocabulary: Vocabulary) -> str | None:
    """The one own money column whose header says that it was planned, where the amount itself is empty in some records."""
    kind = vocabulary.model.entities[entity]
    if AMOUNT not in kind.fields or vocabulary.content(kind.key, AMOUNT).count >= vocabulary.rows(kind.key):
        return None
    filled = [spec for spec in kind.fields.values() if spec.custom and spec.type is FieldType.MONEY and vocabulary.content(kind.key, spec.key).count]
    planned = [spec.key for spec in filled if any("planned" in concepts(label, "role") for label in own_labels(spec))]
    return planned[0] if len(planned) == 1 else None


def of_due(ref: MeasureRef, due: str, model: SemanticModel) -> MeasureRef:
    """The figure of what was to come in, where it is one of what came in."""
    measure = model.measures.get(ref.measure or "")
    plain = not (ref.over or ref.less or ref.part or ref.per)
    if plain and measure is not None and measure.op in {"sum", "avg"} and measure.args == (AMOUNT,):
        return MeasureRef(fold=measure.op, path=due, share=ref.share)
    if plain and ref.fold in {"sum", "avg", "median", "min", "max"} and ref.path == AMOUNT:
        return ref.model_copy(update={"path": due})
    return ref
