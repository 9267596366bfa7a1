"""Scores every place of an entity for every column of a table, from words and contents together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tools.crm.importing.mapping import RECORD_ID
from tools.crm.importing.proposing.assignment import assign
from tools.crm.importing.proposing.contents import FEWEST_SHARED, Keys, fit
from tools.crm.importing.proposing.headers import Header, without_prefix
from tools.crm.importing.proposing.matching import FIRST_NAMES, LAST_NAMES, POOLED, Guess, Vocabulary
from tools.crm.importing.proposing.profiling import Profile
from tools.crm.semantic import Field, FieldType

FLOOR = 0.5
SHARED = 0.5
# A number of a record's own hardly comes twice; one that does is that of something it belongs to.
SHORT_CODE, NEARLY_ALL = re.compile(r"[A-Za-z]+-?\d+"), 0.95
NUMBERS, FEW_ROWS, OFTEN_AGAIN = frozenset(("number", "code")), 10, 0.8
LENT, LENT_WEIGHT = POOLED, 0.6
ID_HEADER = 0.9
IN_THE_EXPORT = "in the export"
# Those who created or changed a record last are seldom those it belongs to.
NOT_THE_OWNER = ("created", "creator", "modified", "updated", "last", "first", "创建", "修改", "更新", "最后", "最新", "上次")


@dataclass(frozen=True, slots=True)
class Placed:
    """A place for a column, its score in [0, 1] and the reason for people."""

    place: str
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the proposal sees it."""

    header: Header
    profile: Profile


def place_all(columns: Sequence[Column], vocabulary: Vocabulary, keys: Keys) -> tuple[dict[int, Placed], list[dict[str, Placed]]]:
    """The place of each column that has one, and all scores of all columns."""
    scored = [scores(column, vocabulary, keys) for column in columns]
    parts = _name_parts(columns, scored, vocabulary)
    open_scores = [{} if at in parts else {place: placed.score for place, placed in places.items()} for at, places in enumerate(scored)]
    chosen = {at: scored[at][place] for at, place in assign(open_scores, FLOOR).items() if not (parts and place == "name")}
    return chosen | parts, scored


def scores(column: Column, vocabulary: Vocabulary, keys: Keys, alike: bool = True) -> dict[str, Placed]:
    """Every place that one column may have; ``alike`` where other words for the same thing count as well."""
    guesses = vocabulary.guesses(column.header, alike)
    found: dict[str, Placed] = {}
    for place, guess in guesses.items():
        if place == RECORD_ID:
            _put(found, place, guess.score * _own_id(column, guess, vocabulary), f"the header says “{guess.word}”, and each row has its own value")
            continue
        target = vocabulary.entity.fields.get(place)
        if target is not None and target.type is not FieldType.REF:
            _put(found, place, guess.score * _suits(target, column, guess, vocabulary), guess.because)
    for target in vocabulary.entity.fields.values():
        if target.type is FieldType.REF and target.to:
            _references(column, target, target.to, guesses, keys, found)
    _outweigh(found, guesses, vocabulary)
    if not guesses:
        _by_shape(column, vocabulary, found)
    profile = column.profile
    if RECORD_ID not in found and not guesses and profile.position == 0 and _are_codes(profile) and profile.uniqueness >= 0.99:
        _put(found, RECORD_ID, 0.52, "the first column holds codes, and each row has its own")
    return found


def _are_codes(profile: Profile) -> bool:
    return max(profile.telling_ids, profile.share(SHORT_CODE.fullmatch)) >= NEARLY_ALL


def _outweigh(found: dict[str, Placed], guesses: Mapping[str, Guess], vocabulary: Vocabulary) -> None:
    """Words that another kind of record lent to a field count less than the records that the values name.

    A payment's contract number is no number of its own.
    """
    references = [place for place in found if place.partition("#")[0] in vocabulary.references and found[place].because.endswith(IN_THE_EXPORT)]
    for place, placed in found.items() if references else ():
        if place in guesses and guesses[place].score <= LENT and place.partition("#")[0] not in vocabulary.references and place != RECORD_ID:
            found[place] = replace(placed, score=placed.score * LENT_WEIGHT)


def _by_shape(column: Column, vocabulary: Vocabulary, found: dict[str, Placed]) -> None:
    """E-mail and web addresses show themselves; where many rows share one, it is somebody else's, such as the owner's."""
    profile = column.profile
    for place, share, what in (("email", profile.emails, "e-mail addresses"), ("website", profile.webs, "web addresses")):
        if place in vocabulary.entity.fields and share >= 0.9 and profile.uniqueness >= 0.8:
            _put(found, place, 0.55, f"it holds {what}, nearly all different")


def _own_id(column: Column, guess: Guess, vocabulary: Vocabulary) -> float:
    profile = column.profile
    if not profile.rows:
        return 1.0
    if profile.is_empty:
        return 0.3
    if guess.word in vocabulary.names and profile.telling_ids < 0.9:
        return 0.05
    if profile.uniqueness_once >= 0.97:
        return 1.0 if profile.ids >= 0.8 else 0.7
    return 0.8 if profile.uniqueness_once >= 0.9 else 0.05


