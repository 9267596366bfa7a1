"""Finds what the words of a question may mean: cues, values, terms, periods and numbers, and the best way to cover the question with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from agent.parsing.addressing import addressed
from agent.parsing.codes import code_spans, cuts_code
from agent.parsing.columns import Paired, find_pairs
from agent.parsing.compounding import compounds
from agent.parsing.coordinating import coordinated
from agent.parsing.counting import without_group_counts
from agent.parsing.dates import find_periods
from agent.parsing.english import ORDERS, SIDEWAYS, follows_doer, is_in_capitals, is_order, sets_bound
from agent.parsing.glossing import without_glosses
from agent.parsing.lengths import UNITS, Length, find_lengths
from agent.parsing.lexicon import cues, function_words, glossary, stopwords
from agent.parsing.numbers import Number, find_currencies, find_numbers
from agent.parsing.periods import Period
from agent.parsing.telling_apart import with_bearers
from agent.parsing.text import Token, fold, has_han, term_key, tokenise
from agent.parsing.told import without_told
from agent.parsing.vocabulary import Meant, Nearby, Source, Term, Value, Vocabulary
from tools.crm.semantic import FieldType

TYPO_CUTOFF = 86.0
TERM_CUTOFF = 89.0
CUE_CUTOFF = 86.0
SHORTEST_TYPO = 5
SHORTEST_BEGINNING = 2
Readable = Callable[[Value], bool]
QUALITY: dict[Source, float] = {"exact": 1.0, "alias": 0.9, "part": 0.75, "typo": 0.7, "neighbour": 0.65, "translated": 0.65}
UNKNOWN_COST = 3.0
LINK_COST = 0.4
LETTER_GAIN = 0.3
EARLIER = 1e-5
MAX_WORDS = 14
SURER = 0.05
RENAMED = 1.0
MOST_LOOKED_UP = 40
SURE, LONGEST_PHRASE, DISTANT, MOST_UNKNOWN = 0.75, 6, 6, 4
GRAMMATICAL = set("的了是在有和与及或按各每从到对把被让给向由里中内上下这那其个家位笔单名条种次")
PAIRED = 1.1
JOINING = {"the", "a", "an", "of", "and", "or", "by", "in", "for", "to", "with", "is", "are", "our", "my", "their", "its", "per", "on", "at", "from"}
PREPOSITIONS = {"to", "from", "in", "on", "at", "by", "of", "for", "with", "up", "out", "as", "per", "and", "or", "it", "is", "me"}
MOST_NAMESAKES = 6
OUTCOMES = {"won", "lost", "open", "closed"}
TRAILING: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("多", "高", "大", "长", "好"), ("most",)),
    **dict.fromkeys(("少", "低", "短"), ("least",)),
}
AFTERTHOUGHTS = {"呢", "些", "一", "点", "啊", "呀", "的"}
_RESULT = re.compile(r"结论|结果|判定|评定|检验|验收|\b(?:result|outcome|conclusion|verdict|decision|disposition)\b", re.IGNORECASE)
RATES = ("率", "rate", "ratio")
GRADES = {"most", "least"}
WITHIN = {"中", "内", "里"}
PAST, NUMERALS = {"过", "超", "逾"}, set("一二两三四五六七八九十百千万亿半¥￥$€")


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

    @property
    def is_rate(self) -> bool:
        """Whether it asks for the share of a category, as in 合格率."""
        return "share" in self.cues and bool(self.values or self.terms) and self.text.casefold().endswith(RATES)

    @property
    def means_more(self) -> bool:
        """Whether it is a period, a number or another thing that no header or category is called by."""
        return bool(self.period or self.number or self.length or self.currency or self.pairs)


@dataclass(frozen=True, slots=True)
class Linked:
    """The question as items in order, and the words that nothing explains."""

    tokens: tuple[Token, ...]
    items: tuple[Item, ...]
    unknown: tuple[str, ...]
    today: date | None = None


def link(question: str, vocabulary: Vocabulary, today: date, readable: Readable) -> Linked:
    """Cover the question with links: as many of its letters as possible by as few and as exact links as possible."""

    def find(words: str) -> tuple[tuple[Item, ...], bool]:
        found = _link(words, vocabulary, today, readable, None)
        return found.items, not found.unknown

    return _link(without_glosses(question, find), vocabulary, today, readable, vocabulary.nearby)


def _link(question: str, vocabulary: Vocabulary, today: date, readable: Readable, nearby: Nearby | None) -> Linked:
    tokens = tokenise(question)
    edges: dict[int, list[tuple[float, Item]]] = {}
    codes = code_spans(question, tokens)
    for weight, item in _candidates(question, tokens, vocabulary, today, readable):
        if not cuts_code(codes, item.start, item.end):
            edges.setdefault(item.start, []).append((weight, item))
    items, unknown = _cover(tokens, edges)
    if unknown:
        for weight, item in _repairs(tokens, unknown, vocabulary, readable):
            if not cuts_code(codes, item.start, item.end):
                edges.setdefault(item.start, []).append((weight, item))
        items, unknown = _cover(tokens, edges)
    unknown = without_told(tokens, items, unknown)
    empty = [at for item in items if _is_empty(item) for at in range(item.start, item.end)] if nearby is not None else []
    if empty and nearby is not None:
        for weight, item in _renamed(question, tokens, items, empty, nearby, vocabulary, readable):
            edges.setdefault(item.start, []).append((weight, item))
        items, unknown = _cover(tokens, edges)
    if unknown and nearby is not None and not any("about" in item.cues for item in items):
        words = [at for at in unknown if not any(first <= at < last for first, last in codes)][:MOST_LOOKED_UP]
        for weight, item in _translated(question, tokens, words, nearby, readable):
            edges.setdefault(item.start, []).append((weight, item))
        items, unknown = _cover(tokens, edges)
        words = [at for at in unknown if not any(first <= at < last for first, last in codes)]
        for weight, item in _neighbours(question, tokens, items, words, nearby, readable):
            edges.setdefault(item.start, []).append((weight, item))
        items, unknown = _cover(tokens, edges)
        words = [at for at in unknown if not any(first <= at < last for first, last in codes)]
        for weight, item in _phrases(question, tokens, items, words, nearby, readable):
            edges.setdefault(item.start, []).append((weight, item))
        items, unknown = _cover(tokens, edges)
    items, unknown = _with_topic(question, tokens, items, unknown)
    unknown = without_told(tokens, items, unknown)
    items = compounds(tokens, without_group_counts(tokens, items, vocabulary), vocabulary)
    items = with_bearers(tokens, items, vocabulary) if vocabulary.namesakes else items
    whole = sorted({*unknown, *(at for first, last in codes if {*unknown} & {*range(first, last)} for at in range(first, last))})
    return Linked(tokens, items, _words(question, tokens, whole), today)


def _candidates(question: str, tokens: tuple[Token, ...], vocabulary: Vocabulary, today: date, readable: Readable) -> Iterator[tuple[float, Item]]:
    for start in range(len(tokens)):
        if tokens[start].kind == "mark":
            continue
        name = stem = ""
        for end in range(start + 1, min(start + MAX_WORDS, len(tokens)) + 1):
            if tokens[end - 1].kind != "mark":
                name += tokens[end - 1].norm
                stem += tokens[end - 1].stem
            elif tokens[end - 1].text in {"?", "？", ",", "，", ";", "；"}:
                break
            if len(name) > vocabulary.longest + 20:
                break
            if tokens[end - 1].kind == "mark":
                continue
            yield from _at(tokens, start, end, name, stem, vocabulary, readable)
        for end, people in addressed(tokens, start, vocabulary):
            known = tuple(value for value in people if readable(value))
            if known and len(known) <= MOST_NAMESAKES:
                yield _weight(tokens, start, end, QUALITY["alias"]), _item(tokens, start, end, values=known, source="part")
    yield from _turned(tokens, vocabulary)
    for start, end, terms in coordinated(tokens, vocabulary):
        yield _weight(tokens, start, end, 1.0), _item(tokens, start, end, terms=terms)
    periods = find_periods(_folded(question), today)
    for found in periods:
        inside = [i for i, token in enumerate(tokens) if found.start <= token.start < found.end]
        if inside:
            yield _weight(tokens, inside[0], inside[-1] + 1, 1.05), _item(tokens, inside[0], inside[-1] + 1, period=found.period)
    for first, last, code in find_currencies(tokens):
        yield _weight(tokens, first, last, 1.0), _item(tokens, first, last, currency=code)
    for first, last, length in find_lengths(tokens):
        inner = (each.period for each in periods if tokens[first].start <= each.start and each.end <= tokens[last - 1].end)
        yield _weight(tokens, first, last, 1.1), _item(tokens, first, last, length=length, period=next(inner, None))
    for start, end, number in _hyphened(tokens):
        yield _weight(tokens, start, end, 1.2), _item(tokens, start, end, number=number)
    for first, last, pairs in find_pairs(tokens, vocabulary):
        yield _weight(tokens, first, last, PAIRED), _item(tokens, first, last, pairs=pairs)
    for number in find_numbers(tokens):
        yield _weight(tokens, number.start, number.end, 0.95), _item(tokens, number.start, number.end, number=number)


def _hyphened(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, Number]]:
    """As in "36-month contracts": how long, said of what follows, with its unit."""
    for number in find_numbers(tokens):
        unit = tokens[number.end + 1 : number.end + 2]
        if tokens[number.end : number.end + 1] and tokens[number.end].text in {"-", "‑"} and unit and unit[0].kind == "latin" and unit[0].stem in UNITS:
            yield number.start, number.end + 2, number


def _folded(question: str) -> str:
    """Full-width digits as plain ones, each letter in its place."""
    folded = "".join(fold(letter) for letter in question)
    return folded if len(folded) == len(question) else question


def _turned(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> Iterator[tuple[float, Item]]:
    """As in "the source of the lead", "founded by women": a compound said the other way round."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].norm not in {"of", "by"} or tokens[at - 1].kind != "latin":
            continue
        if tokens[at].norm == "by" and not tokens[at - 1].norm.endswith("ed"):
            continue  # "value by deal type" groups by the type
        behind = at + 2 if tokens[at + 1].norm in {"the", "a", "an", "our", "each", "every"} and at + 2 < len(tokens) else at + 1
        if tokens[behind].kind != "latin":
            continue
        terms = tuple(term for term in vocabulary.terms.get(tokens[behind].stem + tokens[at - 1].stem, ()) if term.what == "field" and term.filled)
        plain = tokens[at - 1].stem in stopwords() or {"count", "amount", "sum"} & set(cues().get(tokens[at - 1].stem, ()))
        if terms and not plain:
            yield _weight(tokens, at - 1, behind + 1, 1.0), _item(tokens, at - 1, behind + 1, terms=terms)


