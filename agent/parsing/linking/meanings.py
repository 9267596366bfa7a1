"""What each span of a question may mean as it stands: cues, values, terms, periods, numbers, each with a weight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from agent.parsing.columns import find_pairs
from agent.parsing.language.dates import find_periods
from agent.parsing.language.english import ORDERS, SIDEWAYS, follows_doer, is_in_capitals, is_order
from agent.parsing.language.lengths import UNITS, find_lengths
from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.numbers import Number, find_currencies, find_numbers
from agent.parsing.language.text import Token, fold, has_han, term_key
from agent.parsing.linking.aspects import with_aspects
from agent.parsing.linking.choosing import asks_which, is_chosen, is_figure_of
from agent.parsing.linking.coordinating import coordinated
from agent.parsing.linking.items import LINK_COST, MOST_NAMESAKES, OUTCOMES, QUALITY, RATES, Item, Readable, first_called, item_of, weigh
from agent.parsing.linking.rates import rated
from agent.parsing.linking.under import FALLING, is_sideways
from agent.parsing.store_words.addressing import addressed, of_ours, surnamed
from agent.parsing.store_words.flag_words import parted_flags
from agent.parsing.store_words.scattered import scattered
from agent.parsing.store_words.shortened import in_full
from agent.parsing.store_words.vocabulary import Source, Term, Value, Vocabulary
from tools.crm.semantic import FieldType

MAX_WORDS, MAX_OF_NAME = 14, 32
DISTANT, SECONDARY = 6, 2
PAIRED = 1.1
PREPOSITIONS = {"to", "from", "in", "on", "at", "by", "of", "for", "with", "up", "out", "as", "per", "and", "or", "it", "is", "me"}
TRAILING: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("多", "高", "大", "长", "好"), ("most",)),
    **dict.fromkeys(("少", "低", "短"), ("least",)),
}
AFTERTHOUGHTS = {"呢", "些", "一", "点", "啊", "呀", "的"}
GRADES = {"most", "least"}
BEFORE_NOUNS = {"the", "our", "my", "all", "of", "which", "what", "many", "any", "no", "by", "with", "list", "show", "every", "each", "in", "for", "and"}
BOTH = {"两个", "两家", "两位", "俩"}
WITHIN = {"中", "内", "里"}
LONGEST_NUMBER = 8
_BOUND_BEHIND = re.compile(r"[^，,。；;]{0,3}(?:以上|以下|以内|及以|或以)")
PAST, NUMERALS = {"过", "超", "逾"}, set("一二两三四五六七八九十百千万亿半¥￥$€")


def meanings(question: str, tokens: tuple[Token, ...], vocabulary: Vocabulary, today: date, readable: Readable) -> Iterator[tuple[float, Item]]:
    """Every span that means something by itself, with how much speaks for it; spans overlap."""
    for start in range(len(tokens)):
        if tokens[start].kind == "mark":
            continue
        name = stem = ""
        for end in range(start + 1, min(start + MAX_OF_NAME, len(tokens)) + 1):
            if tokens[end - 1].kind != "mark":
                name += tokens[end - 1].norm
                stem += tokens[end - 1].stem
            elif tokens[end - 1].text in {"?", "？", ",", "，", ";", "；"}:
                break
            if len(name) > vocabulary.longest + 20:
                break
            if tokens[end - 1].kind == "mark" or (end - start > MAX_WORDS and name not in vocabulary.values):
                continue
            yield from _at(tokens, start, end, name, stem, vocabulary, readable)
        for end, people in (*addressed(tokens, start, vocabulary), *surnamed(tokens, start, vocabulary)):
            known = tuple(value for value in people if readable(value))
            if len(known) > MOST_NAMESAKES:
                known = of_ours(known, vocabulary)  # 王工 where half the customers have a contact of that name
            if known and len(known) <= MOST_NAMESAKES:
                yield weigh(tokens, start, end, QUALITY["alias"]), item_of(tokens, start, end, values=known, source="part")
    yield from _turned(tokens, vocabulary)
    yield from scattered(tokens, vocabulary)
    yield from with_aspects(tokens, vocabulary, readable)
    for start, end, terms in coordinated(tokens, vocabulary):
        yield weigh(tokens, start, end, 1.0), item_of(tokens, start, end, terms=terms)
    periods = find_periods(_folded(question), today)
    for found in periods:
        inside = [i for i, token in enumerate(tokens) if found.start <= token.start < found.end]
        if inside:
            yield weigh(tokens, inside[0], inside[-1] + 1, 1.05), item_of(tokens, inside[0], inside[-1] + 1, period=found.period)
    for first, last, code in find_currencies(tokens):
        yield weigh(tokens, first, last, 1.0), item_of(tokens, first, last, currency=code)
    for first, last, length in find_lengths(tokens):
        inner = (each.period for each in periods if tokens[first].start <= each.start and each.end <= tokens[last - 1].end)
        yield weigh(tokens, first, last, 1.1), item_of(tokens, first, last, length=length, period=next(inner, None))
    for start, end, terms in in_full(tokens, vocabulary):
        yield weigh(tokens, start, end, 1.0), item_of(tokens, start, end, terms=terms)
    for start, end, value in parted_flags(tokens, vocabulary):
        if readable(value):
            yield weigh(tokens, start, end, 1.0), item_of(tokens, start, end, values=(value,))
    for start, end, number in _hyphened(tokens):
        yield weigh(tokens, start, end, 1.2), item_of(tokens, start, end, number=number)
    for first, last, pairs in find_pairs(tokens, vocabulary):
        if _swallows_name(tokens[first:last], vocabulary):
            continue
        yield weigh(tokens, first, last, PAIRED), item_of(tokens, first, last, pairs=pairs)
    for number in find_numbers(tokens):
        yield weigh(tokens, number.start, number.end, 0.95), item_of(tokens, number.start, number.end, number=number)


def _swallows_name(tokens: tuple[Token, ...], vocabulary: Vocabulary) -> bool:
    """As in "after the due date does the 验收款 arrive": a name in the other script between the words that two days are told apart by."""
    han = "".join(token.norm for token in tokens if token.kind == "han")
    return bool(han) and any(token.kind == "latin" for token in tokens) and bool(vocabulary.values.get(han))


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
            yield weigh(tokens, at - 1, behind + 1, 1.0), item_of(tokens, at - 1, behind + 1, terms=terms)


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
    if name == "分" and start and tokens[start - 1].kind == "number":
        kinds = ("filler",)  # 90分以上
    if name in PAST and not _leads_to_number(tokens, end):
        kinds = ()  # 赢过 has happened; 过百万 is more than a million
    if kinds and name.endswith("的") and _is_in_list(tokens, start, end) and name[:-1] in vocabulary.values:
        kinds = ()  # 技改和新建的: the names of two categories
    if name in TRAILING and not kinds and _closes_choice(tokens, start, end):
        kinds = TRAILING[name]
    if (name in FALLING or (kinds and name in SIDEWAYS)) and is_sideways(tokens, start, end, vocabulary):
        kinds = ("filler",)  # "the deals under Anna", "spread over the regions"
    if stem == "reportto" and end < len(tokens) and {"closed", "resolved", "paid", "signed"} & set(cues().get(tokens[end].stem, ())):
        return  # "days from report to close"
    if stem == "accountfor" and not follows_doer(tokens, start):
        kinds = ()  # "top 5 accounts for the West"
    terms = tuple(vocabulary.terms.get(stem, ())) if end - start > 1 or name not in PREPOSITIONS else ()
    headed = not any(term.filled for term in terms) and (not vocabulary.values.get(name) or asks_which(tokens, start)) and name in vocabulary.label_heads
    terms = tuple(vocabulary.label_heads[name]) if headed else terms
    if not terms and end - start > 1 and tokens[start].kind != "han":
        terms = tuple(vocabulary.label_parts.get(stem, ()))  # "gross weight" of "gross weight kg", though each word alone means something else
    if name in BOTH and start and tokens[start - 1].text == "的":
        kinds = ()  # 最少的两个产品: so many, and not "the two"
    if name == "new" and kinds:
        terms = ()  # no news
    if name in ORDERS and is_order(tokens, start, end):
        terms = ()  # "name the customer" asks for no names
    if end - start > 1 and any(token.text in {":", "："} for token in tokens[start:end]):
        kinds, terms = (), ()
    if terms and not kinds and not any(term.filled for term in terms):
        terms = tuple(vocabulary.label_parts.get(stem, ())) or terms  # "weight" is that of "gross weight" where nothing else of the name is filled
    if any(term.what == "field" and term.filled and _is_own_header(term, vocabulary) for term in terms):
        days = {(term.entity, term.key) for term in terms if term.what == "field"}
        terms = tuple(
            term for term in terms if term.rank < DISTANT or _leads_to(term, days, vocabulary)
        )  # what is called so comes before what may be called so too
    hits = [(value, source) for value, source in vocabulary.values.get(name, ()) if readable(value) and not headed]
    if not (hits or kinds or terms) and (found := rated(name, vocabulary, readable)) is not None and tokens[end - 1].norm in RATES:
        kinds, (hits, terms) = ("share",), found
    if not hits and kinds and name.endswith("的") and set(kinds) <= OUTCOMES:
        hits = [(value, source) for value, source in vocabulary.values.get(name[:-1], ()) if readable(value) and source == "exact"]  # 在做的 of a state 在做
    if hits and is_in_capitals(tokens, start, end):
        kinds = ()  # "accounts in the US"
    if not hits and stem != name:
        hits = [(value, source) for value, source in vocabulary.values.get(stem, ()) if readable(value)]
    if kinds or hits or _is_function_word(tokens, start, end, kinds):
        terms = tuple(term for term in terms if term.filled)
    best = min((list(QUALITY).index(source) for _, source in hits), default=0)
    source = list(QUALITY)[best]
    values = tuple(value for value, found in hits if list(QUALITY).index(found) == best)
    if any(value.entity not in vocabulary.code_lists for value in values):
        values = tuple(value for value in values if value.entity not in vocabulary.code_lists)  # the list only says what the codes of others stand for
    if terms and all(_lists_words(value.entity, vocabulary) for value in values):
        values = ()  # an export's own table that lists the model's words, such as a data dictionary
    if end - start == 1 and len(name) <= 3 and name in stopwords():
        said = tokens[start].text
        values = tuple(value for value in values if value.text == said or (said.isupper() and len(said) > 1))  # "it" is not the IT department
    if source == "alias" and (is_chosen(tokens, start, end) or is_figure_of(tokens, start, end)):
        values = tuple(value for value in values if value.title)
    if name == "new" and kinds and _is_opened(tokens, end):
        values = ()
    told_apart = kinds and source == "alias" and values and {"opened", "signed", "expiring"} >= set(kinds)
    if told_apart and _says_which(tokens, end, vocabulary):
        kinds = ()  # 续约单, 新签赢单: a kind of deal
    if kinds == ("sold",) and name.endswith("ing") and _tells_which(tokens, start, end, values, vocabulary):
        kinds = ()  # "running agreements"
    if kinds and source == "alias" and not _is_in_list(tokens, start, end) and not {*GRADES, "amount", "moved", "share"} & set(kinds):
        values = ()  # "engaged" says when a deal began before it is another word for a stage
    if any(term.what == "entity" and term.rank < SECONDARY for term in terms):
        written = {tokens[at].text for at in range(start, end)}
        values = tuple(value for value in values if value.title or value.text in written or len(written) > 1)  # "customers" are no account of the type Customer
    terms = tuple(term for term in terms if not _is_kind_of(term, stem, values, source))
    if name in WITHIN and _ends_place(tokens, start, end):
        values = tuple(value for value in values if _is_beside_its_field(tokens, start, vocabulary, value))
    values = first_called(values) if source == "part" else values
    if source == "part" and (terms or len(values) > MOST_NAMESAKES or _is_function_word(tokens, start, end, kinds)):
        values = ()  # a word of everyday language, or of too many names, stands for none of them
    if kinds or terms or values:
        quality = 1.0 if kinds or terms else QUALITY[source]
        grade = end - start == 1 and len(name) == 1 and start > 0 and any(value.text == tokens[start].text for value in values)
        yield (
            max(weigh(tokens, start, end, quality), LINK_COST if grade else float("-inf")),
            item_of(tokens, start, end, cues=kinds, terms=terms, values=values, source=source, read_as=_other_word(values, source, tokens[start])),
        )


def _is_own_header(term: Term, vocabulary: Vocabulary) -> bool:
    """Whether the words are what a field is called, in full or without the unit that an export's own header gives."""
    return term.rank == 0 or (term.rank == 1 and vocabulary.model.entities[term.entity].fields[term.key].custom)


def _is_kind_of(term: Term, stem: str, values: tuple[Value, ...], source: Source) -> bool:
    """As in "incidents", where that is a category of the tickets: a further word for all records of which some alone are called so."""
    of_records = term.what in {"entity", "measure"} and term.rank >= SECONDARY and source in {"exact", "alias"}
    return of_records and any((value.entity, value.title, term_key(value.text)) == (term.entity, False, stem) for value in values)


def _ends_place(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """As in 三甲医院的拜访中，…: a locative at the end of a clause."""
    return start > 1 and end < len(tokens) and tokens[end].kind == "mark"


def _is_beside_its_field(tokens: tuple[Token, ...], start: int, vocabulary: Vocabulary, value: Value) -> bool:
    """As in 意向中: the word right before is the name of the field."""
    before = "".join(token.text for token in tokens[max(start - 6, 0) : start])
    words = vocabulary.model.entities[value.entity].fields[value.field].words
    return any(before.endswith(word) for word in words.zh)


def _is_in_list(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """As in 新建、技改: one name of several."""
    return any(tokens[at].text in {"、", "和", "与", "跟", "及"} for at in (start - 1, end) if 0 <= at < len(tokens))


def _lists_words(entity: str, vocabulary: Vocabulary) -> bool:
    """Whether values of an own table are words of a list: its rows refer to no record."""
    fields = vocabulary.model.entities[entity].fields.values()
    return entity.startswith("custom:") and not any(field.type is FieldType.REF and vocabulary.content(entity, field.key).count for field in fields)


def _is_opened(tokens: tuple[Token, ...], at: int) -> bool:
    """As in "new deals created last month": another word says that they were opened, and this one no more than that."""
    return any("opened" in cues().get(token.stem, ()) for token in tokens[at:])


def _says_which(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary) -> bool:
    """Whether the next word is one for deals, which the word before tells apart."""
    for end in range(min(at + 3, len(tokens)), at, -1):
        stem = "".join(token.stem for token in tokens[at:end])
        deals = any(term.what == "entity" and term.entity == "opportunity" for term in vocabulary.terms.get(stem, ()))
        if deals or {"won", "lost"} & set(cues().get(stem, ())):
            return True
    return False


def _tells_which(tokens: tuple[Token, ...], start: int, end: int, values: tuple[Value, ...], vocabulary: Vocabulary) -> bool:
    """Whether a participle stands before the noun of the records that it is a state of, and is nothing that somebody does with them."""
    if end >= len(tokens) or (start and tokens[start - 1].kind == "latin" and tokens[start - 1].norm not in BEFORE_NOUNS):
        return False
    kinds = {term.entity for term in vocabulary.terms.get(tokens[end].stem, ()) if term.what == "entity"}
    unknown = not vocabulary.terms.get(tokens[end].stem) and tokens[end].norm != tokens[end].stem  # a noun that only the dictionary has
    return any(value.entity in kinds for value in values) or (bool(values) and unknown)


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
    """As in 过百万; not in 来过8次以上, where the bound stands behind the number."""
    behind = "".join(token.text for token in tokens[at + 1 : at + LONGEST_NUMBER])
    return at < len(tokens) and (tokens[at].kind == "number" or tokens[at].text in NUMERALS) and not _BOUND_BEHIND.match(behind)


def _is_function_word(tokens: tuple[Token, ...], start: int, end: int, kinds: tuple[str, ...]) -> bool:
    return bool(kinds) or (end - start == 1 and tokens[start].stem in stopwords())


def _leads_to(term: Term, days: set[tuple[str, str]], vocabulary: Vocabulary) -> bool:
    """As 首次响应时间, which is the time of the first response and, on average, the time until then."""
    measure = vocabulary.model.measures[term.key] if term.what == "measure" else None
    return measure is not None and measure.op == "days" and (measure.entity, measure.args[0]) in days
