"""A question cut into the words that matter where columns are set against each other, and the columns that it names in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.parsing.columns.concepts import kinds_at
from agent.parsing.columns.happening import LONGEST
from agent.parsing.language.lexicon import stopwords
from agent.parsing.language.text import Token

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Term, Vocabulary

LONGEST_COLUMN = 8
SHORTEST_EVENT = 4
WHOLLY = {"fully", "completely", "entirely"}
RECEIVE = "收"
BEHIND_RECEIPT = {"的", "有", "一", "多", "共", "总", "合", "金", "几"}
PUNCTUAL = {"on_time", "late", "early"}
JOINT = frozenset({"light"})
NO_KINDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Segment:
    """Tokens ``start`` to ``end`` (excluded) with what they may be; ``columns`` are those whose whole name they are."""

    start: int
    end: int
    text: str
    kinds: frozenset[str] = NO_KINDS
    columns: tuple[Term, ...] = ()
    denied: bool = False

    def has(self, *kinds: str) -> bool:
        """Whether the words are of one of these kinds."""
        return any(kind in self.kinds for kind in kinds)

    def names(self, group: str) -> frozenset[str]:
        """The events or amounts that the words stand for."""
        return frozenset(kind.partition(":")[2] for kind in self.kinds if kind.startswith(f"{group}:"))


def segments(tokens: Sequence[Token], vocabulary: Vocabulary) -> tuple[Segment, ...]:
    """The question from left to right, each time by the longest words."""
    found: list[Segment] = []
    at = 0
    while at < len(tokens):
        end, kinds, columns = (at + 1, JOINT, ()) if _is_hyphen(tokens, at) else _longest(tokens, at, vocabulary)
        denied = False
        if not kinds and not columns and tokens[at].norm.startswith("un") and len(tokens[at].norm) > 5:
            inner = [each for each in kinds_at([_without_prefix(tokens[at])], 0) if any(kind.startswith("event:") for kind in each[1])]
            denied, kinds = bool(inner), inner[0][1] if inner else NO_KINDS
        if (receipt := _denied_receipt(tokens, at)) > end - 1 and not columns:
            end, kinds, denied = receipt, frozenset({"event:pay"}), True
        found.append(Segment(at, end, "".join(token.norm for token in tokens[at:end]), kinds, columns, denied))
        at = end
    return tuple(found)


def _longest(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> tuple[int, frozenset[str], tuple[Term, ...]]:
    end, kinds = _denied_event(tokens, at) or next(iter(kinds_at(tokens, at)), (at + 1, NO_KINDS))
    if tokens[at].kind == "mark":
        return end, kinds, ()
    key = ""
    best: tuple[int, tuple[Term, ...]] = (0, ())
    for last in range(at, min(at + LONGEST_COLUMN, len(tokens))):
        if tokens[last].kind == "mark" and tokens[last].text not in {"_", "-", "."}:
            break
        key += tokens[last].stem if tokens[last].kind != "mark" else ""
        terms = tuple(term for term in vocabulary.terms.get(key, ()) if term.what == "field" and term.filled and term.rank <= 1)
        if terms and tokens[last].kind != "mark" and (last > at or len(tokens[at].norm) > 2):
            best = (last + 1, terms)
    for inner in range(at + 1, best[0]):
        if any(last > best[0] and phrase & PUNCTUAL for last, phrase in kinds_at(tokens, inner)):
            best = (0, ())  # "delivered on time" names no day called "delivered on"
            break
    event, last = _own_event(tokens, at, vocabulary)
    if not event and not kinds and not best[1]:
        event, last = _translated_event(tokens, at, vocabulary)
    if event and last > max(end if kinds else 0, best[0]):
        return last, frozenset({f"event:{event}"}), ()
    if best[1] and best[0] >= end:
        return best[0], kinds if best[0] == end else NO_KINDS, best[1]
    word, told = _own_state(tokens, at, vocabulary)
    if word and told > end and not best[1]:
        return told, frozenset({f"event:{word}"}), ()
    return end, kinds, ()


def _is_hyphen(tokens: Sequence[Token], at: int) -> bool:
    """As in "late-delivery": a mark that joins two words."""
    if not 0 < at < len(tokens) - 1 or tokens[at].text not in {"-", "‑"}:
        return False
    before, behind = tokens[at - 1], tokens[at + 1]
    return {before.kind, behind.kind} == {"latin"} and (before.end, behind.start) == (tokens[at].start, tokens[at].end)


def _denied_event(tokens: Sequence[Token], at: int) -> tuple[int, frozenset[str]] | None:
    """As in 没到账, where 没到 alone would be a bound: a denial, and an event that reaches further than the longest phrase from the denial on."""
    here = kinds_at(tokens, at)
    denial = next(((end, kinds) for end, kinds in here if "not" in kinds), None)
    if denial is None or denial == here[0]:
        return None
    events = (end for end, kinds in kinds_at(tokens, denial[0]) if any(kind.startswith("event:") for kind in kinds))
    return denial if max(events, default=0) > here[0][0] else None


def _denied_receipt(tokens: Sequence[Token], at: int) -> int:
    """As in 逾期未收: where 收 alone, denied, ends as a word of its own; 0 where it does not begin here, or goes on as 未收货."""
    end = next((end for end, kinds in kinds_at(tokens, at) if "not" in kinds and end < len(tokens) and tokens[end].text == RECEIVE), 0)
    ends = end and (end + 1 == len(tokens) or tokens[end + 1].kind == "mark" or tokens[end + 1].text in BEHIND_RECEIPT)
    return end + 1 if ends else 0


def _own_state(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """An event of a header of this store, with where the longest word that tells of it ends: 供完货 of 供货完成日."""
    for end in range(min(at + LONGEST, len(tokens)), at + 1, -1):
        event = vocabulary.columns.states.get("".join(token.norm for token in tokens[at:end])) if tokens[at].kind == "han" else None
        if event is not None:
            return event, end
    return "", at


def _translated_event(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """An English word for what a day was planned for under a Chinese header: "supplied", "fully supplied" beside 约定供货完成日."""
    place = at + 1 if tokens[at].norm in WHOLLY and at + 1 < len(tokens) else at
    nearby, word = vocabulary.nearby, tokens[place]
    if nearby is None or word.kind != "latin" or len(word.norm) < SHORTEST_EVENT or kinds_at(tokens, place) or word.norm in stopwords():
        return "", at
    if word.norm.endswith("s") or any(term.what == "entity" for term in vocabulary.terms.get(word.stem, ())):
        return "", at  # deliveries are records
    meant = [event for event, plain in vocabulary.columns.planned_events if nearby.is_word_of(word.norm, plain)]
    return (meant[0], place + 1) if len(meant) == 1 else ("", at)


def _own_event(tokens: Sequence[Token], at: int, vocabulary: Vocabulary) -> tuple[str, int]:
    """An event that only headers of this store know, with where its word ends: "audited" of planned and actual audit."""
    for event in vocabulary.columns.own_events:
        if tokens[at].kind == "latin" and event.isascii():
            shared = next(
                (place for place, (one, other) in enumerate(zip(tokens[at].stem, event, strict=False)) if one != other), min(len(tokens[at].stem), len(event))
            )
            if shared >= SHORTEST_EVENT and shared >= len(event) - 3:
                return event, at + 1
        elif "".join(token.norm for token in tokens[at : at + len(event)]) == event:
            return event, at + len(event)
    return "", at


def _without_prefix(token: Token) -> Token:
    return Token(token.text[2:], token.norm[2:], token.stem[2:], token.start + 2, token.end, token.kind)
