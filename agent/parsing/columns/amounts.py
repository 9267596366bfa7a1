"""Amounts of one record against each other: cost above what was invoiced, 回款占签约额的比例, budget minus signed, 成交价是报价的几折."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.parsing.columns.factors import factor_behind, factor_said
from agent.parsing.columns.found import Paired, Side, What
from agent.parsing.columns.owing import owed_pair, unpaid
from agent.parsing.columns.roles import MAIN, Amount, is_same_kind
from agent.parsing.columns.segments import Segment
from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import Token, singular

if TYPE_CHECKING:
    from agent.parsing.store_words.vocabulary import Vocabulary

ROLES = {"actual", "estimate"}
FILLING = {"light", "weak", "average", "is"}
RATIOS = {"margin": ("profit", "revenue"), "collection": ("pay", "sign")}
_FIGURES: dict[str, What] = {"outstanding": "owed", "short": "short"}
BOUNDS: dict[str, Side] = {"above": "gt", "below": "lt", "at_least": "ge", "at_most": "le"}
OPPOSITE: dict[Side, Side] = {"gt": "le", "le": "gt", "lt": "ge", "ge": "lt"}
REACHED: dict[str, Side] = {"以上": "ge", "及以上": "ge", "或以上": "ge", "或者以上": "ge", "多": "gt", "以下": "le"}
LONGEST_SIDE, LONGEST_NAME = 4, 6
COUNTING = {"how many", "which", "list", "where"}
BETWEEN = 3
MOST_COMMON = 4
TRAILING = {"的", "the", "our", "we", "what", "its", "their", "it", "我们", "我方"}


@dataclass(frozen=True, slots=True)
class _Mention:
    """A run of words for an amount: segments from, up to."""

    first: int
    last: int
    about: frozenset[str]
    columns: frozenset[tuple[str, str]]
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """Two amounts, the first of which may be left unsaid; segments from, up to."""

    first: int
    last: int
    what: What
    own: _Mention | None
    other: _Mention
    op: Side = "gt"
    factor: str = "1"


def find_amounts(found: Sequence[Segment], tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[tuple[int, int, tuple[Paired, ...]]]:
    """Every place where two amounts are set against each other, with the columns that these are in each kind of record."""
    mentions = list(_mentions(found, vocabulary))
    known = vocabulary.columns.amounts
    for said in _all(found, tokens, mentions, vocabulary):
        pairs = []
        for entity, amounts in known.items():
            pair = _resolved(entity, amounts, said, vocabulary)
            if pair is not None:
                pairs.append(pair)
        if pairs:
            yield found[said.first].start, found[said.last - 1].end, tuple(pairs)
    yield from _named(found, known, vocabulary, {each.first: each for each in mentions})


# -- what is mentioned ------------------------------------------------------------------------------------------------


def _mentions(found: Sequence[Segment], vocabulary: Vocabulary) -> Iterator[_Mention]:
    at = 0
    while at < len(found):
        if at + 1 < len(found) and _is_noun_before(found[at], found[at + 1], vocabulary):
            at += 1  # 回款 of 回款到账金额 says which records
        end, about, columns = at, frozenset[str](), frozenset[tuple[str, str]]()
        while end < len(found) and (found[end].names("amount") or _numeric(found[end], vocabulary) or (found[end].has("weak") and not found[end].has("not"))):
            about |= found[end].names("amount") if not _numeric(found[end], vocabulary) else frozenset()
            columns |= _numeric(found[end], vocabulary)
            end += 1
        last = end
        while last > at and found[last - 1].kinds <= {"weak", "light"} and found[last - 1].text in TRAILING:
            last -= 1
        more = at > 0 and bool(about) and not columns and _qualifies(found, at - 1, vocabulary)
        if about or columns:
            yield _Mention(at - more, last, about, columns, more)
        at = max(end, at + 1)


def _is_noun_before(word: Segment, following: Segment, vocabulary: Vocabulary) -> bool:
    """Whether a word names a kind of record, and the amount is named behind it once more."""
    named = any(term.what == "entity" and term.rank < MOST_COMMON for term in vocabulary.terms.get(word.text, ()))
    return named and not word.text.isascii() and bool(word.names("amount") & following.names("amount"))


def _qualifies(found: Sequence[Segment], at: int, vocabulary: Vocabulary) -> bool:
    """As in "approved budget": an English word that means nothing else here and tells which budget, between others that are known."""
    word = found[at]
    plain = word.text.isascii() and word.text.isalpha() and len(word.text) > 3 and not word.kinds and not word.columns
    known = singular(word.text) in vocabulary.terms or word.text in vocabulary.values or word.text in cues() or word.text in stopwords()
    return plain and not known and at > 0 and bool(found[at - 1].kinds)


def _numeric(segment: Segment, vocabulary: Vocabulary) -> frozenset[tuple[str, str]]:
    entities = vocabulary.model.entities
    return frozenset((term.entity, term.key) for term in segment.columns if entities[term.entity].fields[term.key].type.is_numeric)


# -- constructions ----------------------------------------------------------------------------------------------------


def _all(found: Sequence[Segment], tokens: Sequence[Token], mentions: list[_Mention], vocabulary: Vocabulary) -> Iterator[_Said]:
    starts = {each.first: each for each in mentions}
    ends = {each.last: each for each in mentions}
    shared = any(segment.has("shares", "average", "margin") for segment in found)
    for at, segment in enumerate(found):
        own = _before(found, ends, at)
        if segment.has("than") and own is not None:
            yield from _than(found, tokens, starts, own, at)
        if segment.has("over") and own is not None and (not segment.has("above") or (shared and not segment.text.startswith("超"))):
            other = _behind(found, starts, at + 1)
            if other is not None:
                yield _Said(own.first, _with_share(found, other.last), "over", own, other)
                continue
        if segment.text in {"to", "对"} and own is not None and (other := _behind(found, starts, at + 1)) is not None:
            end = _with_share(found, other.last)
            if end > other.last:
                yield _Said(own.first, end, "over", own, other)
        if segment.has("less") and own is not None and (other := _behind(found, starts, at + 1)) is not None:
            yield _Said(own.first, other.last, "less", own, other)
        if segment.has(*BOUNDS):
            yield from _bound(found, tokens, starts, own, at)
        if segment.has("reaching") and own is not None:
            yield from _reached(found, starts, own, at, vocabulary)
        if segment.has("ratio_of") and (first := _behind(found, starts, at + 1)) is not None and first.last < len(found):
            second = _behind(found, starts, first.last + 1) if found[first.last].text in {"to", "and", "over"} else None
            if second is not None:
                yield _Said(at, second.last, "over", first, second)
        if segment.has("part_of") and (other := _behind(found, starts, at + 1)) is not None:
            link = other.last
            while link < len(found) and found[link].kinds and found[link].kinds <= FILLING:
                link += 1
            part = starts.get(link)
            if part is not None and link > other.last:
                yield _Said(at, _to_the_end(found, part.last), "over", part, other)
        if segment.has("is") and own is not None and (other := _behind(found, starts, at + 1)) is not None:
            end = _with_share(found, other.last)
            if end > other.last:
                yield _Said(own.first, end, "over", own, other)


def _before(found: Sequence[Segment], ends: dict[int, _Mention], at: int) -> _Mention | None:
    """The amount that ends right before, but for words that say nothing."""
    for near in range(at, max(at - BETWEEN, 0) - 1, -1):
        if near in ends:
            return ends[near]
        if near == 0 or not (found[near - 1].kinds and found[near - 1].kinds <= FILLING | {"sold", "actual"}):
            return None
    return None


def _behind(found: Sequence[Segment], starts: dict[int, _Mention], at: int) -> _Mention | None:
    for near in range(at, min(at + BETWEEN, len(found))):
        if near in starts:
            return starts[near]
        if not (found[near].kinds and found[near].kinds <= FILLING):
            return None
    return None


def _with_share(found: Sequence[Segment], end: int) -> int:
    """With the words for a share behind: 的比例, 的百分之几."""
    at = end
    while at < len(found) and found[at].text == "的":
        at += 1
    return at + 1 if at < len(found) and found[at].has("shares") else end


def _to_the_end(found: Sequence[Segment], end: int) -> int:
    """With ", as a percentage" behind."""
    at = end
    while at < len(found) and found[at].text in {",", "，"}:
        at += 1
    return at + 1 if at < len(found) and found[at].has("shares") else end


def _than(found: Sequence[Segment], tokens: Sequence[Token], starts: dict[int, _Mention], own: _Mention, at: int) -> Iterator[_Said]:
    """As in 成本比开票金额还高, 签约价比预算省了多少."""
    other = _behind(found, starts, at + 1)
    if other is None:
        return
    end = other.last
    for place in range(end, min(end + BETWEEN, len(found))):
        if found[place].has("saved"):
            yield _Said(own.first, place + 1, "less", other, own)
            return
        if found[place].has("more", "fewer"):
            yield _Said(own.first, place + 1, "beside", own, other, "gt" if found[place].has("more") else "lt")
            return


def _bound(found: Sequence[Segment], tokens: Sequence[Token], starts: dict[int, _Mention], own: _Mention | None, at: int) -> Iterator[_Said]:
    """As in "signed above the quoted total", "less than 80% of the budget", 不到预算八成."""
    place, factor = factor_said(found, at + 1)
    if factor is not None and place < len(found) and found[place].text in {"of", "the"}:
        place += 1
    other = _behind(found, starts, place)
    if other is None:
        return
    end = other.last
    if factor is None:
        end, factor = factor_behind(found, end)
    following = found[end] if end < len(found) else None
    if following is not None and following.text[:1].isdigit():
        return  # "over budget 50000" is a bound on one amount
    op = next(side for kind, side in BOUNDS.items() if found[at].has(kind))
    if at > 0 and found[at - 1].has("not") and found[at - 1].end == found[at].start:
        op = OPPOSITE[op]
    yield _Said(own.first if own is not None else at, end, "beside", own, other, op, factor or "1")


def _reached(found: Sequence[Segment], starts: dict[int, _Mention], own: _Mention, at: int, vocabulary: Vocabulary) -> Iterator[_Said]:
    """As in 累计用次已到寿命次数的八成以上: one amount of which another has come to so large a part."""
    other = _behind(found, starts, at + 1) or _short_name(found, own, at + 1, vocabulary)
    if other is None:
        return
    end, factor = factor_behind(found, other.last)
    place, written = end, ""
    while place < len(found) and len(written) < LONGEST_SIDE:
        written += found[place].text
        place += 1
        side = REACHED.get(written)
        if side is not None and factor is not None:
            yield _Said(own.first, place, "beside", own, other, side, factor)
            return


def _short_name(found: Sequence[Segment], own: _Mention, at: int, vocabulary: Vocabulary) -> _Mention | None:
    """As 寿命 of 寿命次数: the one column of numbers beside the first, of the same records, that a part of its name leads to."""
    kinds, entities, key = {entity for entity, _ in own.columns}, vocabulary.model.entities, ""
    best = None
    for end in range(at, min(at + LONGEST_NAME, len(found))):
        key += found[end].text
        terms = (*vocabulary.terms.get(key, ()), *vocabulary.label_parts.get(key, ()))
        fields = {(term.entity, term.key) for term in terms if term.what == "field" and term.filled and term.entity in kinds}
        named = {each for each in fields if entities[each[0]].fields[each[1]].type.is_numeric} - own.columns
        best = _Mention(at, end + 1, frozenset(), frozenset(named)) if len(named) == 1 else best
    return best


# -- columns ----------------------------------------------------------------------------------------------------------


def _resolved(entity: str, amounts: tuple[Amount, ...], said: _Said, vocabulary: Vocabulary) -> Paired | None:
    """The two columns that are meant of one kind of record; None where it lacks one or can't tell."""
    own = _best(entity, amounts, said.own, None) if said.own is not None else [each for each in amounts if each.path == MAIN]
    found: list[tuple[float, Amount, Amount]] = []
    for first in own:
        for second in _best(entity, amounts, said.other, first):
            if second is not first and is_same_kind(first.type, second.type) and _one_unit(entity, first, second, vocabulary):
                shared = len((first.about & second.about) - ROLES)
                found.append((_score(entity, first, said.own) + _score(entity, second, said.other) + 0.4 * shared, first, second))
    found.sort(key=lambda each: -each[0])
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    _, first, second = found[0]
    return Paired(entity, said.what, first.path, second.path, said.op, said.factor)


def _best(entity: str, amounts: tuple[Amount, ...], mention: _Mention, other: Amount | None) -> list[Amount]:
    return [each for each in amounts if _score(entity, each, mention) > 0 and each is not other]


def _score(entity: str, amount: Amount, mention: _Mention | None) -> float:
    """How well words say what a column is of: all of them must be about it, its own may say more."""
    if mention is None:
        return 1.0
    if (entity, amount.path) in mention.columns:
        return 3.0
    if (mention.columns and not mention.about) or (mention.more and not amount.more):
        return 0.0
    common, beyond = mention.about & amount.about, mention.about - amount.about - ({"actual"} if "estimate" not in amount.about else set())
    return 2.0 * len(common) - 2.0 * len(beyond) - 0.5 * len(amount.about - mention.about)


def _one_unit(entity: str, first: Amount, second: Amount, vocabulary: Vocabulary) -> bool:
    """Whether both are in one unit; an amount in the currency of its record may be held against one that is always in the same."""
    fields = vocabulary.model.entities[entity].fields
    units = {unit for path in (first.path, second.path) if (unit := fields[path].unit) is not None}
    return len(units) <= 1


# -- figures that have a name of their own ----------------------------------------------------------------------------


def _named(
    found: Sequence[Segment], known: dict[str, tuple[Amount, ...]], vocabulary: Vocabulary, starts: dict[int, _Mention]
) -> Iterator[tuple[int, int, tuple[Paired, ...]]]:
    """Margin, collection rate, what is outstanding or came in short: the two amounts that they are made of by their definition."""
    for at, segment in enumerate(found):
        kind = next((kind for kind in ("margin", "collection", "short", "outstanding") if segment.has(kind)), None)
        if kind is None or segment.columns or (kind == "outstanding" and segment.text in vocabulary.values):
            continue  # 尾款 of a store that calls an instalment so
        pairs = []
        for entity, amounts in known.items():
            pair = owed_pair(entity, amounts) if kind in {"outstanding", "short"} else _ratio(entity, amounts, kind)
            if pair is not None and _one_unit(entity, *pair, vocabulary):
                pairs.append(Paired(entity, _FIGURES.get(kind, "over"), pair[0].path, pair[1].path))
                if kind == "short":
                    pairs.append(Paired(entity, "beside", pair[1].path, pair[0].path, "lt"))
        if kind == "outstanding" and not pairs:
            pairs = list(unpaid(vocabulary))
        if pairs:
            than = _behind(found, starts, at + 2) if at + 2 < len(found) and found[at + 1].text == "than" else None
            yield segment.start, segment.end if than is None else found[than.last - 1].end, tuple(pairs)


def _ratio(entity: str, amounts: tuple[Amount, ...], kind: str) -> tuple[Amount, Amount] | None:
    part, whole = RATIOS[kind]
    if kind == "collection":
        owed = owed_pair(entity, amounts)
        return None if owed is None else (owed[1], owed[0])
    parts = [each for each in amounts if part in each.about and "estimate" not in each.about]
    wholes = [each for each in amounts if whole in each.about and part not in each.about and "estimate" not in each.about]
    return (parts[0], wholes[0]) if len(parts) == len(wholes) == 1 and is_same_kind(parts[0].type, wholes[0].type) else None
