"""Decides which entity a table holds: by the words of its file and sheet, and by how distinctly its columns speak of one entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.crm.importing.mapping import CUSTOM, RECORD_ID
from tools.crm.importing.proposing.contents import Keys, fold
from tools.crm.importing.proposing.headers import is_chinese, spoken
from tools.crm.importing.proposing.matching import Vocabulary
from tools.crm.importing.proposing.places import FLOOR, Column, Placed, scores
from tools.crm.importing.proposing.profiling import Profile
from tools.crm.importing.source import SourceTable

FILE_WEIGHT = 0.3
LEAST_TOTAL = 0.16
# Where neither file nor sheet says what it holds, its columns must say it clearly: an offer looks much like a contract.
LEAST_UNNAMED = 0.3
LEAST_COLUMNS = 2
LEAST_SHARE = 0.3
ABOUT_TABLES = 0.3
# What files are called beside the names of the entities.
FILE_WORDS: Mapping[str, tuple[str, ...]] = {
    "account": ("companies", "organizations", "organisations", "clients", "customers", "客户列表", "公司"),
    "contact": ("people", "persons", "contact list", "通讯录"),
    "opportunity": ("pipeline", "sales pipeline", "deals", "opportunities", "forecast", "商机明细"),
    "interaction": (
        "activities",
        "calls",
        "meetings",
        "tasks",
        "events",
        "emails",
        "notes",
        "engagements",
        "visits",
        "tasks and events",
        "contact log",
        "activity log",
        "call log",
        "log",
        "journal",
        "拜访",
        "跟进",
        "通话",
    ),
    "ticket": ("cases", "support tickets", "incidents", "工单"),
    "member": ("users", "reps", "sales reps", "staff", "employees", "sales team members", "人员", "用户", "员工"),
    "product": ("price list", "catalog", "catalogue", "price book", "产品目录", "价目表"),
    "payment": ("receipts", "回款", "收款"),
    "invoice": ("billing", "receivables", "开票", "应收"),
    "target": ("quotas", "业绩目标"),
    "lead": ("inquiries", "enquiries", "prospects"),
}


def choose_entity(table: SourceTable, columns: Sequence[Column], vocabularies: Mapping[str, Vocabulary], keys: Keys) -> tuple[str, float]:
    """The entity, or ``custom`` where none fits, with a certainty in [0, 1]."""
    best = {name: _best(columns, vocabulary, keys) for name, vocabulary in vocabularies.items()}
    named = file_scores(table, vocabularies)
    totals: dict[str, float] = {}
    for name, bests in best.items():
        taken = {place.place for place in bests.values()}
        if not named.get(name) and not any(place.partition("#")[0] not in vocabularies[name].references and place != RECORD_ID for place in taken):
            # A table that tells nothing but what its rows belong to is an own one.
            continue
        told = sum(_weight(at, placed, best) for at, placed in bests.items())
        share = len(bests) / max(1, len(columns))
        if (len(taken) >= LEAST_COLUMNS and share >= LEAST_SHARE) or (named.get(name, 0.0) >= 0.9 and len(taken) >= LEAST_COLUMNS):
            totals[name] = told / max(1, len(columns)) + FILE_WEIGHT * named.get(name, 0.0)
    if not totals:
        return CUSTOM, 0.7
    first, *others = sorted(totals, key=lambda name: -totals[name])
    if totals[first] < (LEAST_TOTAL if named.get(first) else LEAST_UNNAMED):
        return CUSTOM, 0.6
    lead = totals[first] - (totals[others[0]] if others else 0.0)
    return first, round(min(0.99, 0.6 + 1.5 * lead + 0.2 * min(1.0, totals[first])), 2)


def speaks_of_tables(table: SourceTable, profiles: Sequence[Profile], tables: Sequence[SourceTable]) -> bool:
    """True for a data dictionary: many of its values are the headers and names of the other tables."""
    known = {fold(header) for other in tables if other is not table for header in other.headers}
    known |= {fold(other.file.rsplit(".", 1)[0]) for other in tables if other is not table}
    values = {fold(value) for profile in profiles for value in profile.distinct}
    shared = {value for value in values & known if not value.isdecimal()}
    return len(shared) >= 4 and len(shared) >= ABOUT_TABLES * len(values)


def file_scores(table: SourceTable, vocabularies: Mapping[str, Vocabulary]) -> dict[str, float]:
    """How clearly the names of file and sheet speak of each entity, in [0, 1]: the longest words count, a sheet's more than its file's."""
    found: dict[str, float] = {}
    for text, weight in ((table.sheet or "", 1.0), (table.file.rsplit("/", 1)[-1].rsplit(".", 1)[0], 1.0 if table.sheet is None else 0.8)):
        said = spoken(text)
        lengths = {name: _longest(said, name, vocabulary) for name, vocabulary in vocabularies.items()}
        longest = max(lengths.values(), default=0)
        for name, length in lengths.items():
            if length:
                found[name] = max(found.get(name, 0.0), weight * (1.0 if length == longest else 0.5 * length / longest))
    return found


def _longest(said: str, entity: str, vocabulary: Vocabulary) -> int:
    words = {*vocabulary.names, *map(spoken, FILE_WORDS.get(entity, ())), vocabulary.entity.table.replace("_", " ")}
    best = 0
    for word in words:
        forms = (word,) if is_chinese(word) else (word, f"{word}s", f"{word[:-1]}ies" if word.endswith("y") else word)
        if any((form in said) if is_chinese(form) else f" {form} " in f" {said} " for form in forms):
            best = max(best, len(word) * (3 if is_chinese(word) else 1))
    return best


def _best(columns: Sequence[Column], vocabulary: Vocabulary, keys: Keys) -> dict[int, Placed]:
    """Each column's place, the surest first, no place twice."""
    candidates = sorted(
        (
            (placed.score, at, placed)
            for at, column in enumerate(columns)
            for placed in scores(column, vocabulary, keys, alike=False).values()
            if placed.score >= FLOOR
        ),
        key=lambda entry: (-entry[0], entry[1]),
    )
    taken: set[str] = set()
    found: dict[int, Placed] = {}
    for _, at, placed in candidates:
        if at not in found and placed.place not in taken:
            found[at] = placed
            taken.add(placed.place)
    return found


def _weight(at: int, placed: Placed, best: Mapping[str, Mapping[int, Placed]]) -> float:
    """A column speaks the more for an entity, the fewer others could take it as well."""
    rivals = sum(1 for bests in best.values() if at in bests and bests[at].score >= placed.score - 0.04)
    return placed.score * (0.2 + 0.8 / max(1, rivals))
