"""Says the conditions of a query in words. Every value in them is a slot bound to a constant of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from agent.answer import Language
from agent.composing.draft import slot
from agent.composing.typesetting import listed, plural, tidy
from prompts.words import say
from tools.crm.query import About, Against, Among, And, Beside, Between, Compare, Exists, Filter, Lasted, Not, Or, Unlike, Window
from tools.crm.semantic import Entity, Field, FieldType, SemanticModel, Words
from tools.trace.cells import Cell, CellType, Derivation

CLOSED = frozenset({"won", "lost"})
ACTORS = frozenset({"member", "team"})
NAMED = {FieldType.NAME, FieldType.REF, FieldType.STAGE, FieldType.TEXT}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition in words.

    ``bare`` is the value alone where the condition is just "is this one", ``actor`` the same as the subject of a verb
    ("West won …"), which people, their teams and their regions can be. ``short`` conditions may follow a measure.
    """

    path: str
    phrase: str
    bare: str = ""
    actor: str = ""
    short: bool = True


@dataclass(slots=True)
class Conditions:
    """All conditions on one kind of record, with what its noun says taken out.

    That is its state ("won"), its kind ("visit"), the value of a closed field (path and value: "strategic"), and the
    field whose emptiness has a name of its own ("open tickets").
    """

    state: str = ""
    kind: str = ""
    closed: tuple[str, ...] = ()
    named: str = ""
    others: tuple[Condition, ...] = ()


