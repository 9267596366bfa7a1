"""What unknown words mean in the store's own words: by the dictionary, by sentence vectors, alone and with the words beside them."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.language.hyphenated import cuts_compound
from agent.parsing.language.lexicon import cues, stopwords
from agent.parsing.language.text import Token, term_key
from agent.parsing.linking.choosing import is_chosen, is_figure_of
from agent.parsing.linking.items import OUTCOMES, QUALITY, Item, Readable, item_of, runs_of, weigh
from agent.parsing.linking.nearby import Meant, Nearby
from agent.parsing.store_words.vocabulary import Term
from tools.crm.semantic.thesaurus import concepts

SURER = 0.05
COVERED = 0.88  # what the dictionary has each word of
GUESSED = {"alias", "part", "neighbour", "translated"}
KNOWN = {"exact", "alias"}
# Set by looking at a dozen words of one export, not calibrated: what was meant came out at 0.77 and above (but one word at 0.72), what
# was not at 0.74 and below. The length and the number of unknown characters keep a question within its second.
SURE, LONGEST_PHRASE, MOST_UNKNOWN = 0.75, 6, 4
LONGEST_SET_PHRASE = 5
GRAMMATICAL = set("的了是在有和与及或按各每从到对把被让给向由里中内上下这那其个家位笔单名条种次")
CHARGED = set("费价额")
DEGREES = {"long", "short", "big", "small", "large", "high", "low", "fast", "slow", "quick"}
TYING = GRAMMATICAL - set("中里内上下")
SWITCHES, DENIED = set("开关勾"), set("没未不有已")
ASKING = {"average", "median", "most", "least", "not", "without", "share", "group", "count", "sum", "gt", "ge", "lt", "le", "between", "compare"}
COUNTED = ("一次", "一笔", "一张", "一单", "一个", "一批", "一回")
STATES = {"open", "closed", "resolved", "unpaid", "overdue", "won", "lost", "responded", "expiring", "waiting"}


def translated(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], nearby: Nearby, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """What unknown words are in the other language, each alone and with the words beside it."""
    found: dict[tuple[int, int], Meant] = {}
    for start, end in _spans_over(tokens, unknown):
        if _begins_with_rank(items, start, end):
            continue
        words = tokens[start:end]
        meant = nearby.translated(question[words[0].start : words[-1].end], readable)
        if meant is None or is_told_of_things(tokens, start, end, meant, nearby, readable):
            continue
        if not _is_no_category(meant, tokens, start, end) and not _adds_nothing(meant, tokens, items, start, end, nearby):
            found[start, end] = meant
    for (start, end), meant in sorted(found.items(), key=lambda each: each[0]):
        inner = [_named(other.terms) for (first, last), other in found.items() if start <= first and last <= end and (first, last) != (start, end)]
        whole = meant.similarity >= COVERED and bool(meant.terms)
        narrower = whole and any(_named(meant.terms) <= terms for terms in inner)  # 预估收入 is one of all that 预估 may be
        item = item_of(tokens, start, end, values=meant.values, terms=meant.terms, source="translated", read_as=meant.word)
        yield weigh(tokens, start, end, QUALITY["alias"] if narrower else QUALITY["neighbour"] * meant.similarity), item


def _groups_by_other(word: str, meant: Meant, items: tuple[Item, ...], start: int) -> bool:
    """As in 各事业部 beside "industry": what is grouped by is never taken for something that the thesaurus knows as another thing."""
    own, others = concepts(word), concepts(meant.word)
    grouped = any("group" in item.cues and item.end == start for item in items)
    return bool(grouped and meant.terms and own and others and not own & others)


def _spans_over(tokens: tuple[Token, ...], places: list[int]) -> set[tuple[int, int]]:
    """Every run of words of one script that holds one of the places: two to six Han characters, one to three Latin words."""
    found, silent = set(), stopwords()
    for at in places:
        least, most = (2, 6) if tokens[at].kind == "han" else (1, 3)
        for start in range(max(at - most + 1, 0), at + 1):
            for end in range(max(at + 1, start + least), min(start + most, len(tokens)) + 1):
                if cuts_compound(tokens, start, end):
                    continue
                words = tokens[start:end]
                named = any(token.text[:1].isupper() for token in words[start == 0 :])  # a name has no meaning to go by
                quiet = words[0].kind == "latin" and {words[0].stem, words[-1].stem} & silent
                parted = any(token.text == "的" for token in words)  # what stands before it only says more of what stands behind it
                if all(token.kind == tokens[at].kind for token in words) and not (named or quiet or parted):
                    found.add((start, end))
        found |= set(_set_phrases(tokens, at))
    return found


def _set_phrases(tokens: tuple[Token, ...], at: int) -> Iterator[tuple[int, int]]:
    """As in "out of warranty", "out-of-warranty", "go-live": phrases of English words, silent ones too, that the thesaurus has as they stand."""
    if tokens[at].kind != "latin":
        return
    for start in range(max(at - LONGEST_SET_PHRASE + 1, 0), at + 1):
        for end in range(max(at + 1, start + 2), min(start + LONGEST_SET_PHRASE, len(tokens)) + 1):
            words = tokens[start:end]
            joined = all(token.kind == "latin" or token.text == "-" for token in words) and words[0].kind == words[-1].kind == "latin"
            joined = joined and not {words[0].norm, words[-1].norm} & {"a", "an", "the"}
            if joined and concepts(" ".join(token.norm for token in words)):
                yield start, end


def neighbours(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], nearby: Nearby, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """What unknown words mean in the store's own words, each run as it stands and with the words around it."""
    for run in runs_of(unknown):
        best: tuple[float, int, int, Meant] | None = None
        for start, end in _spans_around(tokens, run, nearby):
            if any(item.start < start < item.end or item.start < end < item.end or (item.period and start < item.end and item.start < end) for item in items):
                continue  # "win rate for tenders": half of a word is none; "attainment this year": a period is no part of a word
            meant = nearby.nearest(question[tokens[start].start : tokens[end - 1].end], readable)
            if meant is None or _is_no_category(meant, tokens, start, end) or (meant.values and _counts_stages(tokens[end - 1], meant)):
                continue
            alone = tokens[start].kind == "latin" or (start, end) == (run[0], run[-1] + 1)
            if not (meant.values or alone or nearby.is_word(_text(tokens, start, end))):
                continue
            if "".join(token.stem for at, token in enumerate(tokens[start:end], start) if at not in run) == term_key(meant.word):
                continue  # "employees left" is near to "employees", of which it says more
            if _adds_nothing(meant, tokens, items, start, end, nearby) or _asks_within(items, start, end):
                continue
            if _groups_by_other(question[tokens[start].start : tokens[end - 1].end], meant, items, start):
                continue
            if best is None or meant.similarity > best[0] + SURER * (end - start < best[2] - best[1]):
                best = meant.similarity, start, end, meant
        if best is not None:
            _, start, end, meant = best
            item = item_of(tokens, start, end, values=meant.values, terms=meant.terms, source="neighbour", read_as=meant.word)
            yield weigh(tokens, start, end, QUALITY["neighbour"]), item


def _text(tokens: tuple[Token, ...], start: int, end: int) -> str:
    return "".join(token.text for token in tokens[start:end])


def _spans_around(tokens: tuple[Token, ...], run: list[int], nearby: Nearby) -> Iterator[tuple[int, int]]:
    """The run itself, then wider: by one Han character on each side, or by two Latin words, of which the outer ones say something."""
    kind = tokens[run[0]].kind
    wider = 2 if kind == "latin" else 1
    spans = [(run[0] - before, run[-1] + 1 + after) for before in range(wider + 1) for after in range(wider + 1)]
    silent = stopwords()
    for start, end in sorted(spans, key=lambda span: (span[1] - span[0], -span[0])):
        if start < 0 or end > len(tokens) or any(token.kind != kind for token in tokens[start:end]) or cuts_compound(tokens, start, end):
            continue
        around = [at for at in range(start, end) if at not in run]
        if kind == "latin":
            if any(tokens[at].stem in silent for at in {start, end - 1} & set(around)) or any(tokens[at].text[:1].isupper() for at in around):
                continue
        elif any(_is_no_half(tokens[at], silent) for at in around) and not nearby.is_word(_text(tokens, start, end)):
            continue  # a name and the verb after it are no word
        if start > 0 and kind == "latin" and tokens[start].text[:1].isupper():
            continue  # a name has no meaning to go by
        if kind == "han" and end - start < 2:
            continue
        yield start, end


def _is_no_half(token: Token, silent: frozenset[str]) -> bool:
    """Whether a character beside an unknown word is no likely half of it: one that says something itself, or that only ties words (按机构)."""
    return token.text in TYING or (token.stem not in silent and not is_light(token))


def hidden(question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], nearby: Nearby, readable: Readable) -> Iterator[tuple[float, Item]]:
    """As in 调查中: words whose characters say nothing each by itself, and that are words of the store all the same."""
    silent = stopwords()
    taken = {at for item in items for at in range(item.start, item.end)}
    for at in range(len(tokens) - 1):
        pair = tokens[at : at + 2]
        if pair[0].text == "的":
            continue  # 应回的款: what stands before it says more of what stands behind it
        if not taken.isdisjoint({at, at + 1}) or any(token.kind != "han" or token.stem not in silent for token in pair):
            continue
        if not nearby.is_word(_text(tokens, at, at + 2)):
            continue
        under = at + 2 < len(tokens) and tokens[at + 2].text == "中" and at + 2 not in taken
        for end in (at + 3, at + 2) if under else (at + 2,):
            meant = nearby.nearest(question[pair[0].start : tokens[end - 1].end], readable)
            if meant is not None and meant.similarity >= SURE:
                item = item_of(tokens, at, end, values=meant.values, terms=meant.terms, source="neighbour", read_as=meant.word)
                yield weigh(tokens, at, end, QUALITY["neighbour"]), item
                break


def phrases(
    question: str, tokens: tuple[Token, ...], items: tuple[Item, ...], unknown: list[int], nearby: Nearby, readable: Readable
) -> Iterator[tuple[float, Item]]:
    """As in 自动续费: unknown Chinese characters together with whole words beside them that mean something else alone, where that is much surer."""
    held = [item for item in items if (item.values and item.source not in GUESSED) or item.means_more or item.topic]
    known = tuple(item for item in items if item.source not in {"translated", "neighbour"})
    if len(unknown) > MOST_UNKNOWN:
        return  # so much is unknown that no phrase would save the question
    for run in runs_of([at for at in unknown if tokens[at].kind == "han"]):
        best: tuple[float, int, int, Meant] | None = None
        for start in range(max(run[0] - 4, 0), run[0] + 1):
            for end in range(max(run[-1] + 1, start + 3), min(start + LONGEST_PHRASE, len(tokens)) + 1):
                if any(token.kind != "han" for token in tokens[start:end]) or any(item.start < end and start < item.end for item in held):
                    continue
                if any(item.start < start < item.end or item.start < end < item.end for item in items) or _counts_within(items, start, end):
                    continue
                if {tokens[start].text, tokens[end - 1].text} & TYING and not nearby.is_word(_text(tokens, start, end)):
                    continue
                if _may_cut(tokens, start - 1, items) or _may_cut(tokens, end, items):
                    continue
                meant = nearby.nearest(question[tokens[start].start : tokens[end - 1].end], readable)
                sure = meant is not None and meant.similarity >= SURE and not _is_no_category(meant, tokens, start, end)
                sure = sure and meant is not None and not _adds_nothing(meant, tokens, known, start, end, nearby) and not _drops_state(meant, items, start, end)
                if meant is not None and sure and (best is None or meant.similarity > best[0]):
                    best = meant.similarity, start, end, meant
        if best is not None:
            near, start, end, meant = best
            item = item_of(tokens, start, end, values=meant.values, terms=meant.terms, source="neighbour", read_as=meant.word)
            yield weigh(tokens, start, end, QUALITY["exact"] * near), item


def with_translated(items: tuple[Item, ...], unknown: list[int]) -> list[int]:
    """The unknown places, and those that only a part of a header explains in translation, as 自动 of 自动续费; not where they are too many."""
    halves = [item for item in items if item.source in {"translated", "neighbour"} and not item.values and any(term.what == "field" for term in item.terms)]
    parts = {at for item in halves for at in range(item.start, item.end)}
    both = sorted({*unknown, *parts})
    return both if len(both) <= MOST_UNKNOWN else unknown


def is_told_of_things(tokens: tuple[Token, ...], start: int, end: int, meant: Meant, nearby: Nearby, readable: Readable) -> bool:
    """As in "samples sent": things that are a kind of record here, with what is told of them, are no stage that one goes through."""
    if not meant.values or tokens[start].norm == tokens[start].stem:
        return False
    first = nearby.translated(tokens[start].text, readable)
    return first is not None and any(term.what == "entity" and term.filled for term in first.terms)


def _adds_nothing(meant: Meant, tokens: tuple[Token, ...], items: tuple[Item, ...], start: int, end: int, nearby: Nearby) -> bool:
    """Whether the guess means what a word within it means already, and nothing of the unknown one: "machine installed" says more than "installed"."""
    taken = {at for item in items for at in range(item.start, item.end)}
    rest = [tokens[at] for at in range(start, end) if at not in taken]
    kinds = {term.entity for term in meant.terms if term.what == "entity"}
    inside = (item for item in items if item.source in KNOWN and start <= item.start and item.end <= end)
    if kinds and not meant.values and any(kinds <= {term.entity for term in item.terms if term.what == "entity"} for item in inside):
        return True  # "customers complain" are customers, of whom it says more
    return _is_told(meant, items, start, end) and not any(nearby.explains(word, meant.word) for word in _words(rest))


