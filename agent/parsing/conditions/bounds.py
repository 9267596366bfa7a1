"""Numbers with comparators as filters on a field, or as bounds on a measure of groups."""

from __future__ import annotations

import re

from agent.parsing.conditions.comparing import GT, comparator, range_end
from agent.parsing.conditions.currencies import asked_currency
from agent.parsing.language.lexicon import measure_words, said_within
from agent.parsing.language.numbers import Number
from agent.parsing.language.text import Token
from agent.parsing.linking.compounding import KIND_FIELDS
from agent.parsing.linking.items import Item
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.vocabulary import Term
from agent.parsing.targets.mentions import names_records
from agent.parsing.targets.sizing import worth_field
from prompts.words import say
from tools.crm.measuring import conditions_of
from tools.crm.query import And, Assumption, Between, Compare, Filter, Having
from tools.crm.semantic import FieldType

NAMED_FIELD = 0.7
TWO_BOUNDS = 2
LEAST_AMOUNT = 1000
TIMES = {"times", "次", "回", "趟"}
FAR_ABOVE_ALL = 5  # no share comes to five times the whole
_PERCENT = re.compile(r"[%％]|百分|\b(?:pct|percent|percentage)\b", re.IGNORECASE)


def add_bounds(reading: Reading) -> Reading:
    """Numbers with comparators, bound to the numeric field that they stand beside, else to the entity's amount."""
    last: tuple[int, str] | None = None
    for index in reading.open_items():
        item = reading.item(index)
        if item.number is None or index in reading.used or index in reading.signals.top_items:
            continue
        if item.period is not None and comparator(reading, index)[1] - {index - 1}:
            continue  # "over 20000 in 2017": the year is no amount
        second = range_end(reading, index)
        op, cue = ("between", set(reading.signals.at.get("between", ()))) if second is not None else comparator(reading, index)
        if op is None or cue & reading.used:
            continue
        bound = _having(reading, index, op, cue)
        if bound is not None:
            reading = bound
            continue
        field, beside = _numeric_field(reading, index)
        if last is not None and not beside and _goes_on(reading, last[0], index):
            field = last[1]
        if field is None:
            continue
        last = index, field
        reading = _of_its_outcome(reading, beside, field)
        named = NAMED_FIELD if beside and "." not in field else 0.0
        value = _stored(reading, field, item.number)
        end = reading.item(second).number if second is not None else item.number
        code = (end.currency if end is not None else None) or item.number.currency
        asked = asked_currency(reading, code, field) if code is not None else (None, ())
        if asked is None:
            continue  # an amount in a currency that nothing here can be held against
        currency, said = asked
        reading = reading.using(assumptions=(*reading.assumptions, *(each for each in said if each not in reading.assumptions)))
        if second is not None:
            high = reading.item(second).number
            assert high is not None  # noqa: S101 - range_end found it
            if currency is not None:
                ends = (("ge", value), ("le", format(high.value, "f")))
                both = tuple(Compare(path=field, op=side, values=(each,), currency=currency) for side, each in ends)
                reading = reading.using(index, second, *beside, *cue, filters=(*reading.filters, And(parts=both)))
                continue
            part: Filter = Between(path=field, low=value, high=_stored(reading, field, high))
            reading = reading.using(index, second, *beside, *cue, filters=(*reading.filters, part), fit=reading.fit + named)
        else:
            part = Compare(path=field, op=op, values=(value,), currency=currency)
            reading = reading.using(index, *beside, *cue, filters=(*reading.filters, part), fit=reading.fit + named)
    return reading


def _goes_on(reading: Reading, before: int, index: int) -> bool:
    """As in 超过1000不足2000, 1000以上2000以下: a second bound right behind the first is one of the same column."""
    between = range(before + 1, index)
    return 0 < len(between) <= TWO_BOUNDS and all(reading.item(at).is_only_cue and set(GT) & set(reading.item(at).cues) for at in between)