def _at(
    tokens: tuple[Token, ...],
    start: int,
    end: int,
    name: str,
    stem: str,
    vocabulary: Vocabulary,
    readable: Readable,
) -> Iterator[tuple[float, Item]]:
    kinds = cues().get(stem, ())
    if name in PAST and not _leads_to_number(tokens, end):
        kinds = ()  # 赢过 has happened; 过百万 is more than a million
    if kinds and name.endswith("的") and _is_in_list(tokens, start, end) and name[:-1] in vocabulary.values:
        kinds = ()  # 技改和新建的: the names of two categories
    if name in TRAILING and not kinds and _closes_choice(tokens, start, end):
        kinds = TRAILING[name]
    if kinds and name in SIDEWAYS and not sets_bound(tokens, start, end):
        kinds = ("filler",)  # "the deals under Anna", "spread over the regions"
    if stem == "accountfor" and not follows_doer(tokens, start):
        kinds = ()  # "top 5 accounts for the West"
    terms = tuple(vocabulary.terms.get(stem, ())) if end - start > 1 or name not in PREPOSITIONS else ()
    terms = terms or tuple(vocabulary.label_heads.get(name, ()))
    if name in ORDERS and is_order(tokens, start, end):
        terms = ()  # "name the customer" asks for no names
    if end - start > 1 and any(token.text in {":", "："} for token in tokens[start:end]):
        kinds, terms = (), ()
    if terms and not kinds and not any(term.filled for term in terms):
        terms = tuple(vocabulary.label_parts.get(stem, ())) or terms  # "weight" is that of "gross weight" where nothing else of the name is filled
    if any(term.what == "field" and term.rank == 0 and term.filled for term in terms):
        terms = tuple(term for term in terms if term.rank < DISTANT)  # what is called so comes before what may be called so too
    hits = [(value, source) for value, source in vocabulary.values.get(name, ()) if readable(value)]
    if not (hits or kinds or terms) and (rated := _rated(tokens, end, name, vocabulary, readable)) is not None:
        kinds, (hits, terms) = ("share",), rated
    if hits and is_in_capitals(tokens, start, end):
        kinds = ()  # "accounts in the US"
    if not hits and stem != name:
        hits = [(value, source) for value, source in vocabulary.values.get(stem, ()) if readable(value)]
    if kinds or hits or _is_function_word(tokens, start, end, kinds):
        terms = tuple(term for term in terms if term.filled)
    best = min((list(QUALITY).index(source) for _, source in hits), default=0)
    source = list(QUALITY)[best]
    values = tuple(value for value, found in hits if list(QUALITY).index(found) == best)
    if terms and all(_lists_words(value.entity, vocabulary) for value in values):
        values = ()  # an export's own table that lists the model's words, such as a data dictionary
    if end - start == 1 and len(name) <= 3 and name in stopwords():
        said = tokens[start].text
        values = tuple(value for value in values if value.text == said or (said.isupper() and len(said) > 1))  # "it" is not the IT department
    if kinds and source == "alias" and values and {"opened", "signed", "expiring"} >= set(kinds) and _says_which(tokens, end, vocabulary):
        kinds = ()  # 续约单, 新签赢单: a kind of deal
    if kinds and source == "alias" and not _is_in_list(tokens, start, end) and not {*GRADES, "amount", "moved"} & set(kinds):
        values = ()  # "engaged" says when a deal began before it is another word for a stage
    if any(term.what == "entity" and term.rank < 3 for term in terms):
        written = {tokens[at].text for at in range(start, end)}
        values = tuple(value for value in values if value.title or value.text in written or len(written) > 1)  # "customers" are no account of the type Customer
    if name in WITHIN and _ends_place(tokens, start, end):
        values = tuple(value for value in values if _is_beside_its_field(tokens, start, vocabulary, value))
    if source == "part" and (terms or len(values) > MOST_NAMESAKES or _is_function_word(tokens, start, end, kinds)):
        values = ()  # a word of everyday language, or of too many names, stands for none of them
    if kinds or terms or values:
        quality = 1.0 if kinds or terms else QUALITY[source]
        grade = end - start == 1 and len(name) == 1 and start > 0 and any(value.text == tokens[start].text for value in values)
        yield (
            max(_weight(tokens, start, end, quality), LINK_COST if grade else float("-inf")),
            _item(tokens, start, end, cues=kinds, terms=terms, values=values, source=source, read_as=_other_word(values, source, tokens[start])),
        )