def _words(tokens: list[Token]) -> list[str]:
    """Latin words one by one, Chinese characters together."""
    han = "".join(token.text for token in tokens if token.kind == "han")
    return [*(token.norm for token in tokens if token.kind == "latin"), *([han] if han else [])]


def _counts_stages(last: Token, meant: Meant) -> bool:
    """As in "how many bids": things that there are several of are none of the stages that one goes through."""
    plural = last.kind == "latin" and last.norm != last.stem and last.norm.endswith("s") and not last.norm.endswith("ss")
    return plural and all(value.field in {"stage", "status"} for value in meant.values)


def _asks_within(items: tuple[Item, ...], start: int, end: int) -> bool:
    """As in "bidders per tender", "payment term on average": a word that turns the question is no part of a name."""
    return any(start <= item.start and item.end <= end and item.is_only_cue and ASKING & set(item.cues) for item in items)


def _begins_with_rank(items: tuple[Item, ...], start: int, end: int) -> bool:
    """As in 最近一次接到: the last one of what is named behind it, and no day of another kind that its words resemble."""
    return any(item.start == start and item.end < end and item.text.endswith(COUNTED) and {"latest", "earliest"} & set(item.cues) for item in items)


def _counts_within(items: tuple[Item, ...], start: int, end: int) -> bool:
    """As in 寄出去多少份: how many of something, by their measure word, is no part of a header such as 寄了多少(公斤)."""
    return any(start <= item.start and item.end <= end and item.is_only_cue and "count" in item.cues and item.text[-2:-1] in {"少", "几"} for item in items)


def _drops_state(meant: Meant, items: tuple[Item, ...], start: int, end: int) -> bool:
    """As in 处理中索赔: the state before the records is no part of their name, which says nothing of it."""
    kinds = not meant.values and bool(meant.terms) and all(term.what == "entity" for term in meant.terms)
    return kinds and any(start <= item.start and item.end < end and item.is_only_cue and STATES & set(item.cues) for item in items)


def _may_cut(tokens: tuple[Token, ...], at: int, items: tuple[Item, ...]) -> bool:
    """Whether a character that nothing stands for may belong to the word beside it, as 问 to 问题."""
    if not 0 <= at < len(tokens) or tokens[at].kind != "han" or any(item.start <= at < item.end for item in items):
        return False
    if tokens[at].text in SWITCHES and at and tokens[at - 1].text in DENIED:
        return False  # 没开自动续费
    return tokens[at].text not in GRAMMATICAL


def _named(terms: tuple[Term, ...]) -> set[tuple[str, str, str]]:
    """What terms are of, however near."""
    return {(term.what, term.entity, term.key) for term in terms}


def _is_told(meant: Meant, items: tuple[Item, ...], start: int, end: int) -> bool:
    """Whether a word within the span has the meaning already: "customer ships", 客户的运 are near to customers, of which they say more."""
    terms = _named(meant.terms)
    inside = (item for item in items if start <= item.start and item.end <= end and item.source in {"exact", "translated", "neighbour"})
    return any((term.what, term.entity, term.key) in terms and term.filled for item in inside for term in item.terms)


def _is_no_category(meant: Meant, tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether a word that is near to a category, or to a kind of record, can't stand for it here."""
    if meant.terms and not meant.values and tokens[end - 1].text in CHARGED and tokens[end - 1].text not in meant.word:
        return all(term.what == "entity" for term in meant.terms)  # a 运费 is paid: it is no shipment
    if end - start == 1 and tokens[start].norm in DEGREES:
        return bool(meant.values)  # that meetings feel long says nothing of the long tail
    return bool(meant.values) and (is_figure_of(tokens, start, end) or _is_over(meant, tokens, start, end) or is_chosen(tokens, start, end))


def _is_over(meant: Meant, tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether the word tells of something done and the category of something being done: "supplied" is not 供货中."""
    said = "".join(token.norm for token in tokens[start:end])
    ongoing = bool(meant.values) and all(len(value.text) > len("中标") and value.text.endswith("中") for value in meant.values)
    return ongoing and (said.endswith("ed") if said.isascii() else not said.endswith(("中", "在")))


def is_light(token: Token) -> bool:
    """A single character that may be half of a word as well as a function word; not one that says how a deal ended."""
    return token.kind == "han" and token.text in cues() and not OUTCOMES & set(cues()[token.text])