def _suits(target: Field, column: Column, guess: Guess, vocabulary: Vocabulary) -> float:
    header, profile = column.header, column.profile
    # Of two columns that suit a field alike, the fuller one wins.
    factor = fit(target, profile) * (0.97 + 0.03 * profile.filled)
    if header.measure is not None and not (target.type is FieldType.DURATION_MINUTES and header.measure[0] in "h小"):
        factor *= 0.6
    if header.percent and target.type is not FieldType.RATE:
        factor *= 0.3
    if target.key in NUMBERS and profile.rows >= FEW_ROWS and 0.0 < profile.uniqueness < OFTEN_AGAIN:
        factor *= 0.6
    if target.type is FieldType.NAME and guess.word in vocabulary.names and profile.telling_ids >= 0.9:
        factor *= 0.3
    return factor


def _references(column: Column, target: Field, entity: str, guesses: dict[str, Guess], keys: Keys, found: dict[str, Placed]) -> None:
    """Reference by name or by id: the words say to what, the values that it shares say by which of the two."""
    profile = column.profile
    by_name, by_id = guesses.get(target.key), guesses.get(f"{target.key}#id")
    ids, names = keys.shared(profile, entity) if keys.knows(entity) else (0.0, 0.0)
    word = max((guess for guess in (by_name, by_id) if guess), key=lambda guess: guess.score, default=None)
    if word is None or (word.alike and (max(ids, names) < SHARED or any(each in column.header.spoken for each in NOT_THE_OWNER))):
        if ids >= SHARED and target.entity != entity and column.header.spoken in keys.id_headers[entity]:
            _put(found, f"{target.key}#id", ID_HEADER, f"the header is that of their ids, and {ids:.0%} of its values are ids of such records in the export")
        else:
            _unnamed_reference(column, target, ids, names, found)
        return
    if max(ids, names) >= SHARED:
        place, share, what = (f"{target.key}#id", ids, "ids") if ids > names else (target.key, names, "names")
        _put(
            found,
            place,
            max(word.score * (0.9 + 0.1 * share), ID_HEADER if what == "ids" and column.header.spoken in keys.id_headers[entity] else 0.0),
            f"{word.because}, and {share:.0%} of its values are {what} of that kind in the export",
        )
        return
    if by_id:
        _put(found, f"{target.key}#id", by_id.score * 0.97 * (0.3 if profile.dates >= 0.8 else 1.0), f"the header names the id of “{by_id.word}”")
    if by_name:
        codes = profile.telling_ids >= 0.9 and profile.emails < 0.5 and not by_id and not keys.names[entity]
        place = f"{target.key}#id" if codes else target.key
        _put(found, place, by_name.score * 0.97 * fit(target, profile) if not codes else by_name.score * 0.9, by_name.because)


def _unnamed_reference(column: Column, target: Field, ids: float, names: float, found: dict[str, Placed]) -> None:
    profile = column.profile
    if len(profile.distinct) < FEWEST_SHARED or max(ids, names) < 0.6 or any(word in column.header.spoken for word in NOT_THE_OWNER):
        return
    if target.to == target.entity and profile.uniqueness >= 0.9:
        return
    if names >= ids and profile.numbers < 0.5:
        _put(found, target.key, 0.5 + 0.12 * names, f"{names:.0%} of its values are names of such records in the export")
    elif profile.telling_ids >= 0.8 or (ids >= NEARLY_ALL and profile.share(SHORT_CODE.fullmatch) >= NEARLY_ALL):
        _put(found, f"{target.key}#id", 0.5 + 0.12 * ids, f"{ids:.0%} of its values are ids of such records in the export")


def _name_parts(columns: Sequence[Column], scored: Sequence[dict[str, Placed]], vocabulary: Vocabulary) -> dict[int, Placed]:
    """First and last names, where a person's name comes in parts and in no column as a whole."""
    if "name" not in vocabulary.entity.fields:
        return {}
    first, last = _called(columns, FIRST_NAMES, vocabulary), _called(columns, LAST_NAMES, vocabulary)
    whole = any("name" in places and places["name"].score >= 0.85 for at, places in enumerate(scored) if at not in (first, last))
    if first is None or last is None or whole:
        return {}
    return {at: Placed("name", 0.95, "a part of the name; the parts are joined in their order") for at in (first, last)}


def _called(columns: Sequence[Column], words: frozenset[str], vocabulary: Vocabulary) -> int | None:
    for at, column in enumerate(columns):
        text = column.header.spoken
        if text in words or without_prefix(text, vocabulary.prefixes) in words:
            return at
    return None


def _put(found: dict[str, Placed], place: str, score: float, because: str) -> None:
    if place not in found or found[place].score < score:
        found[place] = Placed(place, score, because)
