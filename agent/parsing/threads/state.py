"""The last query on its way to the next: what of the follow-up has been understood so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agent.parsing.reading.drafting import Focus, Reading
from agent.parsing.reading.mentioned_again import is_own_mention
from agent.parsing.reading.paths import Paths
from agent.parsing.reading.signals import FREE
from agent.parsing.threads.filters import parts_of
from agent.parsing.threads.fragment import Fragment
from agent.parsing.threads.shown import Shown
from tools.crm.query import Assumption, Query

_SILENT = FREE | {"all", "without", "not", "mine"} - {"mine", "without", "not"}


@dataclass(frozen=True, slots=True)
class Step:
    """The query as changed so far, and the places of the items that were used for that."""

    fragment: Fragment
    paths: Paths
    query: Query
    focus: Focus
    shown: Shown | None = None
    used: frozenset[int] = frozenset()
    done: frozenset[str] = frozenset()
    assumptions: tuple[Assumption, ...] = ()

    def using(self, *places: int, focus: Focus | None = None, done: str = "", **changes: object) -> Step:
        """A copy with the query changed and these items used."""
        query = self.query.model_copy(update=changes) if changes else self.query
        return replace(self, query=query, focus=focus or self.focus, used=self.used | set(places), done=self.done | {done} if done else self.done)

    def rest(self) -> list[int]:
        """Places of the items that nothing has used yet."""
        return [index for index in range(len(self.fragment.items)) if index not in self.used]

    def open_items(self) -> list[int]:
        """Those of the rest that mean something, so that leaving them out would change what was asked."""
        reading = self.reading()
        return [index for index in self.rest() if not self._is_silent(reading, index)]

    def _is_silent(self, reading: Reading, index: int) -> bool:
        item = self.fragment.items[index]
        if item.is_only_cue:
            return bool(_SILENT & set(item.cues))
        return not item.values and not item.period and not item.number and not self._counts_anew(index) and is_own_mention(reading, item)

    def _counts_anew(self, index: int) -> bool:
        """As in "by number of deals" after what they are worth: it names another figure, not just the records."""
        measures = self.paths.model.measures
        terms = [term for term in self.fragment.items[index].terms if term.entity == self.query.entity]
        counting = [term for term in terms if term.what == "measure" and measures[term.key].op == "count"]
        counted = [ref for ref in self.query.measures if ref.fold == "count" or (ref.measure and measures[ref.measure].op == "count")]
        return bool(counting) and len(counting) == len(terms) and bool(self.query.measures) and not counted

    def reading(self, entity: str | None = None) -> Reading:
        """The rest as a reading about the same records, for the measures that are asked for now."""
        return Reading(
            entity or self.query.entity,
            self.paths,
            self.fragment.signals,
            used=self.used,
            measures=self.query.measures,
            dimensions=self.query.dimensions,
            filters=parts_of(self.query.where),
        )

    def is_list(self) -> bool:
        """Whether the query shows records."""
        return not self.query.measures
