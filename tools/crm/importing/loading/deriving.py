"""Reads the export's own words as those of the model: what a deal's stage means, kinds of interactions, tiers of accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tools.crm.importing.cleaning import key_text
from tools.crm.importing.loading.batches import MISSING, Batch, Value
from tools.crm.importing.loading.glossary import read_word, reader_for
from tools.crm.importing.loading.outcomes import How, StageFacts, Status, read_stage, rests, status_word
from tools.crm.importing.loading.placed_orders import are_orders, is_placed
from tools.crm.importing.report import Reading
from tools.crm.importing.values import is_blank

ONE = 10_000


def read_words(batch: Batch) -> list[Reading]:
    """Replace words that a synonym of the model fits; others stay as they are."""
    found = []
    for name, column in batch.columns.items():
        known = reader_for(batch.entity, name)
        if known is None:
            continue
        counts = Counter(value for value in column if isinstance(value, str))
        read = {text: read_word(text, known) for text in counts}
        batch.columns[name] = [read.get(value) or value if isinstance(value, str) else value for value in column]
        found += [
            Reading(entity=batch.entity.key, field=name, text=text, read_as=key, how="words", count=counts[text])
            for text, key in read.items()
            if key is not None and key != text
        ]
    return found


def read_outcomes(batch: Batch, earlier: Mapping[str, Status], told: Mapping[str, Status]) -> list[Reading]:
    """Give every deal its status: from its status column, else from its stage. What a person ``told`` of a word goes before all else.

    ``earlier`` is how words were read before: what was told from the data then is not told anew from a few rows.
    """
    stages, statuses = batch.columns.get("stage"), batch.columns.get("status")
    if stages is None and statuses is None:
        return []
    reader = _OutcomeReader(batch, earlier, told)
    blank: list[Value] = [None] * len(batch)
    pairs = list(zip(statuses or blank, stages or blank, strict=True))
    read = {pair: reader.read(*pair) for pair in set(pairs)}
    batch.columns["status"] = [MISSING if status is MISSING and stage is MISSING else read[status, stage] for status, stage in pairs]
    return reader.readings()


class _OutcomeReader:
    def __init__(self, batch: Batch, earlier: Mapping[str, Status], told: Mapping[str, Status]) -> None:
        self._earlier = earlier
        self._told = {key_text(text): status for text, status in told.items()}
        self._facts: dict[str, dict[str, StageFacts]] = {name: _facts(batch, name) for name in ("stage", "status") if name in batch.columns}
        self._read: dict[tuple[str, str], tuple[Status | None, How]] = {}
        self._placed = are_orders(batch, self._facts)

    def read(self, status: Value, stage: Value) -> Status | None:
        """A status that says nothing by itself leaves the word to the stage."""
        for name, text in (("status", status), ("stage", stage)):
            told = self._told.get(key_text(text)) if isinstance(text, str) else None
            if told is not None and isinstance(text, str):
                self._read.setdefault((name, text), (told, "words"))
                return told
        if isinstance(status, str):
            word = status_word(status)
            if word is None and isinstance(stage, str):
                word = status_word(stage)
            if word is None or rests(status):
                return self._by_data("status", status)
            self._read.setdefault(("status", status), (word, "words"))
            return word
        return self._by_data("stage", stage) if isinstance(stage, str) else None

    def _by_data(self, name: str, text: str) -> Status | None:
        known = self._read.get((name, text))
        if known is None and self._placed and is_placed(text):
            known = self._read[name, text] = ("won", "data")
        if known is None:
            facts = self._facts[name]
            known = read_stage(text, facts[text], _others(facts, text))
            if known[1] == "data" and text in self._earlier:
                known = (self._earlier[text], "data")
            self._read[name, text] = known
        return known[0]

    def readings(self) -> list[Reading]:
        """How each word was read that tells how a deal stands."""
        return [
            Reading(entity="opportunity", field=name, text=text, read_as=status, how=how, count=self._facts[name][text].rows)
            for (name, text), (status, how) in self._read.items()
            if status is not None and text != status
        ]


def _facts(batch: Batch, name: str) -> dict[str, StageFacts]:
    blank: list[Value] = [None] * len(batch)
    amount, reason, chance = (batch.columns.get(each, blank) for each in ("amount", "lost_reason", "probability"))
    close = _came("close_on", batch)
    found: dict[str, StageFacts] = {}
    for index, text in enumerate(batch.columns[name]):
        if not isinstance(text, str):
            continue
        facts = found.setdefault(text, StageFacts())
        paid, likely = amount[index], chance[index]
        facts.rows += 1
        facts.closed += close[index]
        facts.paid += isinstance(paid, int) and paid > 0
        facts.explained += isinstance(reason[index], str)
        facts.certain += isinstance(likely, int) and likely == ONE
        facts.hopeless += isinstance(likely, int) and likely == 0
    return found


def _came(name: str, batch: Batch) -> list[bool]:
    """Which rows hold the field themselves, and not only what was planned in its stead."""
    held = batch.columns.get(name) or [None] * len(batch)
    own = [
        [column.position for column in each.columns if column.to == name] if any(column.fills == name for column in each.columns) else None
        for each in batch.maps
    ]
    found = []
    for index, value in enumerate(held):
        places = own[batch.origins[index]]
        cells = batch.rows[index]
        own_cell = places is None or any(at < len(cells) and not is_blank(cells[at].strip()) for at in places)
        found.append(isinstance(value, str) and own_cell)
    return found


def _others(facts: Mapping[str, StageFacts], text: str) -> StageFacts:
    """The other stages but for those whose words say that their deals have ended."""
    rest = [each for name, each in facts.items() if name != text and status_word(name) not in {"won", "lost"}]
    return StageFacts(rows=sum(each.rows for each in rest), closed=sum(each.closed for each in rest))