def _stored(reading: Reading, path: str, number: Number) -> str:
    """A bound as it is stored: a bare number beside a header in percent, 返点(%), or one far above the whole, 把握度 80, is so many percent."""
    field = reading.paths.field(reading.entity, path)
    in_percent = field.type is FieldType.RATE and any(_PERCENT.search(label) for label in (*field.words.en, *field.words.zh))
    in_percent = in_percent or (field.type is FieldType.RATE and number.value >= FAR_ABOVE_ALL)
    return format(number.value / 100 if in_percent and not number.percent else number.value, "f")


def _having(reading: Reading, index: int, op: str, cue: set[int]) -> Reading | None:
    """A bound on a measure of groups: "reps with more than 100 won deals"."""
    if not reading.dimensions or not reading.measures or op == "between":
        return None
    beside = reading.notes.get("measure_item")
    number = reading.item(index).number
    assert number is not None  # noqa: S101 - the caller looked
    times = _times_behind(reading, index)
    if (beside is None or abs(int(beside) - index) > 4) and not (reading.entity in _kinds_counted(reading, index, times) and _counts(reading)):
        return None
    if _exceeds_all(reading, number):
        return None
    value = format(number.value, "f")
    if op in {"lt", "le"} and _counts(reading) and value != "0":
        said = Assumption(en=say("only_with_any", "en"), zh=say("only_with_any", "zh"))  # no group is made of what has none
        reading = reading.using(assumptions=(*reading.assumptions, said))
    reading = reading.using(index, *cue, *(times or ()), having=(*reading.having, Having(op="eq" if op == "ne" else op, value=value)))
    return reading.paying(0.0, fit=reading.fit + 0.3)


def _exceeds_all(reading: Reading, number: Number) -> bool:
    """As in 单份超过300万的合同有几份: more than there are records at all is no number of them, but an amount of each."""
    return _counts(reading) and number.value > max(reading.paths.vocabulary.rows(reading.entity), LEAST_AMOUNT)


def _counts(reading: Reading) -> bool:
    ref = reading.measures[0]
    return ref.fold == "count" or (ref.measure is not None and reading.paths.model.measures[ref.measure].op == "count")


def _kinds_counted(reading: Reading, index: int, times: tuple[int, ...] | None) -> set[str]:
    """Whose kinds a number counts: "at least 3 visits", where visits are a kind of interaction, "visited at least 3 times", 拜访不超过2次."""
    items, tokens = reading.signals.items, reading.signals.tokens
    behind = next(iter(items[index + 1 : index + 2]), None)
    joined = behind is not None and all(token.text in measure_words() for token in tokens[items[index].end : behind.start])
    found = _kinds_of(behind, tokens) if behind is not None and joined else set()
    before = next((items[at] for at in (index - 1, index - 2) if at >= 0 and not items[at].is_only_cue), None)
    return found or (_kinds_of(before, tokens) if before is not None and times is not None else set())


def _kinds_of(item: Item, tokens: tuple[Token, ...]) -> set[str]:
    last = tokens[item.end - 1]
    held = {value.entity for value in item.values if value.field in KIND_FIELDS and not value.title} if last.norm != last.stem else set()
    return held | {term.entity for term in item.terms if term.what == "kind"}


def _times_behind(reading: Reading, index: int) -> tuple[int, ...] | None:
    """The items of the word for times right behind a number, "3 times", which may be none, 3次; None where there is no such word."""
    items, token = reading.signals.items, next(iter(reading.signals.tokens[reading.item(index).end : reading.item(index).end + 1]), None)
    if token is None or token.norm not in TIMES:
        return None
    return tuple(at for at in (index + 1,) if at < len(items) and items[at].start == reading.item(index).end and items[at].text.casefold() in TIMES)


def _numeric_field(reading: Reading, index: int) -> tuple[str | None, set[int]]:
    number = reading.item(index).number
    assert number is not None  # noqa: S101 - the caller looked
    for near in (index + 1, index - 1, index - 2, index - 3):
        if not 0 <= near < len(reading.signals.items):
            continue
        for cost, path in reading.paths.dimension(reading.entity, _numeric_terms(reading, near)):
            if cost < 1.5:
                return path, {near}
    summed = _summed_beside(reading, index)
    if summed is not None:
        return summed
    entity = reading.paths.model.entities[reading.entity]
    filled = [f for f in entity.fields.values() if reading.paths.vocabulary.content(entity.key, f.key).count]
    if number.percent:
        rates = [f for f in filled if f.type is FieldType.RATE]
        return (rates[0].key, set()) if len(rates) == 1 else (None, set())
    behind = reading.signals.tokens[reading.item(index).end : reading.item(index).end + 1]
    each = behind and behind[0].text == "的" and number.value > LEAST_AMOUNT  # 超过300万的合同
    if not number.money and not each and index + 1 < len(reading.signals.items) and names_records(reading, index + 1):
        return None, set()  # "more than 170 deals" says how many
    if not number.money and (_kinds_counted(reading, index, _times_behind(reading, index)) or _counts_related(reading, index)):
        return None, set()
    return worth_field(reading), set()


def _counts_related(reading: Reading, index: int) -> bool:
    """As in "customers with exactly 2 contacts", 正好有2个联系人的客户: how many there are of what stands right behind the number, and no amount."""
    behind = next(iter(reading.signals.items[index + 1 : index + 2]), None)
    if behind is None or any(token.text not in measure_words() for token in reading.signals.tokens[reading.item(index).end : behind.start]):
        return False
    return any(term.what in {"entity", "measure"} and reading.paths.vocabulary.rows(term.entity) for term in behind.terms)


def _summed_beside(reading: Reading, index: int) -> tuple[str, set[int]] | None:
    """As in 收入超过5万的赢单有多少: a word for a sum, right before a number, where something else is counted, is the amount of each."""
    measures, near = reading.paths.model.measures, index - 1
    if near >= 1 and reading.item(near).is_only_cue:
        near -= 1
    if near < 0 or near in reading.used:
        return None
    sums = [measures[term.key] for term in reading.item(near).terms if term.what == "measure" and measures[term.key].op == "sum"]
    own = [measure.args[0] for measure in sums if measure.entity == reading.entity]
    return (own[0], {near}) if own and (reading.measures or reading.focus == "list") else None


def _of_its_outcome(reading: Reading, beside: set[int], field: str) -> Reading:
    """As in 签约金额超过100万的项目: the word for the sum says of which records the amount is, where nothing else does."""
    measures = reading.paths.model.measures
    named = [measures[term.key] for at in beside for term in reading.item(at).terms if term.what == "measure"]
    own = [each for each in named if (each.entity, each.op, each.args) == (reading.entity, "sum", (field,)) and each.where]
    named_too = any(term.what == "field" and term.entity == reading.entity for at in beside for term in reading.item(at).terms)
    if not own or (named_too and not any("won" in said_within(reading.item(at).text) for at in beside)):
        return reading
    told = {part.path for part in reading.filters if isinstance(part, Compare)}
    told |= {path for ref in reading.measures if ref.measure is not None for path in measures[ref.measure].where}
    states = tuple(part for part in conditions_of(own[0]) if part.path not in {*told, "stage" if "status" in told else ""})
    return reading.using(filters=(*reading.filters, *states)) if "stage" not in told else reading


def _numeric_terms(reading: Reading, index: int) -> tuple[Term, ...]:
    model = reading.paths.model
    return tuple(
        term
        for term in reading.item(index).terms
        if term.what == "field"
        and (model.entities[term.entity].fields[term.key].type.is_numeric or model.entities[term.entity].fields[term.key].type is FieldType.YEAR)
    )
