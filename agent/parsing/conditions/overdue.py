"""As in "overdue invoices", 逾期未完成的里程碑: records whose day has passed and that are not done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from agent.parsing.conditions.named_times import named_by
from agent.parsing.language.lengths import Length
from agent.parsing.linking.general_money import GENERAL_MONEY, HOW_MUCH, OWED
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.vocabulary import Vocabulary
from prompts.words import say
from tools.crm.measuring import overdue
from tools.crm.query import Assumption, Between, Compare
from tools.crm.semantic import Field

SOON = 90
SAID_SOON = re.compile(r"快|马上|即将|近期|soon|shortly|about to|close to", re.IGNORECASE)
BALANCE, PAID, PAYMENT = "balance", "paid_on", "payment"
PASSED = ("过了", "已过", "过", "超过", "past", "pasttheir", "pastthe", "pastits")
ENDS = ("end_on", "valid_to")
FALLEN_DUE = {"到期", "已到期", "已经到期", "到期了", "due"}
EXPIRED = {"expired", "lapsed", "已过期", "已经过期", "过期", "已到期", "已经到期", "过了期", "已失效"}


def add_expired(reading: Reading) -> Reading:
    """As in "expired certificates", 已到期的合同: the day on which it ends has passed."""
    today = reading.signals.today
    places = [i for i in reading.signals.at.get("expiring", ()) if i not in reading.used and reading.item(i).text.casefold() in EXPIRED]
    stated = any(value.entity == reading.entity for i in places for value in reading.item(i).values)
    if not places or today is None or stated or any(item.period for item in reading.signals.items):
        return reading
    ends = _end(reading)
    if ends is None:
        return reading
    return reading.using(*places, filters=(*reading.filters, Compare(path=ends.key, op="lt", values=(today.isoformat(),))), fit=reading.fit + 0.3)


def add_expiring_soon(reading: Reading) -> Reading:
    """As in 快到期的合同, "contracts expiring soon": those that end within the next 90 days, which the answer states; not where a period says when."""
    today = reading.signals.today
    places = [i for i in reading.signals.at.get("expiring", ()) if i not in reading.used and SAID_SOON.search(reading.item(i).text)]
    ends = _end(reading)
    if not places or today is None or ends is None or any(item.period or item.length for item in reading.signals.items):
        return reading
    said = Assumption(en=say("soon_assumed", "en", days=SOON), zh=say("soon_assumed", "zh", days=SOON))
    ahead = Between(path=ends.key, low=today.isoformat(), high=(today + timedelta(days=SOON)).isoformat())
    return reading.using(*places, filters=(*reading.filters, ahead), assumptions=(*reading.assumptions, said), fit=reading.fit + 0.3)


def _end(reading: Reading) -> Field | None:
    """The day on which records end: else the one own column whose header says so, 报价有效期至."""
    kind = reading.paths.model.entities[reading.entity]
    held = [field for field in kind.fields.values() if field.type.is_time and reading.paths.vocabulary.content(kind.key, field.key).count]
    own = [field for field in held if field.custom and named_by(field, "expiring")]
    return next((field for field in held if field.key in ENDS), own[0] if len(own) == 1 else None)


def add_unpaid(reading: Reading) -> Reading:
    """As in "unpaid invoices", 还没付的发票: something of them is still to be paid, where no state of that name says so."""
    places = [i for i in reading.signals.at.get("unpaid", ()) if i not in reading.used and not reading.item(i).values]
    late = [index for index in reading.signals.at.get("overdue", ()) if index not in reading.used] if reading.signals.has("unpaid") else []
    if (places or late) and (open_parts := _not_received(reading)):
        parts = tuple(part for part in open_parts[: 2 if late else 1] if part not in reading.filters)
        return reading.using(*places, *late, filters=(*reading.filters, *parts), fit=reading.fit + 0.3)
    if not places or not reading.paths.vocabulary.content(reading.entity, BALANCE).count or BALANCE not in reading.paths.model.entities[reading.entity].fields:
        return reading
    if reading.signals.has("amount"):
        return reading  # "how much is still unpaid" asks for the balance itself
    owed = Compare(path=BALANCE, op="gt", values=("0",))
    return reading.using(*places, filters=(*reading.filters, *([] if owed in reading.filters else [owed])), fit=reading.fit + 0.3)


def _fallen_due(reading: Reading) -> list[int]:
    """As in 到期未付, "due and not yet paid": that the day has come, where no period says which day is meant."""
    came = {PAID, *reading.paths.vocabulary.columns.days_of_paying(reading.entity)}
    unpaid = reading.signals.has("unpaid") or any(isinstance(part, Compare) and part.path in came and part.op == "is_null" for part in reading.filters)
    if not unpaid or reading.signals.has("when", "lookup") or any(item.period or item.length for item in reading.signals.items):
        return []
    return [i for i in reading.signals.at.get("expiring", ()) if i not in reading.used and reading.item(i).text.casefold() in FALLEN_DUE]


def _not_received(reading: Reading) -> tuple[Compare, ...]:
    """Of payments that are kept with the day on which they are due: that none has come in, and that the day is over."""
    vocabulary, today = reading.paths.vocabulary, reading.signals.today
    pairs = [pair for pair in vocabulary.columns.pairs.get(reading.entity, ()) if pair.actual.path == PAID]
    if reading.entity != PAYMENT or (reading.entity, PAID) not in vocabulary.columns.unfinished or len(pairs) != 1 or today is None:
        return ()
    return Compare(path=PAID, op="is_null"), Compare(path=pairs[0].planned.path, op="lt", values=(today.isoformat(),))


def _passed(reading: Reading) -> Iterator[int]:
    """As in 过了预计签约日还没关, "past their expected close date": the words for when it was to be, behind one for having passed."""
    for index in reading.signals.at.get("closing", ()):
        before = reading.signals.tokens[max(reading.item(index).start - 3, 0) : reading.item(index).start]
        if "".join(token.norm for token in before).endswith(PASSED):
            yield index


def unpaid_in_time(vocabulary: Vocabulary, today: str) -> tuple[Compare, ...]:
    """As in "overdue instalments", of payments that have a day on which they are due beside the one on which they came in."""
    pairs = [pair for pair in vocabulary.columns.pairs.get(PAYMENT, ()) if "pay" in pair.events]
    if len(pairs) != 1 or (PAYMENT, pairs[0].actual.path) not in vocabulary.columns.unfinished:
        return ()
    return (Compare(path=pairs[0].planned.path, op="lt", values=(today,)), Compare(path=pairs[0].actual.path, op="is_null"))


def is_of_money(reading: Reading) -> bool:
    """As in "how much money is overdue", 逾期了多少钱: of a word that names no records, what payments are to bring before when deals are to close."""
    signals, vocabulary = reading.signals, reading.paths.vocabulary
    general = money_words(reading)
    kinds = {"entity", "measure", "kind"}
    named = any(
        term.what in kinds and term.filled for at, item in enumerate(signals.items) if at not in general for term in item.terms if term.entity != "account"
    )
    return bool(general) and not named and bool(unpaid_in_time(vocabulary, ""))


def money_words(reading: Reading) -> list[int]:
    """The places of words that ask for money beside one for being overdue, as 逾期欠款 does by itself."""
    signals = reading.signals
    late = signals.at.get("overdue", [])
    if not late:
        return []
    general = [at for at, item in enumerate(signals.items) if not item.values and GENERAL_MONEY.fullmatch(item.text)]
    counted = {item.text for at in signals.at.get("count", ()) for item in signals.items[at : at + 1]} - HOW_MUCH
    owed = [at for at in late if signals.items[at].text.endswith(OWED) and not counted]
    return sorted({*signals.at.get("amount", ()), *general, *owed})


def _speaks_of_debts(reading: Reading) -> bool:
    """As in 逾期欠款: what is owed is that of payments, where it is kept when they were due."""
    late = (reading.item(at).text for at in reading.signals.at.get("overdue", ()))
    return any(text.endswith(OWED) for text in late) and bool(unpaid_in_time(reading.paths.vocabulary, ""))


def add_overdue(reading: Reading) -> Reading:
    """The day that has passed, and what shows that the record is not done; kinds that are never due leave the word unused."""
    if reading.entity == "opportunity" and _speaks_of_debts(reading):
        return reading
    today, money = reading.signals.today, is_of_money(reading) and reading.entity in {PAYMENT, "opportunity"}
    asked = money_words(reading) if money else ()  # 多少逾期款 in one
    late = (*reading.signals.at.get("overdue", ()), *_passed(reading), *_fallen_due(reading))
    places = [index for index in late if index not in reading.used or index in asked]
    if not places or today is None or (money and reading.entity != PAYMENT):
        return reading
    parts = overdue(reading.paths.model.entities[reading.entity], today)
    parts = parts or (unpaid_in_time(reading.paths.vocabulary, today.isoformat()) if reading.entity == PAYMENT else ())
    longer = _longer_than(reading, places)
    if longer is not None:
        places, parts = [*places, longer], tuple(_since(part, today, reading.item(longer).length) for part in parts)
    if not parts or not all(reading.paths.vocabulary.filled(reading.entity, part.path) or part.op == "is_null" for part in parts):
        return reading
    wheres = {path for ref in reading.measures if ref.measure for path in reading.paths.model.measures[ref.measure].where}
    open_words = [index for index in reading.signals.at.get("open", ()) if index not in reading.used]
    held = {part.path for part in reading.filters if isinstance(part, Compare) and part.op == "eq"} | wheres
    parts = tuple(part for part in parts if (part.path not in held or part.op == "lt") and part not in reading.filters)
    days = {part.path for part in parts if part.op == "lt"}
    own = {(reading.entity, day) for day in days}
    named = [
        index
        for index in reading.open_items()
        if not reading.item(index).values and any(term.what == "field" and (term.entity, term.key) in own for term in reading.item(index).terms)
    ]
    paid = [at + 1 for at in places if BALANCE in {part.path for part in parts} and _leads_to_paid(reading, at)]
    if money:
        paid += [*money_words(reading), *reading.signals.at.get("waiting", ())]  # 还有多少逾期款挂着
    fit = reading.fit + (0.9 if money else 0.3)
    return reading.using(*places, *open_words, *named, *paid, filters=(*reading.filters, *parts), fit=fit)


def _longer_than(reading: Reading, places: list[int]) -> int | None:
    """As in "more than 30 days overdue", 逾期超过30天: the length right beside the word."""
    beside = (at for place in places for at in (place - 1, place + 1) if 0 <= at < len(reading.signals.items) and at not in reading.used)
    return next((at for at in beside if (length := reading.item(at).length) is not None and length.op in {"gt", "ge"}), None)


def _since(part: Compare, today: date, length: Length | None) -> Compare:
    """The bound of the day that has passed, so many days earlier."""
    if part.op != "lt" or length is None:
        return part
    day = today - timedelta(days=int(length.days) - (length.op == "ge"))
    return part.model_copy(update={"values": (day.isoformat(),)}) if part.values == (today.isoformat(),) else part


def _leads_to_paid(reading: Reading, index: int) -> bool:
    """As in 逾期未付的发票: the word that was not done, right behind, is that of paying, and what is left to pay says so already."""
    items = reading.signals.items
    after = items[index + 1] if index + 1 < len(items) else None
    return items[index].text.endswith(("未", "没")) and after is not None and after.start == items[index].end and after.cues == ("paid",) and not after.values
