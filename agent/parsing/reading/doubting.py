"""Two meanings of one question between which nothing in it tells: the words are as good for the one as for the other, however they rank."""

from __future__ import annotations

from agent.parsing.reading.drafting import Reading
from agent.parsing.targets.judging import JUDGED
from tools.crm.query import Compare, Filter
from tools.crm.semantic import FieldType

_SHORTEST = 1
_WEAK = 4


def is_either(best: Reading, other: Reading) -> bool:
    """Whether the question has to be asked back, as the other reading is another question in the same words."""
    return is_own_and_won(best, other) or _judges_otherwise(best, other) or _same_letter_elsewhere(best, other)


def _judges_otherwise(best: Reading, other: Reading) -> bool:
    """As in "who is our best rep?": by what is won, by how many deals, by the win rate."""
    judged = best.notes.get(JUDGED), other.notes.get(JUDGED)
    alike = (best.dimensions, best.filters, best.window) == (other.dimensions, other.filters, other.window)
    return None not in judged and judged[0] != judged[1] and alike


def _same_letter_elsewhere(best: Reading, other: Reading) -> bool:
    """As in "A deals": a code of one letter or digit that two columns hold, where no word names the one or the other."""
    if (best.entity, best.measures, best.dimensions, best.window) != (other.entity, other.measures, other.dimensions, other.window):
        return False
    ours, theirs = [part for part in best.filters if part not in other.filters], [part for part in other.filters if part not in best.filters]
    if len(ours) != 1 or len(theirs) != 1:
        return False
    one, two = _letter(ours[0]), _letter(theirs[0])
    if one is None or two is None or one.values != two.values:
        return False
    fields = [reading.paths.field(reading.entity, part.path) for reading, part in ((best, one), (other, two))]
    homes = {(field.entity, field.key) for field in fields}
    held = any(homes <= {(value.entity, value.field) for value in item.values} for item in best.signals.items)
    return held and len({field.key for field in fields}) > 1 and not any(_tells(best, home) for home in homes)


def _letter(part: Filter) -> Compare | None:
    single = isinstance(part, Compare) and part.op == "eq" and len(part.values) == 1 and len(part.values[0]) == _SHORTEST
    return part if single and isinstance(part, Compare) else None


def _tells(reading: Reading, home: tuple[str, str]) -> bool:
    """Whether a word of the question names the column, or the records that it is a column of and that are not the ones asked for."""
    terms = [term for item in reading.signals.items if not item.values for term in item.terms if term.filled and term.rank < _WEAK]
    named = any(term.what == "field" and (term.entity, term.key) == home for term in terms)
    return named or (home[0] != reading.entity and any(term.what == "entity" and term.entity == home[0] for term in terms))


def is_own_and_won(best: Reading, other: Reading) -> bool:
    """As in "revenue of Acme": one word names money that the record itself has and money that is worked out from other records."""
    for held, made in ((best, other), (other, best)):
        if _grouped_own_and_won(held, made):
            return True
        if held.focus == "lookup" and made.focus == "figure" and made.entity != held.entity and len(made.measures) == 1:
            name = made.measures[0].measure
            items = [held.item(index) for index in held.used & made.used]
            own = held.paths.model.entities[held.entity].fields
            terms = (term for item in items for term in item.terms if term.what == "field" and term.entity == held.entity and term.filled)
            fields = {term.key for term in terms if own[term.key].type is FieldType.MONEY}
            if fields & set(held.select[1:]) and any(term.what == "measure" and term.key == name for item in items for term in item.terms):
                return True
    return False


def _grouped_own_and_won(held: Reading, made: Reading) -> bool:
    """As in "total revenue by sector": the money that the records of each sort have themselves, or that was won from them."""
    if not (len(held.measures) == len(made.measures) == len(held.dimensions) == len(made.dimensions) == 1) or held.entity == made.entity:
        return False
    own, name, path = held.measures[0], made.measures[0].measure, held.dimensions[0].path
    fields, measures = held.paths.model.entities[held.entity].fields, made.paths.model.measures
    if own.measure is not None or own.fold != "sum" or own.path not in fields or fields[own.path].type is not FieldType.MONEY or name is None:
        return False
    alike = path in fields and made.paths.field(made.entity, made.dimensions[0].path) == fields[path] and not fields[path].to
    named = (held.item(index).terms for index in held.used & made.used)
    both = any({("field", held.entity, own.path), ("measure", made.entity, name)} <= {(t.what, t.entity, t.key) for t in terms} for terms in named)
    return alike and both and measures[name].op == "sum"