def _ends_place(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """As in 三甲医院的拜访中，…: a locative at the end of a clause."""
    return start > 1 and end < len(tokens) and tokens[end].kind == "mark"


def _is_beside_its_field(tokens: tuple[Token, ...], start: int, vocabulary: Vocabulary, value: Value) -> bool:
    """As in 意向中: the word right before is the name of the field."""
    before = "".join(token.text for token in tokens[max(start - 6, 0) : start])
    words = vocabulary.model.entities[value.entity].fields[value.field].words
    return any(before.endswith(word) for word in words.zh)


def _rated(
    tokens: tuple[Token, ...], end: int, name: str, vocabulary: Vocabulary, readable: Readable
) -> tuple[list[tuple[Value, Source]], tuple[Term, ...]] | None:
    """As in 合格率, "acceptance rate", 招标率: the result, or the yes of an own flag, whose share is meant; 续约率 is no share of a kind of deal."""
    ending = next((ending for ending in RATES if name.endswith(ending) and tokens[end - 1].norm == ending), None)
    if ending is None:
        return None
    rest, entities = name[: -len(ending)], vocabulary.model.entities
    hits: list[tuple[Value, Source]] = []
    for value, source in vocabulary.values.get(rest, ()):
        words = entities[value.entity].fields[value.field].words
        if source in {"exact", "alias"} and readable(value) and any(_RESULT.search(label) for label in (*words.zh, *words.en)):
            hits.append((value, source))
    named = [(term, entities[term.entity].fields[term.key]) for term in vocabulary.terms.get(rest, ()) if term.what == "field" and term.filled]
    flags = tuple(term for term, field in named if field.type is FieldType.FLAG and field.custom)
    return (hits, () if hits else flags) if hits or flags else None


def _is_in_list(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """As in 新建、技改: one name of several."""
    return any(tokens[at].text in {"、", "和", "与", "跟", "及"} for at in (start - 1, end) if 0 <= at < len(tokens))


def _lists_words(entity: str, vocabulary: Vocabulary) -> bool:
    """Whether values of an own table are words of a list: its rows refer to no record."""
    fields = vocabulary.model.entities[entity].fields.values()
    return entity.startswith("custom:") and not any(field.type is FieldType.REF and vocabulary.content(entity, field.key).count for field in fields)


def _says_which(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary) -> bool:
    """Whether the next word is one for deals, which the word before tells apart."""
    for end in range(min(at + 3, len(tokens)), at, -1):
        stem = "".join(token.stem for token in tokens[at:end])
        deals = any(term.what == "entity" and term.entity == "opportunity" for term in vocabulary.terms.get(stem, ()))
        if deals or {"won", "lost"} & set(cues().get(stem, ())):
            return True
    return False


def _other_word(values: tuple[Value, ...], source: Source, first: Token) -> str:
    """The store's own word, where another of the same meaning was said, or a Chinese name was spelt in Latin letters."""
    if source != "alias" or not values or (values[0].title and has_han(values[0].text) == (first.kind == "han")):
        return ""
    return values[0].text


def _closes_choice(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """As in 杭州和苏州哪个客户多: the adjective at the end of a question that asks which or who."""
    rest = [token.text for token in tokens[end:] if token.kind != "mark"]
    return start > 2 and all(text in AFTERTHOUGHTS for text in rest) and any(token.text in {"哪", "谁"} for token in tokens[:start])


def _leads_to_number(tokens: tuple[Token, ...], at: int) -> bool:
    return at < len(tokens) and (tokens[at].kind == "number" or tokens[at].text in NUMERALS)


def _is_function_word(tokens: tuple[Token, ...], start: int, end: int, kinds: tuple[str, ...]) -> bool:
    return bool(kinds) or (end - start == 1 and tokens[start].stem in stopwords())


def _repairs(tokens: tuple[Token, ...], unknown: list[int], vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """Typing errors in names and terms, and parts of Chinese names, at the places that nothing explains."""
    places = set(unknown)
    silent = stopwords()
    starts = {
        start
        for place in places
        for start in range(max(place - 2, 0), place + 1)
        if start == place or tokens[start].kind == "han" or tokens[start].stem not in silent
    }
    for start in sorted(starts):
        for end in range(start + 1, min(start + 5, len(tokens)) + 1):
            span = tokens[start:end]
            parts = vocabulary.label_parts.get("".join(token.stem for token in span)) if places.intersection(range(start, end)) else None
            if parts and (span[0].kind != "han" or len(span) > 1):
                yield _weight(tokens, start, end, QUALITY["part"]), _item(tokens, start, end, terms=tuple(parts), source="part")
            if end == start + 1 and start not in places and _is_light(tokens[start]):
                yield from _han_part(tokens, start, vocabulary, readable)  # 不锈钢: the 不 is no negation
            ends_well = end - 1 in places or (start in places and tokens[end - 1].stem not in silent)
            if not ends_well or any(token.kind == "mark" for token in span):
                continue
            if not places.intersection(range(start, end)):
                continue
            key = "".join(token.norm for token in span)
            if all(token.kind in {"latin", "number"} for token in span):
                yield from _begun(tokens, start, end, vocabulary, readable)
            if end == start + 1 and span[0].kind == "latin":
                yield from _misspelt(tokens, start)
                yield from _stated(tokens, start, vocabulary, readable)
                yield from _abbreviated(tokens, start, vocabulary, readable)
            if span[0].kind == "han":
                if end == start + 1:
                    yield from _han_part(tokens, start, vocabulary, readable)
                continue
            if len(key) < SHORTEST_TYPO or not any(token.kind == "latin" for token in span) or any(token.kind == "han" for token in span):
                continue
            yield from _typo(tokens, start, end, key, vocabulary, readable)


def _is_light(token: Token) -> bool:
    """A single character that may be half of a word as well as a function word; not one that says how a deal ended."""
    return token.kind == "han" and token.text in cues() and not OUTCOMES & set(cues()[token.text])


def _begun(tokens: tuple[Token, ...], start: int, end: int, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in "Beta" where there are Betatech and Betasoloin, "GTX Plus" of GTX Plus Pro: records whose name begins (or ends) with the words."""
    word = "".join(token.norm for token in tokens[start:end])
    if len(word) < SHORTEST_BEGINNING:
        return
    found = {value for value in vocabulary.beginning(word) if readable(value)}
    if found and len({value.entity for value in found}) == 1 and len(found) <= MOST_NAMESAKES:
        yield _weight(tokens, start, end, QUALITY["part"]), _item(tokens, start, end, values=tuple(sorted(found, key=lambda v: v.text)), source="part")


def _misspelt(tokens: tuple[Token, ...], at: int) -> Iterator[tuple[float, Item]]:
    """Typing errors in function words: "diffrent", "brokn"; a word of the field is none, though no value of the store is called so: "failed" is not "filed"."""
    word = tokens[at].stem
    if len(word) < SHORTEST_TYPO - 1 or tokens[at].norm in glossary():
        return
    near = process.extractOne(word, function_words(), scorer=fuzz.ratio, score_cutoff=CUE_CUTOFF)
    swapped = next((other for other in function_words() if sorted(other) == sorted(word)), None)  # "cretaed"
    if near or swapped:
        kinds = cues().get(near[0] if near else str(swapped), ("filler",))
        if len(word) < SHORTEST_TYPO and kinds == ("filler",):
            return  # "quit" is no misspelt "quite"
        yield _weight(tokens, at, at + 1, QUALITY["typo"] * (near[1] if near else CUE_CUTOFF) / 100), _item(tokens, at, at + 1, cues=kinds, source="typo")


def _stated(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in "how many did we miss": the state that the verb leads to, Missed."""
    word = tokens[at].norm
    forms = (f"{word}ed", f"{word}d", f"{word}{word[-1]}ed", f"{word[:-1]}ied") if len(word) > SHORTEST_BEGINNING else ()
    held = {value for form in forms for value, source in vocabulary.values.get(form, ()) if source == "exact" and not value.title and readable(value)}
    if held:
        yield _weight(tokens, at, at + 1, QUALITY["part"]), _item(tokens, at, at + 1, values=tuple(sorted(held, key=lambda v: v.text)), source="part")


def _abbreviated(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in "NA" for North America: the first letters of a category of several words."""
    held = {value for value in vocabulary.initials.get(tokens[at].text, ()) if readable(value)}
    if held and len({value.text for value in held}) == 1:
        text = next(iter(held)).text
        yield (
            _weight(tokens, at, at + 1, QUALITY["part"]),
            _item(tokens, at, at + 1, values=tuple(sorted(held, key=lambda v: (v.entity, v.field))), source="part", read_as=text),
        )


def _neighbours(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], nearby: Nearby, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """What unknown words mean in the store's own words, each run as it stands and with the words around it."""
    for run in _runs(unknown):
        best: tuple[float, int, int, Meant] | None = None
        for start, end in _spans_around(tokens, run):
            if any(item.start < start < item.end or item.start < end < item.end for item in items):
                continue  # "win rate for tenders": half of a word is none
            meant = nearby.nearest(question[tokens[start].start : tokens[end - 1].end], readable)
            if meant is None or (meant.values and _asks_figure(tokens, start, end)):
                continue
            if not (meant.values or tokens[start].kind == "latin" or (start, end) == (run[0], run[-1] + 1)):
                continue
            if "".join(token.stem for at, token in enumerate(tokens[start:end], start) if at not in run) == term_key(meant.word):
                continue  # "employees left" is near to "employees", of which it says more
            if best is None or meant.similarity > best[0] + SURER * (end - start < best[2] - best[1]):
                best = meant.similarity, start, end, meant
        if best is not None:
            _, start, end, meant = best
            item = _item(tokens, start, end, values=meant.values, terms=meant.terms, source="neighbour", read_as=meant.word)
            yield _weight(tokens, start, end, QUALITY["neighbour"]), item


def _translated(question: str, tokens: tuple[Token, ...], unknown: list[int], nearby: Nearby, readable: Readable) -> Iterator[tuple[float, Item]]:
    """What unknown words are in the other language, each alone and with the words beside it."""
    for start, end in sorted(_spans_over(tokens, unknown)):
        words = tokens[start:end]
        meant = nearby.translated(question[words[0].start : words[-1].end], readable)
        if meant is not None and not (meant.values and _asks_figure(tokens, start, end)):
            item = _item(tokens, start, end, values=meant.values, terms=meant.terms, source="translated", read_as=meant.word)
            yield _weight(tokens, start, end, QUALITY["neighbour"] * meant.similarity), item


def _spans_over(tokens: tuple[Token, ...], places: list[int]) -> set[tuple[int, int]]:
    """Every run of words of one script that holds one of the places: two to six Han characters, one to three Latin words."""
    found, silent = set(), stopwords()
    for at in places:
        least, most = (2, 6) if tokens[at].kind == "han" else (1, 3)
        for start in range(max(at - most + 1, 0), at + 1):
            for end in range(max(at + 1, start + least), min(start + most, len(tokens)) + 1):
                words = tokens[start:end]
                named = any(token.text[:1].isupper() for token in words[start == 0 :])  # a name has no meaning to go by
                quiet = words[0].kind == "latin" and {words[0].stem, words[-1].stem} & silent
                if all(token.kind == tokens[at].kind for token in words) and not (named or quiet):
                    found.add((start, end))
    return found


def _phrases(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], nearby: Nearby, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """As in 自动续费: unknown Chinese characters together with whole words beside them that mean something else alone, where that is much surer."""
    held = [item for item in items if item.values or item.means_more or item.topic]
    if len(unknown) > MOST_UNKNOWN:
        return  # so much is unknown that no phrase would save the question
    for run in _runs([at for at in unknown if tokens[at].kind == "han"]):
        best: tuple[float, int, int, Meant] | None = None
        for start in range(max(run[0] - 4, 0), run[0] + 1):
            for end in range(max(run[-1] + 1, start + 3), min(start + LONGEST_PHRASE, len(tokens)) + 1):
                if any(token.kind != "han" for token in tokens[start:end]) or any(item.start < end and start < item.end for item in held):
                    continue
                if any(item.start < start < item.end or item.start < end < item.end for item in items):
                    continue
                if _may_cut(tokens, start - 1, items) or _may_cut(tokens, end, items):
                    continue
                meant = nearby.nearest(question[tokens[start].start : tokens[end - 1].end], readable)
                sure = meant is not None and meant.similarity >= SURE and not (meant.values and _asks_figure(tokens, start, end))
                if meant is not None and sure and (best is None or meant.similarity > best[0]):
                    best = meant.similarity, start, end, meant
        if best is not None:
            near, start, end, meant = best
            item = _item(tokens, start, end, values=meant.values, terms=meant.terms, source="neighbour", read_as=meant.word)
            yield _weight(tokens, start, end, QUALITY["exact"] * near), item


def _may_cut(tokens: tuple[Token, ...], at: int, items: tuple[Item, ...]) -> bool:
    """Whether a character that nothing stands for may belong to the word beside it, as 问 to 问题."""
    if not 0 <= at < len(tokens) or tokens[at].kind != "han" or any(item.start <= at < item.end for item in items):
        return False
    return tokens[at].text not in GRAMMATICAL


def _is_empty(item: Item) -> bool:
    """Whether it names only what nothing is noted of here."""
    return bool(item.terms) and not (item.cues or item.values or item.means_more) and not any(term.filled for term in item.terms)


def _is_cut(item: Item, start: int, end: int) -> bool:
    """Whether a span takes a part of an item, or one that is no mere name."""
    if item.end <= start or item.start >= end:
        return False
    return item.start < start or item.end > end or bool(item.cues or item.values or item.means_more)


def _is_own_field(term: Term, vocabulary: Vocabulary) -> bool:
    return term.what == "field" and term.filled and vocabulary.model.entities[term.entity].fields[term.key].custom


def _renamed(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], empty: list[int], nearby: Nearby, vocabulary: Vocabulary, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """As in "lead time" of an export without leads, whose own header says so in other words: only a field, by several words or by a dictionary."""
    for item in items:
        if _is_empty(item):
            meant = nearby.translated(item.text, readable) or nearby.renamed(item.text)
            if meant is not None and meant.terms and all(_is_own_field(term, vocabulary) for term in meant.terms):
                renamed = _item(tokens, item.start, item.end, terms=meant.terms, source="neighbour", read_as=meant.word)
                yield _weight(tokens, item.start, item.end, 1.0) + RENAMED, renamed
    for run in _runs(empty):
        found: list[tuple[float, int, int, Meant]] = []
        for start in range(run[0], max(run[0] - 3, -1), -1):
            for end in range(run[-1] + 1, min(run[-1] + 4, len(tokens) + 1)):
                words = tokens[start:end]
                if len(words) == 1 or any(token.kind != "latin" or token.norm in JOINING for token in words):
                    continue
                if any(_is_cut(item, start, end) for item in items):
                    continue
                meant = nearby.nearest(question[words[0].start : words[-1].end], readable)
                if meant is not None and meant.terms and all(_is_own_field(term, vocabulary) for term in meant.terms):
                    found.append((meant.similarity, start, end, meant))
        if found:
            _, start, end, meant = max(found, key=lambda each: each[0] + SURER * (each[2] - each[1]))
            yield _weight(tokens, start, end, 1.0) + RENAMED, _item(tokens, start, end, terms=meant.terms, source="neighbour", read_as=meant.word)


def _spans_around(tokens: tuple[Token, ...], run: list[int]) -> Iterator[tuple[int, int]]:
    """The run itself, then wider: by one Han character on each side, or by two Latin words, of which the outer ones say something."""
    kind = tokens[run[0]].kind
    wider = 2 if kind == "latin" else 1
    spans = [(run[0] - before, run[-1] + 1 + after) for before in range(wider + 1) for after in range(wider + 1)]
    silent = stopwords()
    for start, end in sorted(spans, key=lambda span: (span[1] - span[0], -span[0])):
        if start < 0 or end > len(tokens) or any(token.kind != kind for token in tokens[start:end]):
            continue
        around = [at for at in range(start, end) if at not in run]
        if kind == "latin":
            if any(tokens[at].stem in silent for at in {start, end - 1} & set(around)) or any(tokens[at].text[:1].isupper() for at in around):
                continue
        elif any(tokens[at].stem not in silent and not _is_light(tokens[at]) for at in around):
            continue  # a name and the verb after it are no word
        if start > 0 and kind == "latin" and tokens[start].text[:1].isupper():
            continue  # a name has no meaning to go by
        if kind == "han" and end - start < 2:
            continue
        yield start, end


def _asks_figure(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """As in 某人的工资多少: what is asked for of something is no category."""
    behind = "".join(token.text for token in tokens[end : end + 3])
    return start > 0 and tokens[start - 1].text == "的" and behind.startswith(("多少", "是多少", "有多", "几", "是几", "怎么样"))


def _typo(tokens: tuple[Token, ...], start: int, end: int, key: str, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    found = vocabulary.latin_names.similar(key, TYPO_CUTOFF, limit=3)
    if found:
        best = found[0][1]
        same = (name for name, score in found if score == best and _digits(name) == _digits(key))  # GTX 500 is no misspelt GTX 600
        values = tuple(value for name in same for value, _ in vocabulary.values[name] if readable(value))
        if values:
            yield _weight(tokens, start, end, QUALITY["typo"] * best / 100), _item(tokens, start, end, values=values, source="typo")
    term = process.extractOne("".join(token.stem for token in tokens[start:end]), vocabulary.term_keys, scorer=fuzz.ratio, score_cutoff=TERM_CUTOFF)
    if term:
        yield _weight(tokens, start, end, QUALITY["typo"] * term[1] / 100), _item(tokens, start, end, terms=tuple(vocabulary.terms[term[0]]), source="typo")


def _digits(key: str) -> str:
    return "".join(letter for letter in key if letter.isdigit())


def _han_part(tokens: tuple[Token, ...], start: int, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """The longest run from ``start`` that is part of a known name; at least two characters."""
    for end in range(min(start + 10, len(tokens)), start + 1, -1):
        key = "".join(token.norm for token in tokens[start:end])
        if any(token.kind == "mark" for token in tokens[start:end]) or key in vocabulary.label_parts:
            continue
        held = {value for entity, names in vocabulary.han_names.items() for value in _few(entity, names.holding(key), vocabulary, readable)}
        held = {value for value in held if value.title or 2 * len(key) >= len(value.text)}  # a word of a sentence is no name for it
        if held:
            yield _weight(tokens, start, end, QUALITY["part"]), _item(tokens, start, end, values=tuple(sorted(held, key=lambda v: v.text)), source="part")
            return


def _few(entity: str, names: Iterator[str], vocabulary: Vocabulary, readable: Readable) -> set[Value]:
    """Values of an entity by these names; none where they are too many to be told apart, which is known before all were seen."""
    found: set[Value] = set()
    for name in names:
        found |= {value for value, source in vocabulary.values[name] if value.entity == entity and source == "exact" and readable(value)}
        if len(found) > MOST_NAMESAKES:
            return set()
    return found


def _is_letter(tokens: tuple[Token, ...], at: int) -> bool:
    """As in A级: a single capital beside Han characters is a grade, never an article."""
    text = tokens[at].text
    beside = [tokens[near] for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
    return len(text) == 1 and text.isascii() and text.isupper() and any(token.kind == "han" for token in beside)


def _cover(tokens: tuple[Token, ...], edges: dict[int, list[tuple[float, Item]]]) -> tuple[tuple[Item, ...], list[int]]:
    best: list[tuple[float, int, Item | None]] = [(0.0, 0, None)]
    best += [(float("-inf"), 0, None) for _ in tokens]
    silent = stopwords()
    for at, token in enumerate(tokens):
        here = best[at][0]
        quiet = token.kind == "mark" or ((token.stem in silent or token.norm in silent) and not _is_letter(tokens, at))
        skip = here - (0.0 if quiet else UNKNOWN_COST)
        if skip > best[at + 1][0]:
            best[at + 1] = (skip, at, None)
        for weight, item in edges.get(at, ()):
            if here + weight > best[item.end][0]:
                best[item.end] = (here + weight, at, item)
    items: list[Item] = []
    unknown: list[int] = []
    at = len(tokens)
    while at > 0:
        _, before, chosen = best[at]
        if chosen is not None:
            items.append(_merged(chosen, edges))
        elif tokens[before].kind != "mark" and ((tokens[before].stem not in silent and tokens[before].norm not in silent) or _is_letter(tokens, before)):
            unknown.append(before)
        at = before
    return tuple(reversed(items)), sorted(unknown)


def _merged(item: Item, edges: dict[int, list[tuple[float, Item]]]) -> Item:
    """All meanings of one span together: a number that is also a name, a period that is also a number."""
    for _, other in edges[item.start]:
        if other.end == item.end and other is not item:
            item = Item(
                item.start,
                item.end,
                item.text,
                item.cues or other.cues,
                item.values or other.values,
                item.terms or other.terms,
                item.period or other.period,
                item.number or other.number,
                item.length or other.length,
                item.currency or other.currency,
                item.topic or other.topic,
                item.source,
                item.read_as,
                item.pairs or other.pairs,
            )
    return item


def _with_topic(question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int]) -> tuple[tuple[Item, ...], list[int]]:
    """The words after "about" as one topic: up to a period, a grouping word or, in Chinese, the records that 的 leads to."""
    cue = next((item for item in items if "about" in item.cues and not item.terms), None)
    if cue is None or any(item.start == cue.end and {"count", "distinct", "which"} & set(item.cues) for item in items):
        return items, unknown  # 涉及多少个客户 counts them
    end = len(tokens)
    for item in items:
        led_to = tokens[item.start - 1].text == "的" and any(term.what in {"entity", "kind"} for term in item.terms)
        if item.start > cue.end and tokens[item.start - 1].text in {"-", "–", "—", ",", "，", ":", "："}:
            end = item.start - 1
            break
        if item.start >= cue.end and (item.period or "group" in item.cues or led_to):
            end = item.start - (tokens[item.start - 1].text == "的")
            break
    inside = [at for at in range(cue.end, end) if tokens[at].kind != "mark"]
    ranked = any(item.start == cue.end and GRADES & set(item.cues) for item in items)  # 提到最多的对手 ranks what is mentioned
    if not inside or ranked:
        return items, unknown
    text = question[tokens[inside[0]].start : tokens[inside[-1]].end]
    topic = Item(inside[0], inside[-1] + 1, text, topic=text)
    kept = [item for item in items if item.end <= topic.start or item.start >= topic.end]
    return tuple(sorted([*kept, topic], key=lambda item: item.start)), [at for at in unknown if not topic.start <= at < topic.end]


def _weight(tokens: tuple[Token, ...], start: int, end: int, quality: float) -> float:
    letters = sum(2.2 if token.kind == "han" else min(len(token.norm), 8) for token in tokens[start:end] if token.kind != "mark")
    longest_first = EARLIER * letters**2 * (len(tokens) - start)  # of equal covers, the one whose first words are longest
    return quality * LETTER_GAIN * letters - LINK_COST + longest_first


def _item(tokens: tuple[Token, ...], start: int, end: int, **meanings: object) -> Item:
    text = "".join((" " if i and token.start > tokens[start + i - 1].end else "") + token.text for i, token in enumerate(tokens[start:end]))
    return Item(start, end, text, **meanings)  # type: ignore[arg-type]


def _words(question: str, tokens: tuple[Token, ...], unknown: list[int]) -> tuple[str, ...]:
    """Unknown tokens as the person wrote them, neighbours joined."""
    return tuple(dict.fromkeys(question[_whole(tokens, run[0], -1)[0] : _whole(tokens, run[-1], 1)[1]] for run in _runs(unknown)))


def _whole(tokens: tuple[Token, ...], at: int, step: int) -> tuple[int, int]:
    """Where the word that a token is a piece of begins and ends, looking one way: a code such as 1C1I7A6R is one word."""
    while 0 <= at + step < len(tokens) and {tokens[at].kind, tokens[at + step].kind} <= {"latin", "number"}:
        before, after = sorted((at, at + step))
        if tokens[before].end != tokens[after].start:
            break
        at += step
    return tokens[at].start, tokens[at].end


def _runs(places: list[int]) -> list[list[int]]:
    """Places that follow one another, together."""
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs
