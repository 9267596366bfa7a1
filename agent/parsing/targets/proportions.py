"""Shares of a state or a result as a figure, which can be grouped and compared: 各产品的合格率, "renewal rate by product line"."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.linking.rates import is_state, undecided, undone_of
from agent.parsing.reading.drafting import Reading
from agent.parsing.store_words.stand_ins import noted_in
from agent.parsing.targets.mentions import plain_mentions
from tools.crm.query import Compare, Filter, MeasureRef
from tools.crm.semantic import FieldType

BEHIND = {"后", "之后", "以后"}
SURE = 2.2
APART = ("which", "group", "breakdown", "compare", "rank", "change", "previous", "yearago", "trend")


def proportions(reading: Reading) -> Iterator[Reading]:
    """The share of the records that are in the state which a rate names, of those of which it is decided.

    What has neither states to come nor groups is a plain share of the column.
    """
    rates = [index for index in reading.signals.at.get("share", ()) if reading.item(index).is_rate]
    named = [(index, found) for index in rates[:1] if (found := _part(reading, index)) is not None]
    named = named or [(index, (part, ())) for index in range(len(reading.signals.items)) if (part := _noted(reading, index)) is not None]
    for index, (part, whole) in named[:1]:
        rates = [*rates, *(at for at in range(len(reading.signals.items)) if _is_of_column(reading, at, index, part.path))]
        rates += [at for at in range(len(reading.signals.items)) if _says_that_it_ended(reading, at, part)]
        if part.op == "not_null":
            rates += [at for at in range(len(reading.signals.items)) if _says_again(reading, at, part)]
        mentions = plain_mentions(reading)
        told = [
            at for kind in ("average", "count", "lookup", "sum", "recorded_only") for at in reading.signals.at.get(kind, ()) if reading.item(at).is_only_cue
        ]
        made = reading.using(
            index, *rates, *mentions, *told, measures=(MeasureRef(fold="count", part=part),), filters=(*reading.filters, *whole),
            notes=reading.notes | {"measure_item": str(index)},
        )  # fmt: skip
        plain = all(isinstance(each, Compare) and each.op == "not_null" for each in whole) and part.op == "eq"
        if not plain or _is_told_apart(reading):
            yield made.using(fit=made.fit + SURE)


def _is_told_apart(reading: Reading) -> bool:
    """Whether more than one share is asked for: by group, of several, of two periods."""
    signals = reading.signals
    values = [(value.entity, value.field) for item in signals.items for value in item.values[:1]]
    several = len(set(values)) < len(values) or sum(item.period is not None for item in signals.items) > 1
    return several or signals.grain is not None or bool(signals.superlative) or signals.has(*APART)


def _noted(reading: Reading, index: int) -> Compare | None:
    """As in "lead conversion rate" of an export without the day of it: by the own column in which what became of a record is noted."""
    measures = reading.paths.model.measures
    named = [measures[term.key] for term in reading.item(index).terms if term.what == "measure" and term.entity == reading.entity]
    key = next((key for measure in named if (key := noted_in(measure, reading.paths.vocabulary)) is not None), None)
    return Compare(path=key, op="not_null") if key is not None else None


def _says_again(reading: Reading, at: int, part: Compare) -> bool:
    """As in 线索转商机的转化率: what became of the records, said once more by the state that means it or by what they became."""
    item, labels = reading.item(at), reading.paths.field(reading.entity, part.path).words.zh
    kinds = [reading.paths.model.entities[term.entity] for term in item.terms if term.what == "entity"]
    if any(word in label for kind in kinds for word in kind.words.zh for label in labels):
        return True
    return any(value.entity == reading.entity and value.text.startswith("已") for value in item.values)


def _says_that_it_ended(reading: Reading, at: int, part: Compare) -> bool:
    """As in 到期后的续签率 of 到期已续: what the state says already of those that it is told of, with the word for what comes behind."""
    item, before = reading.item(at), reading.item(at - 1) if at else None
    ended = any(undone_of(text) is not None and text.startswith(item.text) for text in part.values)
    behind = before is not None and before.end == item.start and item.text in BEHIND and _says_that_it_ended(reading, at - 1, part)
    return item.is_only_cue and ((ended and "expiring" in item.cues) or behind)


def _is_of_column(reading: Reading, at: int, index: int, path: str) -> bool:
    """As in SLA整体达标率: the name of the column whose result is meant."""
    item = reading.item(at)
    return at != index and not item.values and any(term.what == "field" and (term.entity, term.key) == (reading.entity, path) for term in item.terms)


def _part(reading: Reading, index: int) -> tuple[Compare, tuple[Filter, ...]] | None:
    """The condition whose share is asked for, and the conditions of the records that it is a share of."""
    item, vocabulary = reading.item(index), reading.paths.vocabulary
    fields = reading.paths.model.entities[reading.entity].fields
    for key in dict.fromkeys(value.field for value in item.values if value.entity == reading.entity):
        texts = tuple(value.text for value in item.values if (value.entity, value.field) == (reading.entity, key))
        held = vocabulary.content(reading.entity, key)
        part = Compare(path=key, values=texts)
        both = (*texts, *(other for text in texts if (other := undone_of(text)) in held.values))
        if len(both) > len(texts):
            return part, (Compare(path=key, values=both),)  # of 到期已续 and 到期未续 alone, and of nothing that still runs
        filled = () if held.count >= vocabulary.rows(reading.entity) else (Compare(path=key, op="not_null"),)
        open_ = undecided(fields[key], vocabulary) if is_state(fields[key], vocabulary) else ()
        if open_:
            return part, (*filled, Compare(path=key, op="ne", values=tuple(sorted(open_))))
        return part, filled
    for term in item.terms:
        if term.what == "field" and term.entity == reading.entity:
            if fields[term.key].type is not FieldType.FLAG:
                return Compare(path=term.key, op="not_null"), ()
            whole = vocabulary.content(reading.entity, term.key).count >= vocabulary.rows(reading.entity)
            return Compare(path=term.key, values=("true",)), () if whole else (Compare(path=term.key, op="not_null"),)
    return None