class ConditionReader:
    """Words for filters. Constants that they mention are collected in ``cells``."""

    def __init__(self, call: str, model: SemanticModel, language: Language, window: Window | None = None) -> None:
        """``call`` begins the addresses of the constants (``q1.where.1``); ``window`` is the query's own, which is said once."""
        self.call, self.model, self.language = call, model, language
        self.cells: dict[str, Cell] = {}
        self.steps = 0
        self.window = window

    def read(self, where: Filter | None, entity: str) -> Conditions:
        """The conditions of a filter on an entity."""
        found = Conditions()
        parts = () if where is None else where.parts if isinstance(where, And) else (where,)
        for part in parts:
            state = _state_of(part)
            kind = self._kind(part, entity)
            if state and not found.state:
                found.state = state
            elif kind and not found.kind:
                found.kind = kind
            elif not found.closed and (closed := self._closed(part, entity)):
                found.closed = closed
            elif not found.named and (named := self._named(part, entity)):
                found.named = named
            else:
                found.others += tuple(self._conditions(part, entity))
        return found

    def constant(self, name: str, value: str, kind: CellType, unit: str | None = None) -> str:
        """Address of a new constant."""
        address = f"{self.call}.{name}"
        self.cells[address] = Cell(address=address, value=value, type=kind, unit=unit, derivation=Derivation(formula="constant"))
        return address

    def noun(self, entity: str, conditions: Conditions, one: bool = False) -> str:
        """``open deals``, ``visit``: the kind of record with its state, without the other conditions."""
        known = self.model.entities[entity]
        words = known.kinds[conditions.kind] if conditions.kind else known.words
        label = words.label(self.language)
        if known.custom_table is not None:
            return say("noun_of_table_one" if one else "noun_of_table", self.language, table=label)
        if self.language == "zh":
            label = self._measures[(entity, conditions.named)].label("zh").removesuffix("数") if conditions.named else label
            label = _merged(self.values(entity, conditions.closed[0])[conditions.closed[1]].label("zh"), label) if conditions.closed else label
            return (say(f"state_{conditions.state}", "zh") if conditions.state else "") + label
        label = self._measures[(entity, conditions.named)].label("en").removesuffix("s") if conditions.named else label
        label = label if one else plural(label)
        label = f"{self.values(entity, conditions.closed[0])[conditions.closed[1]].label('en')} {label}" if conditions.closed else label
        return f"{say(f'state_{conditions.state}', 'en')} {label}" if conditions.state else label

    def values(self, entity: str, path: str) -> Mapping[str, Words]:
        """The words for the values of a closed field; none where it is not closed."""
        try:
            field = self.model.field(entity, path)[1]
        except KeyError:
            return {}
        return field.values or (self.model.entities[field.entity].kinds if field.key == "kind" else {})

    def own_values(self, entity: str, path: str) -> Mapping[str, str]:
        """What the export wrote for the values of a closed field, where it always wrote one word for one value."""
        try:
            field = self.model.field(entity, path)[1]
        except KeyError:
            return {}
        return {stored: texts[0] for stored, texts in field.written.items() if len(texts) == 1}

    def records(self, entity: str, conditions: Conditions, one: bool = False, noun: str = "") -> str:
        """The noun with its conditions."""
        noun = noun or self.noun(entity, conditions, one)
        if self.language == "zh":
            qualifiers = "、".join(each.phrase for each in conditions.others)
            return tidy(f"{qualifiers}的{noun}") if qualifiers else noun
        return " ".join((noun, *(each.phrase for each in conditions.others)))

    @cached_property
    def _measures(self) -> dict[tuple[str, str], Words]:
        """The counts of records in which one field is empty, by that field: they have names of their own."""
        return {
            (each.entity, next(iter(each.where))): each.words
            for each in self.model.measures.values()
            if each.op == "count" and len(each.where) == 1 and not next(iter(each.where.values()))
        }

    # -- one condition --------------------------------------------------------------------------------------------

    def _kind(self, part: Filter, entity: str) -> str:
        known = self.model.entities[entity].kinds
        is_kind = isinstance(part, Compare) and part.path == "kind" and part.op == "eq" and len(part.values) == 1 and part.values[0] in known
        return part.values[0] if is_kind and isinstance(part, Compare) else ""

    def _closed(self, part: Filter, entity: str) -> tuple[str, ...]:
        is_one = isinstance(part, Compare) and part.op == "eq" and len(part.values) == 1 and "." not in part.path and part.path != "kind"
        if not is_one or not isinstance(part, Compare) or part.values[0] not in self.values(entity, part.path):
            return ()
        if self.model.entities[entity].custom_table is not None:
            return ()  # what an own table calls its records takes no adjective
        return (part.path, part.values[0])

    def _named(self, part: Filter, entity: str) -> str:
        is_named = isinstance(part, Compare) and part.op == "is_null" and (entity, part.path) in self._measures
        return part.path if is_named and isinstance(part, Compare) else ""

    def _conditions(self, part: Filter, entity: str) -> Iterator[Condition]:
        match part:
            case And():
                phrases = [each.phrase for inner in part.parts for each in self._conditions(inner, entity)]
                yield Condition("", say("with_and", self.language).join(phrases), short=False)
            case Or():
                phrases = [each.phrase for inner in part.parts for each in self._conditions(inner, entity)]
                yield Condition("", say("with_or", self.language).join(phrases), short=False)
            case Not():
                phrases = [each.phrase for each in self._conditions(part.part, entity)]
                yield Condition("", say("with_not", self.language, phrase=say("with_and", self.language).join(phrases)), short=False)
            case Exists():
                yield self._exists(part, entity)
            case Between():
                yield self._between(part, entity)
            case About():
                yield Condition("", say("with_about", self.language, value=slot(self._next(part.text, CellType.TEXT))), short=False)
            case Among() | Against():
                yield self._step(part, entity)
            case Lasted():
                yield Condition("", self._lasted(part, entity), short=False)
            case Beside():
                labels = {"field": self.label(entity, part.path), "other": self.label(entity, part.other)}
                if part.factor == "1":
                    yield Condition("", say(f"with_beside_{part.op}", self.language, **labels), short=False)
                    return
                factor = slot(self._next(part.factor, CellType.RATE))
                yield Condition("", say(f"with_beside_part_{part.op}", self.language, value=factor, **labels), short=False)
            case Unlike():
                labels = {"field": self._whose(entity, part.path), "other": self._whose(entity, part.other)}
                yield Condition("", say("with_same" if part.same else "with_unlike", self.language, **labels), short=False)
            case Compare():
                yield self._compare(part, entity)

    def _whose(self, entity: str, path: str) -> str:
        """What a reference is called, with the record that it is of: ``account owner``."""
        first, _, rest = path.partition(".")
        labels = [self.label(entity, first), self.label(entity, path)] if rest else [self.label(entity, path)]
        return "".join(labels) if self.language == "zh" else " ".join(labels)

    def _lasted(self, part: Lasted, entity: str) -> str:
        """A length of time; where it is none at all, which of the two days comes first."""
        labels = {"since": self.label(entity, part.since), "until": self.label(entity, part.path)}
        if part.days == "0":
            return say(f"with_ordered_{part.op}", self.language, **labels)
        return say(f"with_lasted_{part.op}", self.language, value=slot(self._next(part.days, CellType.DURATION, "day")), **labels)

    def _step(self, part: Among | Against, entity: str) -> Condition:
        """What an inner query chose; its constants are those of its own call."""
        from agent.composing.steps import StepPhrases  # which says a whole query, conditions and all

        self.steps += 1
        again = self.window is not None and part.query.window is not None and _same_days(part.query.window, self.window)
        said = part.model_copy(update={"query": part.query.model_copy(update={"window": None})}) if again else part
        words = StepPhrases(said, f"{self.call}s{self.steps}", self.model, self.language)
        phrase = words.condition(self.label(entity, part.path) if isinstance(part, Against) else "")
        self.cells |= words.cells
        return Condition("", phrase, short=isinstance(part, Among) and bool(part.path))

    def _exists(self, part: Exists, entity: str) -> Condition:
        """Related records, those of a period with the days alone: of them, the usual date is meant."""
        parts = () if part.where is None else part.where.parts if isinstance(part.where, And) else (part.where,)
        time = self.model.entities[part.entity].time
        dated = next((each for each in parts if isinstance(each, Between) and each.path == time), None)
        rest = tuple(each for each in parts if each is not dated)
        records = self.records(part.entity, self.read(And(parts=rest), part.entity))
        key = "without_records" if part.absent else "with_records"
        if dated is None:
            return Condition("", self._of_whom(say(key, self.language, records=records), part, entity), short=False)
        days = {name: slot(self._next(day, CellType.DATE)) for name, day in (("start", dated.low), ("end", dated.high)) if day is not None}
        shape: Literal["days", "from", "to"] = "days" if len(days) == 2 else "from" if dated.low else "to"
        period = say(f"window_{shape}", self.language, **days)
        return Condition("", self._of_whom(say(f"{key}_dated", self.language, records=records, period=period), part, entity), short=False)

    def _of_whom(self, phrase: str, part: Exists, entity: str) -> str:
        """The phrase, said of the record that the queried one refers to where it is about that."""
        return say("with_related_of", self.language, field=self.label(entity, part.of), phrase=phrase) if part.of else phrase

    def _between(self, part: Between, entity: str) -> Condition:
        if part.low is None or part.high is None:
            op: Literal["ge", "le"] = "ge" if part.high is None else "le"
            return self._compare(Compare(path=part.path, op=op, values=(str(part.low or part.high),)), entity)
        low, high = (slot(self._value(each, part.path, entity)) for each in (part.low, part.high))
        return Condition(part.path, self._say(entity, part.path, "_between", low=low, high=high), short=False)

    def _compare(self, part: Compare, entity: str) -> Condition:
        field = self.model.field(entity, part.path)[1]
        if part.op in {"is_null", "not_null"}:
            return Condition(part.path, self._say(entity, part.path, "_null" if part.op == "is_null" else "_known"), short=False)
        if field.type is FieldType.FLAG:
            return Condition(part.path, say("with_flag" if part.values[0] == "true" else "with_no_flag", self.language, field=self.label(entity, part.path)))
        if _state_of(Compare(path=part.path, values=part.values)) and part.op in {"eq", "ne"}:
            value = listed_or([say(f"state_{each}", self.language) for each in part.values], self.language)
        elif closed := self.values(entity, part.path):
            return self._closed_value(part, entity, closed)
        else:
            value = listed_or([self._told(part, at, entity) for at in range(len(part.values))], self.language)
        if part.op == "eq":
            phrase = self._say(entity, part.path, "", value=value)
            single = len(part.values) == 1 and field.type in NAMED
            return Condition(part.path, phrase, bare=value, actor=_actor(part.path, field, value, self.language) if single else "", short=field.type in NAMED)
        if part.op == "ne":
            done = self.language == "zh" and any(text.startswith("已") for text in part.values)  # 未已关闭 is no Chinese
            exact = None if field.custom or done else _known(f"with_{field.key}_ne")
            if exact is not None:
                return Condition(part.path, exact(self.language, value=value))
            phrase = self._say(entity, part.path, "", value=value)
            return Condition(part.path, say("with_any_ne", self.language, phrase=phrase))
        return Condition(part.path, self._say(entity, part.path, f"_{part.op}", value=value), short=False)

    def _told(self, part: Compare, at: int, entity: str) -> str:
        """A value; the name of a record with what sets it apart from others of the name."""
        value = slot(self._value(part.values[at], part.path, entity, part.currency))
        apart = [slot(self._next(each, CellType.TEXT)) for each in part.apart[at]] if at < len(part.apart) else []
        return say("told_apart", self.language, name=value, apart=say("join_comma", self.language).join(apart)) if apart else value

    def _closed_value(self, part: Compare, entity: str, known: Mapping[str, Words]) -> Condition:
        """A closed field of the record itself, or of an account that it belongs to: ``of strategic accounts``."""
        walked, _ = self.model.field(entity, part.path)
        words = [known[each].label(self.language) if each in known else slot(self._value(each, part.path, entity)) for each in part.values]
        value = listed_or(words, self.language)
        if part.op == "eq" and walked:
            holder = self.model.entities[str(walked[-1].to)].words.label(self.language)
            phrase = _merged(value, holder) if self.language == "zh" else say("with_owner", "en", value=f"{value} {plural(holder)}")
            return Condition(part.path, phrase)
        phrase = self._say(entity, part.path, "", value=value)
        return Condition(part.path, phrase if part.op == "eq" else say("with_any_ne", self.language, phrase=phrase))

    def _say(self, entity: str, path: str, suffix: str, **values: str) -> str:
        """The most exact phrase there is for a field and an operator."""
        field = self.model.field(entity, path)[1]
        group = "time" if field.type.is_time else "count" if field.type is FieldType.COUNT and not field.tells_year else "any"
        exact = f"{field.key}{suffix}" if suffix or field.type in NAMED or field.type is FieldType.YEAR else f"{field.key}_eq"
        for name in (exact, f"{group}{suffix}", f"any{suffix}"):
            if not field.custom or name != exact:
                phrase = _known(f"with_{name}")
                if phrase is not None:
                    return phrase(self.language, field=self.label(entity, path), **values)
        raise KeyError(f"with_any{suffix}")

    def label(self, entity: str, path: str) -> str:
        """The field's name; of an account's phone, both words."""
        walked, field = self.model.field(entity, path)
        own = field.words.label(self.language)
        if not walked or field.type is FieldType.REF or own == _title_words(self.model.entities[str(walked[-1].to)], self.language):
            return own
        holder = self.model.entities[str(walked[-1].to)].words.label(self.language)
        return f"{holder}{own}" if self.language == "zh" else own if holder in own else f"{holder} {own}"

    def _value(self, value: str | None, path: str, entity: str, currency: str | None = None) -> str:
        field = self.model.field(entity, path)[1]
        return self._next(str(value), CellType.TEXT if field.tells_year else field.type.cell_type, currency or field.unit)

    def _next(self, value: str, kind: CellType, unit: str | None = None) -> str:
        return self.constant(f"where.{len(self.cells) + 1}", value, kind, unit)


def _same_days(one: Window, other: Window) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def step_parts(where: Filter | None) -> Iterator[Among | Against]:
    """The parts of a filter that rest on an inner query, in the order in which these are answered."""
    match where:
        case Among() | Against():
            yield where
        case And() | Or():
            for part in where.parts:
                yield from step_parts(part)
        case Not():
            yield from step_parts(where.part)
        case Exists():
            yield from step_parts(where.where)


def listed_or(parts: list[str], language: Language) -> str:
    """``A, B or C``."""
    if language == "zh":
        return say("with_or", "zh").join([listed(parts[:-1], "zh"), parts[-1]]) if len(parts) > 1 else "".join(parts)
    return f"{', '.join(parts[:-1])}{say('with_or', 'en')}{parts[-1]}" if len(parts) > 1 else "".join(parts)


def _state_of(part: Filter) -> str:
    """``won``, ``lost``, ``open`` or ``closed`` where that is what the filter says of a deal."""
    if not isinstance(part, Compare) or part.path != "status" or part.op not in {"eq", "ne"}:
        return ""
    values = set(part.values)
    if part.op == "ne":
        return "closed" if values == {"open"} else "open" if values == CLOSED else ""
    if values == CLOSED:
        return "closed"
    return next(iter(values)) if len(values) == 1 and values <= {"open", *CLOSED} else ""


def _actor(path: str, field: Field, value: str, language: Language) -> str:
    """People, teams and regions act; what they act on (accounts, products) doesn't."""
    key = path.split(".")[-1]
    if key in {"manager", "team"}:
        return f"{value}'s team" if language == "en" and key == "manager" else f"{value} 团队" if language == "zh" else f"team {value}"
    if field.to == "member" or key == "region" or path in {"owner.name", "owner.region"}:
        return value
    return ""


def _merged(value: str, noun: str) -> str:
    """``战略客户`` holds its noun already; ``普通`` does not."""
    return value if value.endswith(noun) else f"{value}{noun}"


def _title_words(entity: Entity, language: Language) -> str:
    return entity.fields[entity.title].words.label(language) if entity.title and entity.title in entity.fields else ""


def _known(key: str) -> Callable[..., str] | None:
    try:
        say(key, "en", field="", value="", low="", high="", phrase="", records="")
    except KeyError:
        return None
    return lambda language, **values: say(key, language, **values)
