"""What unknown words are a misspelling, a shortening, a beginning or a part of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from agent.parsing.language.lexicon import cues, function_words, function_words_by_letters, glossary, stopwords
from agent.parsing.language.text import Token
from agent.parsing.language.word_forms import root_of
from agent.parsing.linking.choosing import is_figure_of
from agent.parsing.linking.denying import is_denied
from agent.parsing.linking.guessing import is_light
from agent.parsing.linking.items import MOST_ALIKE, MOST_NAMESAKES, QUALITY, Item, Readable, first_called, item_of, weigh
from agent.parsing.store_words.clipping import clipped_kind, initialled
from agent.parsing.store_words.vocabulary import Term, Value, Vocabulary

TYPO_CUTOFF = 86.0
TERM_CUTOFF = 89.0
CUE_CUTOFF = 86.0
SHORTEST_TYPO = 5
SHORTEST_BEGINNING = 2
MOST_SEEN = 300
WHOLE_PHRASE = 0.97  # "business review" of Last Business Review, before the review of a business


def repairs(tokens: tuple[Token, ...], unknown: list[int], vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
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
            parts = _label_part(span, vocabulary) if places.intersection(range(start, end)) else None
            if parts and (span[0].kind != "han" or len(span) > 1):
                quality = WHOLE_PHRASE if span[0].kind != "han" and len(span) > 1 else QUALITY["part"]
                yield weigh(tokens, start, end, quality), item_of(tokens, start, end, terms=tuple(parts), source="part")
            if end == start + 1 and start not in places and is_light(tokens[start]):
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
                if short := clipped_kind(span[0], vocabulary):
                    yield weigh(tokens, start, end, QUALITY["part"]), item_of(tokens, start, end, terms=short, source="part")
            if span[0].kind == "han":
                if end == start + 1:
                    yield from _han_part(tokens, start, vocabulary, readable)
                continue
            if len(key) < SHORTEST_TYPO or not any(token.kind == "latin" for token in span) or any(token.kind == "han" for token in span):
                continue
            yield from _typo(tokens, start, end, key, vocabulary, readable)


def _label_part(span: tuple[Token, ...], vocabulary: Vocabulary) -> list[Term] | None:
    """The columns whose header has the words; as in "an estimate", also those of the participle: "estimated revenue"."""
    word = "".join(token.stem for token in span)
    forms = (word, f"{word}d", f"{word}ed") if len(span) == 1 and span[0].kind == "latin" and len(word) >= SHORTEST_TYPO else (word,)
    return next((parts for form in forms if (parts := vocabulary.label_parts.get(form))), None)


def _begun(tokens: tuple[Token, ...], start: int, end: int, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in "Beta" where there are Betatech and Betasoloin, "GTX Plus" of GTX Plus Pro: records whose name begins (or ends) with the words."""
    word = "".join(token.norm for token in tokens[start:end])
    if len(word) < SHORTEST_BEGINNING:
        return
    found = first_called((value for value in vocabulary.beginning(word) if readable(value)), word)
    if found and len({value.entity for value in found}) == 1 and len(found) <= MOST_NAMESAKES:
        yield weigh(tokens, start, end, QUALITY["part"]), item_of(tokens, start, end, values=tuple(sorted(found, key=lambda v: v.text)), source="part")


def _misspelt(tokens: tuple[Token, ...], at: int) -> Iterator[tuple[float, Item]]:
    """Typing errors in function words: "diffrent", "brokn"; a word of the field is none, though no value of the store is called so: "failed" is not "filed"."""
    word = tokens[at].stem
    if len(word) < SHORTEST_TYPO - 1 or tokens[at].norm in glossary():
        return
    near = process.extractOne(word, function_words(), scorer=fuzz.ratio, score_cutoff=CUE_CUTOFF)
    swapped = function_words_by_letters().get("".join(sorted(word)))
    if near and is_denied(word, near[0]):
        return
    if near or swapped:
        kinds = cues().get(near[0] if near else str(swapped), ("filler",))
        if len(word) < SHORTEST_TYPO and kinds == ("filler",):
            return  # "quit" is no misspelt "quite"
        yield weigh(tokens, at, at + 1, QUALITY["typo"] * (near[1] if near else CUE_CUTOFF) / 100), item_of(tokens, at, at + 1, cues=kinds, source="typo")


def _stated(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in "how many did we miss", "lost to cancellations": the state that the verb or its noun leads to, Missed, Cancelled."""
    word = tokens[at].norm
    forms = (f"{word}ed", f"{word}d", f"{word}{word[-1]}ed", f"{word[:-1]}ied") if len(word) > SHORTEST_BEGINNING else ()
    held = {value for form in forms for value, source in vocabulary.values.get(form, ()) if source == "exact" and not value.title and readable(value)}
    if not held and word.endswith("ed"):  # "visited": what was done of that kind
        done = (value for form in (word[:-2], word[:-1]) for value, source in vocabulary.values.get(form, ()) if source == "exact" and readable(value))
        held = {value for value in done if value.field == "kind" and not value.title}
    if not held and len(word) >= SHORTEST_TYPO:
        held = {value for value in vocabulary.rooted.get(root_of(word), ()) if value.text.casefold().endswith("ed") and readable(value)}
    if held:
        yield weigh(tokens, at, at + 1, QUALITY["part"]), item_of(tokens, at, at + 1, values=tuple(sorted(held, key=lambda v: v.text)), source="part")


def _abbreviated(tokens: tuple[Token, ...], at: int, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in "NA" for North America: the first letters of a category of several words."""
    headers = initialled(tokens[at].text, vocabulary)
    if headers:
        yield weigh(tokens, at, at + 1, QUALITY["part"]), item_of(tokens, at, at + 1, terms=headers, source="part")
    held = {value for value in vocabulary.initials.get(tokens[at].text, ()) if readable(value)}
    if held and len({value.text for value in held}) == 1:
        text = next(iter(held)).text
        yield (
            weigh(tokens, at, at + 1, QUALITY["part"]),
            item_of(tokens, at, at + 1, values=tuple(sorted(held, key=lambda v: (v.entity, v.field))), source="part", read_as=text),
        )


def _typo(tokens: tuple[Token, ...], start: int, end: int, key: str, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    found = vocabulary.latin_names.similar(key, TYPO_CUTOFF, limit=3)
    if found:
        best = found[0][1]
        same = (name for name, score in found if score == best and _digits(name) == _digits(key) and not is_denied(key, name))  # GTX 500 is no misspelt GTX 600
        values = tuple(value for name in same for value, _ in vocabulary.values[name] if readable(value))
        if values:
            yield weigh(tokens, start, end, QUALITY["typo"] * best / 100), item_of(tokens, start, end, values=values, source="typo")
    term = process.extractOne("".join(token.stem for token in tokens[start:end]), vocabulary.term_keys, scorer=fuzz.ratio, score_cutoff=TERM_CUTOFF)
    if term and not is_denied(key, term[0]):
        yield weigh(tokens, start, end, QUALITY["typo"] * term[1] / 100), item_of(tokens, start, end, terms=tuple(vocabulary.terms[term[0]]), source="typo")


def _digits(key: str) -> str:
    return "".join(letter for letter in key if letter.isdigit())


def _han_part(tokens: tuple[Token, ...], start: int, vocabulary: Vocabulary, readable: Readable) -> Iterator[tuple[float, Item]]:
    """The longest run from ``start`` that is part of a known name; at least two characters."""
    for end in range(min(start + 10, len(tokens)), start + 1, -1):
        key = "".join(token.norm for token in tokens[start:end])
        if any(token.kind == "mark" for token in tokens[start:end]) or key in vocabulary.label_parts:
            continue
        held = {value for entity in vocabulary.han_names for value in _holding(entity, key, vocabulary, readable)}
        held = _sorts(held, key) or {value for value in held if value.title or 2 * len(key) >= len(value.text)}  # a word of a sentence is no name for it
        held = {value for value in held if value.title or value.text != f"{key}中"}  # nor is 供货 what goes on while 供货中
        held = {value for value in held if value.title or not is_figure_of(tokens, start, end)}
        if held:
            named = tuple(sorted(first_called(held, key), key=lambda v: v.text))
            yield weigh(tokens, start, end, QUALITY["part"]), item_of(tokens, start, end, values=named, source="part")
            return


def _holding(entity: str, key: str, vocabulary: Vocabulary, readable: Readable) -> set[Value]:
    """What the characters are a part of; as in 化工 of 石油化工, a category is told apart from others though many a customer is called after it as well."""
    found = _few(key, entity, vocabulary.han_names[entity].holding(key), vocabulary, readable)
    names = vocabulary.han_categories.get(entity) if not found else None
    return {value for value in _few(key, entity, names.holding(key), vocabulary, readable) if not value.title} if names is not None else found


def _sorts(held: set[Value], key: str) -> set[Value]:
    """Several values of a column that end with the same word, as 单元式幕墙 and 构件式幕墙 do, before firms that have their trade in their name."""
    ending = {value for value in held if not value.title and value.field != "competitor" and value.text.endswith(key) and value.text != key}
    several = Counter((value.entity, value.field) for value in ending)
    return {value for value in ending if several[value.entity, value.field] > 1}


def _few(key: str, entity: str, names: Iterator[str], vocabulary: Vocabulary, readable: Readable) -> set[Value]:
    """Values of an entity by these names; none where they are too many to be told apart.

    A name that has another of them in it is not counted: deals called after the product that they are for.
    """
    found: set[Value] = set()
    for seen, name in enumerate(names):
        if seen > MOST_SEEN:
            return set()  # a part of so many names tells nothing, and a large store has no end of them
        found |= {value for value, source in vocabulary.values[name] if value.entity == entity and source == "exact" and readable(value)}
    kept = {value for value in found if not any(other.text != value.text and other.text in value.text for other in found)}
    named = {value for value in kept if value.title}  # rather than a column of short names beside them
    if named:
        return named if len(named) <= (MOST_NAMESAKES if all(value.text.endswith(key) for value in named) else MOST_ALIKE) else set()  # 教育局 is what all are
    return kept if len(kept) <= MOST_NAMESAKES else set()
