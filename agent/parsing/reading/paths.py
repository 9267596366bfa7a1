"""Ways through the semantic model: from one kind of record over its references to a field or to another kind of record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from agent.parsing.store_words.stand_ins import length_in
from agent.parsing.store_words.vocabulary import Term, Value, Vocabulary
from tools.crm.semantic import Field, FieldType
from tools.crm.semantic.model import RECORD_ID

MAX_HOPS, MOST_HOPS = 2, 3
"""How far a path leads, and how far where nothing nearer is found: over what only stands between others, an own column or the deal of a contract."""


class Paths:
    """Paths over references that are filled in this store, shortest first."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Paths are found once per pair of entities and kept."""
        self.vocabulary, self.model = vocabulary, vocabulary.model
        self._known: dict[tuple[str, str], list[str]] = {}
        self._filled: dict[str, list[tuple[Field, str]]] = {}
        self._leading: dict[str, list[tuple[Field, str]]] = {}

    @cached_property
    def lengths(self) -> dict[str, str]:
        """Own columns that hold what durations of the model would be, by the keys of these."""
        found = ((measure.key, length_in(measure, self.vocabulary)) for measure in self.model.measures.values() if measure.op == "days")
        return {key: path for key, path in found if path is not None}

    def to_entity(self, start: str, target: str) -> list[str]:
        """Reference paths from records of one kind to records of another; ``[""]`` from a kind to itself."""
        if start == target:
            return [""]
        if (start, target) not in self._known:
            # whoever made the deal of a contract before the one who looks after the customer
            self._known[(start, target)] = sorted(self._walk(start, target), key=lambda path: target == "member" and path.startswith("account."))
        return self._known[(start, target)]

    def _walk(self, start: str, target: str) -> Iterator[str]:
        level, found = [("", start, False)], False
        for hop in range(MOST_HOPS):
            following = []
            for at, here, between in level:
                for field, to in self._leading_from(here) if hop < MAX_HOPS or (between and not found) else ():
                    path = f"{at}.{field.key}" if at else field.key
                    if to == target:
                        found = True
                        yield path
                    elif to != start:
                        following.append((path, to, between or field.custom or (here, to) == ("contract", "opportunity")))
            level = following

    def _references(self, entity: str) -> list[tuple[Field, str]]:
        """The references of a kind of record that are filled in this store, with the kind that they lead to."""
        if entity not in self._filled:
            fields = self.model.entities[entity].fields.values()
            self._filled[entity] = [(field, field.to) for field in fields if field.to is not None and self.vocabulary.content(entity, field.key).count]
        return self._filled[entity]

    def _leading_from(self, entity: str) -> list[tuple[Field, str]]:
        """The references that others are reached by: of several to one kind the shipped ones.

        Whom an own column names beside the owner of a deal has another part in it, and only the header and those names ask for it.
        """
        if entity not in self._leading:
            found = self._references(entity)
            shipped = {to for field, to in found if not field.custom}
            self._leading[entity] = [(field, to) for field, to in found if not field.custom or to not in shipped]
        return self._leading[entity]

    def through_own(self, start: str, path: str) -> bool:
        """Whether a path leads over a reference that only this export has."""
        return any(link.custom for link in self.model.field(start, path)[0])

    def to_field(self, start: str, entity: str, key: str) -> list[str]:
        """Paths from ``start`` to a field of ``entity``."""
        return [f"{path}.{key}" if path else key for path in self.to_entity(start, entity)]

    def to_value(self, start: str, value: Value) -> list[str]:
        """Paths by which a filter on ``start`` can name a value; the name of a referenced record is compared at the reference."""
        entity = self.model.entities[value.entity]
        if value.title and value.field in {entity.title, RECORD_ID} and value.entity == start:
            return [value.field]
        if value.title and value.field == entity.title and value.entity != start:
            return self.to_entity(start, value.entity)
        return self.to_field(start, value.entity, value.field)

    def holders(self, entity: str) -> Iterator[tuple[str, Field]]:
        """Kinds of record that refer to ``entity``, with the reference."""
        for other in self.model.entities.values():
            if not self.vocabulary.rows(other.key):
                continue
            for field, to in self._references(other.key):
                if to == entity:
                    yield other.key, field

    def _missing(self, start: str, path: str) -> float:
        """The share of records that a path leaves out because they refer to nothing there."""
        first, _, rest = path.partition(".")
        rows = self.vocabulary.rows(start)
        return 1 - self.vocabulary.content(start, first).count / rows if rest and rows else 0.0

    def link_to(self, child: str, parent: str) -> Field | None:
        """The reference by which records of ``child`` belong to one of ``parent``."""
        return next((field for field, to in self._references(child) if to == parent != child), None)

    def way_to(self, child: str, parent: str) -> str | None:
        """The path by which records of ``child`` belong to one of ``parent``: their own reference, else over what they are of, such as a bill's order."""
        link = self.link_to(child, parent)
        if link is not None:
            return link.key
        found = self.to_entity(child, parent) if parent == "account" and child != parent else []
        return min((path for path in found if path.count(".") == 1), default=None)

    def field(self, start: str, path: str) -> Field:
        """The field at the end of a path."""
        return self.model.field(start, path)[1]

    def _bearer(self, start: str, path: str) -> str | None:
        """The kind of record that the field at the end of a path is noted of; None for a field of the records themselves."""
        walked = self.model.field(start, path)[0]
        return walked[-1].to if walked else None

    def _is_of_any(self, start: str, term: Term, terms: tuple[Term, ...]) -> bool:
        """As in "who owns them": a word for one reference of several kinds of record is the word for that of any other kind that has it."""
        own = self.model.entities[start].fields.get(term.key)
        named = {each.entity for each in terms if each.what == "field" and each.key == term.key}
        return (
            own is not None and own.to is not None and len(named) > 1 and start not in named and own.to == self.model.entities[term.entity].fields[term.key].to
        )

    def dimension(self, start: str, terms: tuple[Term, ...]) -> list[tuple[float, str]]:
        """Paths to what a term names, with a cost: shorter paths and better synonyms first; only filled fields."""
        found: dict[str, float] = {}
        for term in terms:
            if term.what == "entity":
                paths = self.to_entity(start, term.entity) if start != term.entity else [str(self.model.entities[start].title)]
            elif term.what == "field":
                if not term.filled:
                    continue
                paths = self.to_field(start, term.entity, term.key)
                if self._is_of_any(start, term, terms):
                    paths = [term.key]
            else:
                continue
            for order, path in enumerate(paths):
                if path and self.vocabulary.filled(start, path):
                    # one and the same thing said in two ways: the name of an account is the account
                    walked, last = self.model.field(start, path)
                    if walked and self.model.entities[last.entity].title == last.key:
                        path = path.rsplit(".", 1)[0]
                    cost = 0.35 * path.count(".") + 0.08 * min(term.rank, 4) + 0.05 * order
                    if term.what == "entity" and last.type is FieldType.REF:
                        cost -= 0.05
                    if walked and walked[-1].to == "member" and (len(paths) > 1 or len(walked) > 1):
                        cost += 0.3  # the customer's region before the rep's, where both have one
                    cost += 0.4 * self._missing(start, path)
                    found[path] = min(cost, found.get(path, 9.0))
        for path, cost in list(found.items()):
            whose, key = self._bearer(start, path), path.rpartition(".")[2]
            rivals = (other for other in found if whose == "member" and other.rpartition(".")[2] == key and found[other] <= cost)
            if any(self._bearer(start, other) == "account" for other in rivals):
                del found[path]  # the customer's region before the rep's, where the words name neither
        return sorted(((cost, path) for path, cost in found.items()), key=lambda each: (each[0], each[1]))
