"""What can be named in questions to one store: its values, fields, measures and kinds of record, read from the store itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Literal

from sqlalchemy.orm import Session

from agent.parsing.columns.roles import Columns, read_columns
from agent.parsing.language.lexicon import glossary, synonyms
from agent.parsing.language.spelling import Spellings
from agent.parsing.language.text import has_han, name_key, term_key
from agent.parsing.language.word_forms import root_of
from agent.parsing.linking.nearby import Nearby
from agent.parsing.store_words.addressing import PEOPLE, is_person
from agent.parsing.store_words.asked_flags import said_of_flag
from agent.parsing.store_words.bearers import Bearers, read_bearers
from agent.parsing.store_words.contents import NUMBERED, Contents, FieldContent, read_contents
from agent.parsing.store_words.dated_headers import dated_labels
from agent.parsing.store_words.done_or_not import said_of_state
from agent.parsing.store_words.english_names import name_tables
from agent.parsing.store_words.flag_words import read_flag_words
from agent.parsing.store_words.label_heads import read_label_heads
from agent.parsing.store_words.label_parts import read_label_parts
from agent.parsing.store_words.naming import LONGEST_PERSON, LONGEST_SPELT, common_nouns, core_of, name_forms, spellings, without_noun
from agent.parsing.store_words.outcome_words import outcome_words
from agent.parsing.store_words.own_kinds import say_own_kinds
from agent.parsing.store_words.placed_names import share_short_forms
from agent.parsing.store_words.said_of import called_by_titles, deeds_of, sayings_of, units_of
from agent.parsing.store_words.shortened import Places, read_shortened
from tools.crm.semantic import Entity, Field, FieldType, Measure, SemanticModel
from tools.crm.semantic.model import RECORD_ID, base_model
from tools.definitions.schemas import Definition
from tools.store.classification import Classification

MOST_WITH_FORMS = 5000
LONG_ENOUGH = 4
FLAG_WORDS = {
    "true": ("在职", "启用", "上架", "employed", "current reps", "current sales reps", "current salespeople", "current employees", "current staff"),
    "false": ("离职", "停用", "下架", "inactive", "离职的", "former"),
}
OPPOSITES = (
    *(("内", "外"), ("外", "内"), ("上", "下"), ("下", "上"), ("已", "未"), ("已", "没")),
    *(("有", "无"), ("有", "没有"), ("含", "不含"), ("含", "未"), ("可", "不可")),
)
AT_THE_END = {"内", "外", "上", "下"}
YES_AND_NO = {"是", "否", "有", "无", "没有", "对", "错", "真", "假", "yes", "no", "y", "n", "true", "false", "t", "f", "x", "on", "off", "√", "✓"}
GENERIC = {"name", "title", "status", "kind", "description", "subject", "body", "number", "amount", "currency", "source", "period", "phone", "email"}
HEADS = (
    ("status", "state", "状态"), ("result", "outcome", "结果", "结论"), ("type", "kind", "category", "类型", "类别", "种类"),
    ("reason", "原因"), ("level", "grade", "等级", "级别"), ("stage", "阶段"), ("method", "mode", "方式"),
)  # fmt: skip
Source = Literal["exact", "alias", "part", "typo", "neighbour", "translated"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the store: what ``entity.field`` holds ``count`` times. ``title`` marks the name of a record.

    Of several records of the name, ``records`` are the numbers of those that the question's words allow (empty: of all).
    """

    entity: str
    field: str
    text: str
    count: int
    title: bool
    classification: Classification
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the semantic model: an entity, a measure, a field, or one kind of an entity's records.

    ``rank`` is the word's place in the list of synonyms: 0 for the canonical name.
    """

    what: Literal["entity", "measure", "field", "kind", "inverse", "defined"]
    entity: str
    key: str
    rank: int
    filled: bool = True


@dataclass
class Vocabulary:
    """The lookup tables. Keys are normalised (see :func:`name_key` and :func:`term_key`)."""

    model: SemanticModel
    contents: Contents
    values: dict[str, list[tuple[Value, Source]]] = field(default_factory=lambda: defaultdict(list))
    terms: dict[str, list[Term]] = field(default_factory=lambda: defaultdict(list))
    longest: int = 1
    nearby: Nearby | None = None
    defined: dict[str, Definition] = field(default_factory=dict)
    namesakes: Bearers = field(default_factory=dict)

    @cached_property
    def initials(self) -> dict[str, list[Value]]:
        """Categories of several words by their first letters, in capitals."""
        found: dict[str, list[Value]] = defaultdict(list)
        for held in self.values.values():
            for value, source in held:
                words = re.findall(r"[A-Za-z]+", value.text)
                if source == "exact" and not value.title and 2 <= len(words) <= 5 and not has_han(value.text):
                    found["".join(word[0] for word in words).upper()].append(value)
        return found

    @cached_property
    def headers(self) -> tuple[tuple[tuple[str, ...], tuple[Term, ...]], ...]:
        """Own headers of several words by the roots of these: see :mod:`scattered`."""
        from agent.parsing.store_words.scattered import read_headers  # which reads a whole vocabulary

        return read_headers(self)

    @cached_property
    def rooted(self) -> dict[str, list[Value]]:
        """Categories of one English word by its root: Cancelled for "cancellations"."""
        found: dict[str, list[Value]] = defaultdict(list)
        for held in self.values.values():
            for value, source in held:
                if source == "exact" and not value.title and value.text.isascii() and value.text.isalpha():
                    found[root_of(value.text.casefold())].append(value)
        return found

    def filled(self, entity: str, path: str) -> bool:
        """Whether the field at the end of a path holds anything in any record."""
        try:
            walked, last = self.model.field(entity, path)
        except KeyError:
            return False
        here = entity
        for link in walked:
            if not self.content(here, link.key).count:
                return False
            here = str(link.to)
        return self.content(here, last.key).count > 0

    def content(self, entity: str, key: str) -> FieldContent:
        """What is known about one field's values."""
        return self.contents.fields.get((entity, key), FieldContent())

    def rows(self, entity: str) -> int:
        """Number of records of an entity."""
        return self.contents.rows.get(entity, 0)

    def span(self, entity: str, path: str) -> tuple[date, date] | None:
        """First and last day that a time field holds."""
        walked, last = self.model.field(entity, path)
        held = self.content(str(walked[-1].to) if walked else entity, last.key)
        return (held.first, held.last) if held.first and held.last else None

    @cached_property
    def columns(self) -> Columns:
        """The columns that belong together: planned and actual days, amounts by what they are of."""
        return read_columns(self)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every value as it is written, for checks that a text brings no name in."""
        return tuple({value.text for held in self.values.values() for value, source in held if source == "exact"})

    @cached_property
    def latin_names(self) -> Spellings:
        """Keys of values in Latin script, for the search after typing errors."""
        return Spellings([key for key, held in self.values.items() if len(key) >= 4 and not has_han(key) and not self.is_number(held[0][0])])

    def is_number(self, value: Value) -> bool:
        """Whether a record is told by its number there: one figure more or less is another record, and no typing error."""
        spec = self.model.entities[value.entity].fields[value.field]
        return value.title and spec.type is FieldType.TEXT and not (spec.custom and value.entity in PEOPLE)

    @cached_property
    def label_parts(self) -> dict[str, list[Term]]:
        """Parts of the export's own labels, by which people call them: see :mod:`label_parts`."""
        return read_label_parts(self)

    @cached_property
    def shortened(self) -> Places:
        """Runs of words of own headers, which questions have in full: see :mod:`shortened`."""
        return read_shortened(self)

    @cached_property
    def flag_words(self) -> list[tuple[str, str, Value, Value]]:
        """Headers of several words that say yes or no: see :mod:`flag_words`."""
        return read_flag_words(self)

    @cached_property
    def code_lists(self) -> frozenset[str]:
        """Own tables of nothing but words, which tell what codes of other tables stand for."""
        own = (entity for entity in self.model.entities.values() if entity.custom_table is not None and self.rows(entity.key))
        return frozenset(each.key for each in own if all(f.type is FieldType.TEXT for f in each.fields.values() if self.content(each.key, f.key).count))

    @cached_property
    def label_heads(self) -> dict[str, list[Term]]:
        """What the export's own longer Chinese labels end with: 得分 of 综合得分."""
        return read_label_heads(self)

    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted(
            key for key, held in self.values.items() if not has_han(key) and any(v.title and source == "exact" and not self.is_number(v) for v, source in held)
        )

    @cached_property
    def _names_backwards(self) -> list[str]:
        return sorted(name[::-1] for name in self._sorted_names)

    def beginning(self, word: str, most: int = 8) -> list[Value]:
        """Records whose whole name begins with a word, with a longer one also those whose name ends with it; none where they are more than ``most``."""
        keys = _with_prefix(self._sorted_names, word, most)
        if keys and len(word) >= LONG_ENOUGH:  # what only ends so may as well be a word with a letter wrong
            keys = list(dict.fromkeys((*keys, *(name[::-1] for name in _with_prefix(self._names_backwards, word[::-1], most)))))
        if len(keys) > most:
            return []
        return [value for key in keys for value, source in self.values[key] if source == "exact" and value.title and not self.is_number(value)]

    @cached_property
    def states(self) -> dict[str, dict[str, str]]:
        """Chinese texts of categories that are written as what is done or to come (已流失, 待续费), with their field, by the kind of record."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for entity in self.model.entities.values():
            for key, spec in entity.fields.items():
                if spec.type in {FieldType.TEXT, FieldType.STAGE}:
                    texts = self.content(entity.key, key).values
                    found[entity.key] |= {text: key for text in texts if len(text) > 2 and text[0] in {"已", "未", "待", "没"} and has_han(text)}
        return dict(found)

    @cached_property
    def surnames(self) -> dict[str, tuple[Value, ...]]:
        """People with a Chinese name by the first character of it."""
        found: dict[str, dict[Value, None]] = defaultdict(dict)
        for key, held in self.values.items():
            if 2 <= len(key) <= LONGEST_PERSON and all(map(has_han, key)):
                exact = [value for value, source in held if source == "exact"]
                if any(is_person(value, self.model) for value in exact):
                    found[key[0]].update(dict.fromkeys(exact))
        return {first: tuple(people) for first, people in found.items()}

    @cached_property
    def han_names(self) -> dict[str, Spellings]:
        """Keys of values that contain Han characters, by the entities that hold one of that name in full."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for key, held in self.values.items():
            if has_han(key):
                for value, source in held:
                    if source == "exact":
                        found[value.entity][key] = None
        return {entity: Spellings(list(keys)) for entity, keys in found.items()}

    @cached_property
    def term_keys(self) -> list[str]:
        """Keys of terms in Latin script."""
        return [key for key in self.terms if len(key) >= 5 and not has_han(key)]


def _with_prefix(names: list[str], word: str, most: int) -> list[str]:
    """Those of sorted names that begin with a word, up to one more than ``most``."""
    at = bisect_left(names, word)
    return list(takewhile(lambda name: name.startswith(word), names[at : at + most + 1]))


def build_vocabulary(session: Session, model: SemanticModel) -> Vocabulary:
    """Read the store's vocabulary: one pass per table, whatever the questions will be."""
    found = Vocabulary(model, read_contents(session, model))
    found.namesakes = read_bearers(session, model, found.contents)
    for key, term in _terms(model, found):
        held = found.terms[key]
        if term not in held:
            held.append(term)
    for key, term in (*_asked(found), *_outcomes(found)):
        held = found.terms[key]
        if not any((other.what, other.entity, other.key) == (term.what, term.entity, term.key) for other in held):
            held.append(term)
    _lend(found)
    name_tables(found)
    for entity, noun in (*common_nouns(found.contents, model), *called_by_titles(found)):
        if not any(term.what in {"entity", "kind"} for term in found.terms.get(term_key(noun), ())):
            found.terms[term_key(noun)].append(Term("entity", entity, entity, 3))
    for (entity, name), content in found.contents.fields.items():
        kind = model.entities[entity]
        spec = kind.fields[name]
        if spec.type is FieldType.FLAG and content.count:
            for stored, words in FLAG_WORDS.items():
                for word in words if name == "active" else ():
                    found.values[name_key(word)].append((Value(entity, name, stored, content.count, False, spec.classification), "exact"))
            for stored, word in dict.fromkeys((*opposites(spec), *said_of_flag(spec))):
                found.values[name_key(word)].append((Value(entity, name, stored, content.count, False, spec.classification), "exact"))
        title = (kind.title == name and spec.type is FieldType.NAME) or (spec.type is FieldType.REF and not spec.custom) or name in {RECORD_ID, *NUMBERED}
        title = title or (spec.type is FieldType.TEXT and content.numbers_records())
        title = title or (entity in PEOPLE and spec.custom and content.names_people())
        for text, count in content.values.items():
            value = Value(entity, name, text, count, title, spec.classification)
            _add(found, value)
            for stem in (*without_noun(text, kind.words.zh), *said_of_state(text, spec)) if not title else ():
                found.values[name_key(stem)].append((value, "alias"))
            for word in (*spec.values[text].en, *spec.values[text].zh) if text in spec.values else ():
                found.values[name_key(word)].append((value, "exact"))
                for other in glossary().get(name_key(word), ()):  # 取消, where a list says that CXL stands for "Cancelled"
                    if (value, "exact") not in found.values[name_key(other)]:
                        found.values[name_key(other)].append((value, "alias"))
    share_short_forms(found)
    say_own_kinds(found)
    found.longest = max((len(key) for key in (*found.values, *found.terms)), default=1)
    return found


def _lend(found: Vocabulary) -> None:
    """A word for a field that is empty here also means the field of that name that another kind of record has filled."""
    for held in found.terms.values():
        if any(term.filled for term in held):
            continue
        for term in [term for term in held if term.what == "field"]:
            for entity in found.model.entities.values():
                lent = Term("field", entity.key, term.key, term.rank + 3, True)
                if term.key in entity.fields and found.content(entity.key, term.key).count and lent not in held and term.key not in GENERIC:
                    held.append(lent)


def _add(found: Vocabulary, value: Value) -> None:
    key = name_key(value.text)
    if not key or (not value.title and key in YES_AND_NO):
        return  # 有 and 无, yes and no are words of every question
    found.values[key].append((value, "exact"))
    if found.is_number(value) or (value.title and found.rows(value.entity) > MOST_WITH_FORMS):
        return  # names of so many records are called in full, or not at all
    core = core_of(value.text) if not value.title else value.text
    if core != value.text:
        found.values[name_key(core)].append((value, "alias"))
    if len(core) <= LONGEST_SPELT and has_han(core):
        for latin in spellings(core, person=value.title):
            found.values[latin].append((value, "alias"))
    if not value.title:
        for word in {*glossary().get(key, ()), *glossary().get(name_key(core), ())}:
            if name_key(word) not in {key, name_key(core)}:
                found.values[name_key(word)].append((value, "alias"))
    for form, source in name_forms(value.text, value.title):
        short = name_key(form)
        if short and short != key and (value, source) not in found.values[short]:
            found.values[short].append((value, source))


def _terms(model: SemanticModel, found: Vocabulary) -> Iterator[tuple[str, Term]]:
    for entity in model.entities.values():
        for rank, word in _ranked(entity.words.en, entity.words.zh):
            yield term_key(word), Term("entity", entity.key, entity.key, rank, found.rows(entity.key) > 0)
        for kind, words in entity.kinds.items():
            for rank, word in _ranked(words.en, words.zh):
                yield term_key(word), Term("kind", entity.key, kind, rank, found.rows(entity.key) > 0)
        for spec in entity.fields.values():
            filled = found.content(entity.key, spec.key).count > 0
            for rank, word in _ranked(spec.words.en, spec.words.zh):
                yield term_key(word), Term("field", entity.key, spec.key, rank, filled)
                for kind in (*entity.words.en[:3], *entity.words.zh[:2]) if filled and not spec.type.is_time else ():
                    if has_han(kind) == has_han(word):  # "product series", 客户行业
                        yield term_key(kind) + term_key(word), Term("field", entity.key, spec.key, rank, filled)
            for head in heads_of(spec) if filled and entity.custom_table is not None else ():
                yield term_key(head), Term("field", entity.key, spec.key, 3, filled)
            for role in roles_of(spec) if filled else ():
                yield term_key(role), Term("field", entity.key, spec.key, 4, filled)
            for dated in dated_labels(spec) if filled else ():
                yield term_key(dated), Term("field", entity.key, spec.key, 1, filled)
            for bare in bare_labels(spec):
                yield term_key(bare), Term("field", entity.key, spec.key, 1, filled)
            for word in (*units_of(spec), *sayings_of(spec)) if filled else ():
                yield term_key(word), Term("field", entity.key, spec.key, 3, filled)
            for word in deeds_of(spec) if filled else ():
                yield term_key(word), Term("field", entity.key, spec.key, 4, filled)
            for rank, word in _ranked(*_without_entity(spec, entity)) if filled else ():
                yield term_key(word), Term("field", entity.key, spec.key, rank + 2, filled)
            for rank, word in _ranked(spec.inverse.en, spec.inverse.zh) if spec.inverse else ():
                yield term_key(word), Term("inverse", entity.key, spec.key, rank, filled)
    for measure in model.measures.values():
        for rank, word in _ranked(measure.words.en, measure.words.zh):
            yield term_key(word), Term("measure", measure.entity, measure.key, rank, _has_data(found, measure))


def _has_data(found: Vocabulary, measure: Measure) -> bool:
    """Whether there are records, and any of them holds what the measure folds or is conditioned by."""
    if not found.rows(measure.entity):
        return False
    fields = found.model.entities[measure.entity].fields
    parts = [found.model.measures[arg] for arg in measure.args] if measure.op == "rate" else [measure]
    needed = {name for part in parts for name in (*part.args, *part.where) if name in fields}
    return all(found.content(measure.entity, name).count for name in needed)


def bare_labels(spec: Field) -> Iterator[str]:
    """An export's own label without its unit ("MRR (EUR)"), a yes-or-no field without the asking (是否招标)."""
    for label in dict.fromkeys((*spec.words.en, *spec.words.zh)) if spec.custom else ():
        plain = re.sub(r"\s*[（(][^（）()]*[）)]\s*$", "", label)
        if spec.type is FieldType.FLAG:
            plain = re.sub(r"^(?:是否|有无|is |has )", "", plain, flags=re.IGNORECASE)
        if plain and plain != label:
            yield plain
        ours = re.sub(r"^(?:我方|我司|我们的?|本公司|本司|our )", "", plain, flags=re.IGNORECASE)
        if ours != plain and len(ours) >= 2:
            yield ours


def opposites(spec: Field) -> Iterator[tuple[str, str]]:
    """What the records are called for which a yes-or-no field says yes or no: 保内 and 保外 of 是否保内, 未付 beside 已付."""
    for label in dict.fromkeys((*spec.words.zh, *spec.words.en)) if spec.custom else ():
        plain = re.sub(r"^(?:是否|有无|是不是)", "", label)
        if re.fullmatch(r"[A-Za-z]+ed", plain) and not plain.casefold().startswith("un"):
            yield "false", f"un{plain.casefold()}"  # "uninsured" beside Insured
        for one, other in OPPOSITES if has_han(plain) and len(plain) >= 2 else ():
            if plain.startswith(one) and len(plain) > len(one):
                yield from (("true", plain), ("false", other + plain[len(one) :]))
            elif plain.endswith(one) and one in AT_THE_END and len(plain) <= 4:
                yield from (("true", plain), ("false", plain[: -len(one)] + other))


