"""What a span of a question may mean, and the whole question as such spans. Knows no store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from agent.parsing.columns import Paired
from agent.parsing.language.lengths import Length
from agent.parsing.language.numbers import Number
from agent.parsing.language.periods import Period
from agent.parsing.language.text import Token
from agent.parsing.store_words.naming import core_of_name
from agent.parsing.store_words.vocabulary import Source, Term, Value

Readable = Callable[[Value], bool]
QUALITY: dict[Source, float] = {"exact": 1.0, "alias": 0.9, "part": 0.75, "typo": 0.7, "neighbour": 0.65, "translated": 0.65}
LINK_COST = 0.4
LETTER_GAIN = 0.3
EARLIER = 1e-5
RATES = ("率", "rate", "ratio", "rates")
OUTCOMES = {"won", "lost", "open", "closed"}
MOST_NAMESAKES = 6
MOST_ALIKE = 12
"""So many records may share the piece of a name that nothing else explains, and be offered; of more it tells nothing."""
_CALLED_FREELY = {"member", "contact", "lead", "team"}
STANDING_IN = "⟨step⟩"
"""What stands in a question for the records that a step before it has chosen."""


@dataclass(frozen=True, slots=True)
class Item:
    """A span of the question with everything that it may mean. ``source`` says how its values were found.

    ``read_as`` is the store's own word where the question has another. ``topic`` is set on the words after "about",
    提到: what texts are searched for, whatever else the words may mean.
    """

    start: int
    end: int
    text: str
    cues: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    terms: tuple[Term, ...] = ()
    period: Period | None = None
    number: Number | None = None
    length: Length | None = None
    currency: str | None = None
    topic: str = ""
    source: Source = "exact"
    read_as: str = ""
    pairs: tuple[Paired, ...] = ()

    @property
    def is_only_cue(self) -> bool:
        """Whether nothing but a function word was found here."""
        return bool(self.cues) and not (self.values or self.terms or self.means_more)

    def is_sort_of(self, entity: str) -> bool:
        """Whether it only says which records of a kind are meant, by what they are and not by a name: 制造业 of customers."""
        return bool(self.values) and all(value.entity == entity and not value.title for value in self.values)

    @property
    def is_rate(self) -> bool:
        """Whether it asks for the share of a category, as in 合格率."""
        said = (self.text.casefold(), self.read_as)  # "SLA attainment" is 达标率
        return "share" in self.cues and bool(self.values or self.terms) and any(each.endswith(RATES) for each in said)

    @property
    def means_more(self) -> bool:
        """Whether it is a period, a number or another thing that no header or category is called by."""
        return bool(self.period or self.number or self.length or self.currency or self.pairs)


@dataclass(frozen=True, slots=True)
class Linked:
    """The question as items in order, and the words that nothing explains. ``left`` are these words where they stand."""

    tokens: tuple[Token, ...]
    items: tuple[Item, ...]
    unknown: tuple[str, ...]
    today: date | None = None
    left: tuple[Item, ...] = ()


def first_called(values: Iterable[Value], said: str = "") -> tuple[Value, ...]:
    """The values without those of another kind that are called after one of them: a deal that begins with the name of its account.

    Where both begin with what is ``said``, the account is meant, though the deal has it shorter still.
    """
    held = tuple(values)
    accounts = {value for value in held if value.title and value.entity == "account"}
    begun = bool(said) and any(value.text.casefold().startswith(said) for value in accounts)
    after = {value for value in held if value.title and value.entity not in _CALLED_FREELY and value not in accounts}
    names = tuple(form for value in accounts for form in (value.text, core_of_name(value.text)))
    late = {value for value in after if value.text.startswith(names) or (begun and value.text.casefold().startswith(said))}
    return tuple(value for value in held if value not in late)


def weigh(tokens: tuple[Token, ...], start: int, end: int, quality: float) -> float:
    """How much a link of some quality, in [0, 1], is worth to the cover of a question: by its letters, less what any link costs."""
    letters = sum(2.2 if token.kind == "han" else min(len(token.norm), 8) for token in tokens[start:end] if token.kind != "mark")
    longest_first = EARLIER * letters**2 * (len(tokens) - start)  # of equal covers, the one whose first words are longest
    return quality * LETTER_GAIN * letters - LINK_COST + longest_first


def item_of(tokens: tuple[Token, ...], start: int, end: int, **meanings: object) -> Item:
    """The span from one token to the one before another, with what it may mean."""
    apart = [token for i, token in enumerate(tokens[start:end]) if not (i and token.start < tokens[start + i - 1].end)]  # ㎡ is two tokens
    text = "".join((" " if i and token.start > apart[i - 1].end else "") + token.text for i, token in enumerate(apart))
    return Item(start, end, text, **meanings)  # type: ignore[arg-type]


def runs_of(places: list[int]) -> list[list[int]]:
    """Places that follow one another, together."""
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs
