"""Reads the vocabulary of a store: its values, the words for its fields, measures and kinds of record, and the ways in which people say these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy.orm import Session

from agent.parsing.language.lexicon import glossary, synonyms
from agent.parsing.language.text import has_han, name_key, term_key
from agent.parsing.store_words.addressing import PEOPLE
from agent.parsing.store_words.asked_flags import said_of_flag
from agent.parsing.store_words.bearers import read_bearers
from agent.parsing.store_words.ceded_words import cede_words
from agent.parsing.store_words.contents import NUMBERED, read_contents
from agent.parsing.store_words.contracted_deals import contracted
from agent.parsing.store_words.dated_headers import dated_labels
from agent.parsing.store_words.done_or_not import said_of_state
from agent.parsing.store_words.english_names import name_tables
from agent.parsing.store_words.finer_states import cede_states, read_finer_states
from agent.parsing.store_words.label_heads import lend_heads
from agent.parsing.store_words.naming import LONGEST_SPELT, common_nouns, core_of, model_of, name_forms, said_of_end, spellings, without_noun
from agent.parsing.store_words.outcome_words import outcome_words
from agent.parsing.store_words.own_headers import bare_labels, heads_of, opposites, own_labels, own_names, roles_of, without_unit
from agent.parsing.store_words.own_kinds import say_own_kinds
from agent.parsing.store_words.own_orders import cede_orders, read_orders
from agent.parsing.store_words.partly_paid import read_partly_paid
from agent.parsing.store_words.placed_names import share_short_forms
from agent.parsing.store_words.receivables import cede_receivables
from agent.parsing.store_words.said_of import called_by_titles, deeds_of, said_of_settled, sayings_of, units_of
from agent.parsing.store_words.title_nouns import translate_titles
from agent.parsing.store_words.unit_columns import say_units
from agent.parsing.store_words.unkept_flags import uncover_states
from agent.parsing.store_words.vocabulary import Term, Value, Vocabulary
from tools.crm.semantic import Entity, Field, FieldType, Measure, SemanticModel
from tools.crm.semantic.model import RECORD_ID, base_model
from tools.crm.semantic.thesaurus import concepts

MOST_WITH_FORMS = 5000
SORTS = {"sector", "source", "kind", "category", "family"}  # a reason such as 预算取消 is no sort of what it ends with, nor is the rival 东明医疗
FLAG_WORDS = {
    "true": ("在职", "启用", "上架", "employed", "current reps", "current sales reps", "current salespeople", "current employees", "current staff"),
    "false": ("离职", "停用", "下架", "inactive", "离职的", "former"),
}
YES_AND_NO = {"是", "否", "有", "无", "没有", "对", "错", "真", "假", "yes", "no", "y", "n", "true", "false", "t", "f", "x", "on", "off", "√", "✓"}
GENERIC = {"name", "title", "status", "kind", "description", "subject", "body", "number", "amount", "currency", "source", "period", "phone", "email"}


def build_vocabulary(session: Session, model: SemanticModel) -> Vocabulary:
    """Read the store's vocabulary: one pass per table, whatever the questions will be."""
    found = Vocabulary(model, read_contents(session, model))
    found.namesakes = read_bearers(session, model, found.contents)
    found.partly_paid = read_partly_paid(session, found)
    for key, term in _terms(model, found):
        held = found.terms[key]
        if term not in held:
            held.append(term)
    for key, term in (*_asked(found), *_outcomes(found), *contracted(found)):
        held = found.terms[key]
        if not any((other.what, other.entity, other.key) == (term.what, term.entity, term.key) for other in held):
            held.append(term)
    _settle(found)
    _lend(found)
    name_tables(found)
    found.finer_states = read_finer_states(found)
    cede_states(found)
    found.orders = read_orders(found)
    cede_orders(found)
    cede_receivables(found)
    cede_words(found)
    _follow(found)
    for entity, noun in (*common_nouns(found.contents, model), *called_by_titles(found)):
        if not any(term.what in {"entity", "kind"} for term in found.terms.get(term_key(noun), ())):
            found.terms[term_key(noun)].append(Term("entity", entity, entity, 3))
    translate_titles(found)
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
            if (entity, name) == ("product", RECORD_ID) and (model_code := model_of(text)) is not None:
                found.values[name_key(model_code)].append((value, "alias"))
            for stem in (*without_noun(text, kind.words.zh), *said_of_state(text, spec)) if not title else ():
                found.values[name_key(stem)].append((value, "alias"))
            for word in said_of_end(core_of(text)) if name in SORTS and not (title or spec.custom) else ():
                if term_key(word) not in found.terms:
                    found.values[name_key(word)].append((value, "part"))
            for word in (*spec.values[text].en, *spec.values[text].zh) if text in spec.values else ():
                found.values[name_key(word)].append((value, "exact"))
                for other in glossary().get(name_key(word), ()):  # 取消, where a list says that CXL stands for "Cancelled"
                    if (value, "exact") not in found.values[name_key(other)]:
                        found.values[name_key(other)].append((value, "alias"))
    say_units(found)
    share_short_forms(found)
    say_own_kinds(found)
    uncover_states(found)
    lend_heads(found)
    found.longest = max((len(key) for key in (*found.values, *found.terms)), default=1)
    return found


def _settle(found: Vocabulary) -> None:
    """An export's own word for a figure is none for the column that it adds up: open deals hold another there."""
    for measure in found.model.measures.values():
        shipped = base_model().measures[measure.key].words if measure.key in base_model().measures else measure.words
        for word in ({*measure.words.en, *measure.words.zh} - {*shipped.en, *shipped.zh}) | {*measure.headers}:
            held = found.terms[term_key(word)]
            held[:] = [term for term in held if (term.what, term.entity, term.key) != ("field", measure.entity, measure.args[0])]


def _with_kind(word: str, entity: Entity) -> Iterator[str]:
    """A word for a field behind what its records are called: "product series", 客户行业."""
    return (term_key(kind) + term_key(word) for kind in (*entity.words.en[:3], *entity.words.zh[:2]) if has_han(kind) == has_han(word))


def _follow(found: Vocabulary) -> None:
    """Behind what its records are called a word means what it means of them alone: 商机成交金额 what 成交金额 does."""
    for entity in found.model.entities.values():
        for spec in entity.fields.values():
            for word in (*spec.words.en, *spec.words.zh):
                alone = [term for term in found.terms.get(term_key(word), ()) if term.entity == entity.key and term.what in {"field", "measure"}]
                for whole in _with_kind(word, entity) if alone else ():
                    if whole in found.terms:
                        means_it = any((term.what, term.key) == ("field", spec.key) for term in alone)
                        kept = [term for term in found.terms[whole] if means_it or (term.what, term.entity, term.key) != ("field", entity.key, spec.key)]
                        found.terms[whole] = [*kept, *(term for term in alone if term not in kept)] if kept else []  # two words, where it is no field


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
                for whole in _with_kind(word, entity) if filled and not spec.type.is_time else ():
                    yield whole, Term("field", entity.key, spec.key, rank, filled)
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
                if _ends_others(word, spec, found):
                    continue
                yield term_key(word), Term("field", entity.key, spec.key, rank + 2, filled)
            for rank, word in _ranked(spec.inverse.en, spec.inverse.zh) if spec.inverse else ():
                yield term_key(word), Term("inverse", entity.key, spec.key, rank, filled)
    for measure in model.measures.values():
        for rank, word in _ranked(measure.words.en, measure.words.zh) if not _is_of_unkept_day(found, measure) else ():
            yield term_key(word), Term("measure", measure.entity, measure.key, rank, _has_data(found, measure))
        for deed in said_of_settled(measure):
            yield deed, Term("measure", measure.entity, measure.key, 4, _has_data(found, measure))


def _ends_others(word: str, spec: Field, found: Vocabulary) -> bool:
    """As 保费 of the 到账保费 of payments beside 签单保费 and 应缴保费: what is left of a header without its records is the end of other amounts."""
    if spec.type is not FieldType.MONEY or not has_han(word):
        return False
    money = ((kind.key, each) for kind in found.model.entities.values() for each in kind.fields.values() if each.type is FieldType.MONEY and each is not spec)
    return any(found.content(kind, each.key).count and any(_ends_with(label, word) for label in own_labels(each)) for kind, each in money)


def _ends_with(label: str, word: str) -> bool:
    plain = without_unit(label)
    return plain != word and plain.endswith(word)


def _is_of_unkept_day(found: Vocabulary, measure: Measure) -> bool:
    """As "open tickets", where no day of closing is kept: records without one are all of them, and 未关闭 may be told by their state."""
    unkept = (key for key, values in measure.where.items() if values == () and not found.content(measure.entity, key).count)
    return found.rows(measure.entity) > 0 and measure.op == "count" and any(unkept)


def _has_data(found: Vocabulary, measure: Measure) -> bool:
    """Whether there are records, and any of them holds what the measure folds or is conditioned by."""
    if not found.rows(measure.entity):
        return False
    fields = found.model.entities[measure.entity].fields
    parts = [found.model.measures[arg] for arg in measure.args] if measure.op == "rate" else [measure]
    needed = {name for part in parts for name in (*part.args, *part.where) if name in fields}
    return all(found.content(measure.entity, name).count for name in needed)


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
    own = {concept: entity for entity in found.model.entities.values() if entity.custom_table is not None for concept in _concepts_of(found, entity)}
    for entity, words in more["entities"].items():
        for _, word in _ranked(words["en"], words["zh"]):
            table = next((own[concept] for concept in concepts(word) if concept in own), None)
            if table is not None and table.key != entity:  # 案子 are the 案件 of a table that is called so
                yield term_key(word), Term("entity", table.key, table.key, 4)
                continue
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
            if (
                _is_of_unkept_day(found, measure)
                or (has_han(word) and not _has_data(found, measure))
                or measure.entity not in money.get(term_key(word), {measure.entity})
            ):
                continue
            yield term_key(word), Term("measure", measure.entity, key, min(rank + 3, 6), _has_data(found, measure))


def _concepts_of(found: Vocabulary, entity: Entity) -> Iterator[str]:
    """What the thesaurus has for the names of a kind of record that there are any of."""
    for name in own_names(entity) if found.rows(entity.key) else ():
        yield from concepts(name)


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


def _ranked(*lists: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for words in lists:
        yield from enumerate(words)