def _asked(found: Vocabulary) -> Iterator[tuple[str, Term]]:
    """The further words by which people ask, behind all words of the model; none that this export calls another column by."""
    more = synonyms()
    specs = [spec for kind in found.model.entities.values() for spec in kind.fields.values() if found.content(kind.key, spec.key).count]
    labelled: dict[str, set[str]] = defaultdict(set)
    money: dict[str, set[str]] = defaultdict(set)  # 签约金额 of deals is no amount of contracts
    for spec in specs:
        for label in own_labels(spec):
            labelled[term_key(label)].add(spec.key)
            if spec.type is FieldType.MONEY:
                money[term_key(label)].add(spec.entity)
    for entity, words in more["entities"].items():
        for _, word in _ranked(words["en"], words["zh"]):
            yield term_key(word), Term("entity", entity, entity, 4, found.rows(entity) > 0)
    for entity, fields in more["fields"].items():
        for key, words in fields.items():
            for _, word in _ranked(words["en"], words["zh"]):
                if has_han(word) and not found.content(entity, key).count:
                    continue  # its characters may mean something else here
                if term_key(word) in labelled and key not in labelled[term_key(word)]:
                    continue  # "branch" is the office where a column is called so, and no line of business
                if entity not in money.get(term_key(word), {entity}):
                    continue
                yield term_key(word), Term("field", entity, key, 4, found.content(entity, key).count > 0)
    for key, words in more["measures"].items():
        measure = found.model.measures[key]
        for rank, word in _ranked(words["en"], words["zh"]):
            if (has_han(word) and not _has_data(found, measure)) or measure.entity not in money.get(term_key(word), {measure.entity}):
                continue
            yield term_key(word), Term("measure", measure.entity, key, min(rank + 3, 6), _has_data(found, measure))


def _outcomes(found: Vocabulary) -> Iterator[tuple[str, Term]]:
    """As in 中标率, 签单额: a word for how a deal ended, with what is counted of it."""
    for word, key, rank in outcome_words(found):
        measure = found.model.measures[key]
        yield word, Term("measure", measure.entity, key, rank, _has_data(found, measure))


def _without_entity(spec: Field, entity: Entity) -> tuple[tuple[str, ...], ...]:
    """As in "account type" and 客户类型 of an account: the type, 类型."""
    found: list[tuple[str, ...]] = []
    for labels, kinds in ((spec.words.en, entity.words.en), (spec.words.zh, entity.words.zh)):
        short = [label[len(kind) :].strip() for label in labels for kind in kinds if label.casefold().startswith(kind.casefold()) and label != kind]
        found.append(tuple(dict.fromkeys(word for word in short if len(word) >= 2 and word not in labels and word[0] not in "的'")))
    return tuple(found)


def own_labels(spec: Field) -> tuple[str, ...]:
    """What the export itself calls a field, where that is no shipped word."""
    if spec.custom:
        return spec.words.en[:1]
    shipped = base_model().entities[spec.entity].fields.get(spec.key) if spec.entity in base_model().entities else base_model().entities.get(spec.to or "")
    known = {*shipped.words.en, *shipped.words.zh} if shipped else set()
    return tuple(word for word in dict.fromkeys((*spec.words.en, *spec.words.zh)) if shipped and word not in known)


def own_names(entity: Entity) -> tuple[str, ...]:
    """What the export itself calls a kind of record, where that is no shipped word."""
    shipped = base_model().entities.get(entity.key)
    known = {*shipped.words.en, *shipped.words.zh} if shipped else set()
    return tuple(word for word in dict.fromkeys((*entity.words.en, *entity.words.zh)) if word not in known)


def heads_of(spec: Field) -> Iterator[str]:
    """What a column of an own table tells of its records, as its header ends, in both languages: the status of "shipment status", 结果 of 投标结果."""
    for label in spec.words.en if spec.custom and spec.type in {FieldType.TEXT, FieldType.STAGE} else ():
        for words in HEADS:
            if any(label.casefold().endswith(word if has_han(word) else f" {word}") or label.casefold() == word for word in words):
                yield from words


def roles_of(spec: Field) -> Iterator[str]:
    """What kind of person a reference names: 工程师 of 装机工程师."""
    for label in own_labels(spec) if spec.type is FieldType.REF else ():
        found = re.search(r"(?:工程师|负责人|业务员|责任人|经理|专员|顾问|代表|主管|销售|客服)$", label)
        if found and found.start() > 0:
            yield found.group()


def _ranked(*lists: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for words in lists:
        yield from enumerate(words)
