"""Links the words of a question to what they mean in a store: as they stand, repaired, and guessed, each time covering the question anew."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain

from agent.parsing.language.hyphenated import compound_spans
from agent.parsing.language.text import Token, has_han, tokenise
from agent.parsing.linking.actual_days import with_actual_days
from agent.parsing.linking.aligned_names import aligned_names
from agent.parsing.linking.characters import single_characters, verbs_apart
from agent.parsing.linking.choosing import is_figure_of
from agent.parsing.linking.clipped_names import clipped, clipped_sorts
from agent.parsing.linking.codes import code_spans, cuts_code
from agent.parsing.linking.columns_of_names import with_name_columns
from agent.parsing.linking.coming_due import due_days
from agent.parsing.linking.compounding import compounds
from agent.parsing.linking.contractions import contracted
from agent.parsing.linking.contracts_signed import with_contracts_signed
from agent.parsing.linking.counted_units import with_counted_units
from agent.parsing.linking.counting import cuts_count, without_group_counts
from agent.parsing.linking.covering import Cover
from agent.parsing.linking.deals_booked import with_deals_booked
from agent.parsing.linking.deals_in_hand import with_open_in_hand
from agent.parsing.linking.denied_categories import with_denied_categories
from agent.parsing.linking.denying import without_prefixes
from agent.parsing.linking.doers_named import doers_named
from agent.parsing.linking.employment import with_employment
from agent.parsing.linking.ends_apart import with_ends_apart
from agent.parsing.linking.english_columns import dated_verbs, named_days, named_days_in_han, told_apart
from agent.parsing.linking.events_as_records import with_records_of_events
from agent.parsing.linking.finally_ended import without_finally
from agent.parsing.linking.general_money import spoken_money
from agent.parsing.linking.glossing import without_glosses
from agent.parsing.linking.graded import with_graded
from agent.parsing.linking.graded_letters import with_graded_letters
from agent.parsing.linking.growth_words import as_changes
from agent.parsing.linking.guessing import hidden, neighbours, phrases, translated, with_translated
from agent.parsing.linking.intending import without_intending
from agent.parsing.linking.invoicing import without_invoicing
from agent.parsing.linking.items import Item, Linked, Readable, item_of, runs_of
from agent.parsing.linking.leads import with_leads
from agent.parsing.linking.light_verbs import without_light
from agent.parsing.linking.lost_customers import with_lost
from agent.parsing.linking.marked_values import without_marking
from agent.parsing.linking.meanings import meanings
from agent.parsing.linking.means_said import without_by
from agent.parsing.linking.money_asked import with_money_asked
from agent.parsing.linking.money_to_come import with_money_to_come
from agent.parsing.linking.names_of_places import with_names_of_places
from agent.parsing.linking.nearby import Nearby
from agent.parsing.linking.neutral import only_tying, without_neutral
from agent.parsing.linking.newly import without_new
from agent.parsing.linking.nouns_apart import with_nouns_apart
from agent.parsing.linking.numbered_values import with_numbered
from agent.parsing.linking.ordering_words import with_orders
from agent.parsing.linking.owing import with_owed
from agent.parsing.linking.own_states import with_own_states
from agent.parsing.linking.parted_headers import with_whole_headers
from agent.parsing.linking.people_meant import with_own_people, without_asked_sort
from agent.parsing.linking.phone_numbers import with_phone_numbers
from agent.parsing.linking.pieces_said import with_pieces, without_goods
from agent.parsing.linking.places_meant import with_places_meant
from agent.parsing.linking.quotas import with_attainment
from agent.parsing.linking.rates import spoken_rates
from agent.parsing.linking.record_lengths import with_lengths
from agent.parsing.linking.record_words import with_record_words
from agent.parsing.linking.recorded_only import recorded_only
from agent.parsing.linking.records_left_out import without_their_noun
from agent.parsing.linking.records_of_period import of_their_period
from agent.parsing.linking.renaming import is_empty, is_lent, renamed
from agent.parsing.linking.repairing import repairs
from agent.parsing.linking.said_twice import without_repeating
from agent.parsing.linking.set_phrases import set_phrases
from agent.parsing.linking.shared_amounts import with_meant_amounts
from agent.parsing.linking.silent_words import silent_words
from agent.parsing.linking.slips_repaired import with_slips_repaired
from agent.parsing.linking.sorts_of_things import names_sort, swallows_records
from agent.parsing.linking.split_verbs import with_split_verbs
from agent.parsing.linking.table_phrases import with_table_phrases
from agent.parsing.linking.telling_apart import with_bearers
from agent.parsing.linking.tenders_won import with_tenders_won
from agent.parsing.linking.told import without_told
from agent.parsing.linking.topics import flags_involved, topic_cue, with_topic
from agent.parsing.linking.trading import traded
from agent.parsing.linking.type_heads import with_heads
from agent.parsing.linking.uncounted import with_business
from agent.parsing.linking.validity import with_validity
from agent.parsing.linking.verbs_by import is_told_behind
from agent.parsing.linking.verbs_of_money import with_verbs_of_money
from agent.parsing.linking.whole_team import with_whole_team
from agent.parsing.linking.word_pairs import word_pairs
from agent.parsing.linking.yearly_columns import of_their_year
from agent.parsing.store_words.asked_flags import denied_flags, without_passing
from agent.parsing.store_words.english_names import without_distant
from agent.parsing.store_words.flag_words import with_letters
from agent.parsing.store_words.vocabulary import Vocabulary

MOST_LOOKED_UP = 40
Codes = tuple[tuple[int, int], ...]


def link(question: str, vocabulary: Vocabulary, today: date, readable: Readable) -> Linked:
    """Cover the question with links: as many of its letters as possible by as few and as exact links as possible."""
    mixed = has_han(question) and re.search("[A-Za-z]{2}", question) is not None  # a bracket in the other script

    def find(words: str) -> tuple[tuple[Item, ...], bool]:
        found = _link(words, vocabulary, today, readable, vocabulary.nearby if mixed else None)
        return found.items, not found.unknown

    plain = with_whole_headers(without_prefixes(without_glosses(question, find), vocabulary), vocabulary)
    return _link(plain, vocabulary, today, readable, vocabulary.nearby)


def _link(question: str, vocabulary: Vocabulary, today: date, readable: Readable, nearby: Nearby | None) -> Linked:
    tokens = tokenise(question)
    codes = code_spans(question, tokens)
    cover = Cover(tokens, compound_spans(tokens))
    cover.loud = cover.pieces
    meant = meanings(question, tokens, vocabulary, today, readable)
    meant = (found for found in meant if not cuts_code(codes, found[1].start, found[1].end) and not cuts_count(tokens, found[1]))
    meant = (found for found in meant if not is_told_behind(tokens, found[1], vocabulary))
    cover.offer(found for found in meant if not (names_sort(tokens, found[1]) or swallows_records(tokens, found[1], vocabulary)))
    if said := list(recorded_only(question, tokens)):
        cover.offer(said)
    cover.offer(contracted(tokens, cover.unknown, vocabulary))
    if named := list(doers_named(tokens, cover.items, vocabulary)):
        cover.offer(named)
    _repair(cover, codes, vocabulary, readable)
    cover.loud = cover.pieces | frozenset(silent_words(tokens, cover.items, nearby) if nearby is not None else ())
    if cover.unknown:
        cover.offer(
            chain(
                verbs_apart(tokens, cover.unknown, vocabulary),
                due_days(tokens, cover.unknown, vocabulary),
                single_characters(tokens, cover.items, cover.unknown, vocabulary),
            )
        )
    heard = {at for item in cover.items for at in range(item.start, item.end)}  # on-time as a whole
    cover.unknown = without_new(tokens, cover.items, without_told(tokens, cover.items, sorted({*cover.unknown, *(cover.loud - heard)})), vocabulary)
    if called := list(traded(question, tokens, cover.unknown, nearby, vocabulary, readable)):
        cover.offer(called)
        cover.unknown = without_new(tokens, cover.items, without_told(tokens, cover.items, cover.unknown), vocabulary)
    if nearby is not None:
        _guess(question, cover, codes, vocabulary, readable, nearby)
    items, unknown = with_heads(tokens, without_passing(denied_flags(cover.items, vocabulary), vocabulary), cover.unknown, vocabulary)
    items, unknown = with_record_words(tokens, items, unknown)
    items, unknown = with_table_phrases(tokens, items, unknown, nearby, vocabulary) if nearby is not None else (items, unknown)
    items, unknown = with_graded_letters(tokens, *with_letters(tokens, items, unknown, vocabulary), vocabulary)
    items, unknown = with_validity(question, items, unknown, tokens, vocabulary)
    items, unknown = with_employment(question, tokens, items, unknown, vocabulary)
    items, unknown = with_attainment(question, tokens, items, unknown, vocabulary)
    items, unknown = without_invoicing(of_their_year(items, vocabulary), unknown, vocabulary)
    items, unknown = with_owed(tokens, items, unknown, vocabulary)
    items, unknown = with_money_to_come(tokens, items, unknown, vocabulary)
    items = with_records_of_events(tokens, items, vocabulary)
    items, unknown = with_orders(tokens, items, unknown, vocabulary)
    items, unknown = with_pieces(tokens, items, without_goods(tokens, items, unknown, vocabulary), vocabulary)
    items, unknown = with_verbs_of_money(tokens, *with_split_verbs(tokens, items, unknown, vocabulary), vocabulary)
    items, unknown = with_topic(question, tokens, *without_by(tokens, items, unknown), vocabulary)
    unknown = without_neutral(tokens, without_new(tokens, items, without_told(tokens, items, unknown), vocabulary))
    unknown = without_intending(tokens, items, without_light(tokens, items, unknown, nearby), vocabulary)
    items, unknown = without_repeating(tokens, items, unknown, vocabulary)
    items = dated_verbs(tokens, items, nearby, vocabulary, readable) if nearby is not None else items
    items = with_counted_units(tokens, with_own_states(items, vocabulary), vocabulary)
    items = with_actual_days(tokens, items, vocabulary)
    items = with_slips_repaired(without_marking(items, vocabulary), vocabulary)
    items = with_deals_booked(tokens, with_leads(without_asked_sort(items), vocabulary), vocabulary)
    items = with_meant_amounts(spoken_money(only_tying(items, vocabulary), vocabulary), vocabulary)
    items = with_whole_team(with_business(tokens, without_distant(items), vocabulary), vocabulary)
    items = with_graded(tokens, as_changes(with_lost(without_finally(items, vocabulary), vocabulary)), vocabulary)
    items = with_nouns_apart(tokens, with_name_columns(items, vocabulary), vocabulary)
    items = with_numbered(with_own_people(of_their_period(items, today), vocabulary), vocabulary)
    items = compounds(tokens, without_group_counts(tokens, items, vocabulary), vocabulary)
    items = with_lengths(tokens, items, vocabulary)
    items = with_ends_apart(tokens, items, vocabulary)
    items = with_phone_numbers(tokens, with_money_asked(tokens, items, vocabulary), vocabulary)
    items = with_names_of_places(with_places_meant(tokens, with_open_in_hand(tokens, items, vocabulary)))
    items = with_contracts_signed(tokens, with_tenders_won(items, vocabulary), vocabulary)
    items = without_their_noun(tokens, with_denied_categories(tokens, items, vocabulary))
    items = with_bearers(tokens, items, vocabulary) if vocabulary.namesakes else items
    whole = sorted({*unknown, *(at for first, last in codes if {*unknown} & {*range(first, last)} for at in range(first, last))})
    return Linked(tokens, items, _words(question, tokens, whole), today, tuple(item_of(tokens, run[0], run[-1] + 1) for run in runs_of(whole)))


def _repair(cover: Cover, codes: Codes, vocabulary: Vocabulary, readable: Readable) -> None:
    """Names and headers that are misspelt, or said short."""
    if not cover.unknown:
        return
    repaired = chain(
        repairs(cover.tokens, cover.unknown, vocabulary, readable),
        clipped(cover.tokens, cover.unknown, vocabulary, readable),
        clipped_sorts(cover.tokens, cover.unknown, vocabulary, readable),
    )
    cover.offer(
        (weight, item)
        for weight, item in repaired
        if not cuts_code(codes, item.start, item.end) and (all(value.title for value in item.values) or not is_figure_of(cover.tokens, item.start, item.end))
    )


def _guess(question: str, cover: Cover, codes: Codes, vocabulary: Vocabulary, readable: Readable, nearby: Nearby) -> None:
    """What the words mean that the store spells otherwise, the surest guesses first: by the dictionary, then by vectors."""
    tokens = cover.tokens

    def to_look_up() -> list[int]:
        return [at for at in cover.unknown if not any(first <= at < last for first, last in codes)]

    cover.offer(aligned_names(tokens, cover.items, nearby, vocabulary))
    cover.offer(set_phrases(question, tokens, cover.items, nearby, vocabulary, readable))
    empty = [at for item in cover.items if is_empty(item) for at in range(item.start, item.end)]
    if empty or any(is_lent(item) for item in cover.items):
        cover.offer(renamed(question, tokens, cover.items, empty, nearby, vocabulary, readable))
    pairs = list(word_pairs(question, tokens, cover.items, nearby, vocabulary, readable))
    cover.offer((*pairs, *spoken_rates(tokens, nearby, vocabulary, readable)))
    cover.offer(flags_involved(question, tokens, cover.items, nearby, vocabulary, readable))
    if cover.unknown and topic_cue(cover.items, vocabulary) is None:
        cover.offer(translated(question, tokens, cover.items, to_look_up()[:MOST_LOOKED_UP], nearby, readable))
        cover.offer(neighbours(question, tokens, cover.items, to_look_up(), nearby, readable))
        cover.offer(phrases(question, tokens, cover.items, with_translated(cover.items, to_look_up()), nearby, readable))
    asks_about = any("about" in item.cues for item in cover.items)
    if not asks_about and (found := list(hidden(question, tokens, cover.items, nearby, readable))):
        cover.offer(found)
    if not asks_about:
        wider = (
            *named_days(tokens, nearby, vocabulary, readable),
            *named_days_in_han(question, tokens, cover.items, nearby, vocabulary, readable),
            *told_apart(question, tokens, cover.items, nearby, vocabulary, readable),
        )
        if wider:
            cover.offer(wider)


def _words(question: str, tokens: tuple[Token, ...], unknown: list[int]) -> tuple[str, ...]:
    """Unknown tokens as the person wrote them, neighbours joined."""
    return tuple(dict.fromkeys(question[_whole(tokens, run[0], -1)[0] : _whole(tokens, run[-1], 1)[1]] for run in runs_of(unknown)))


def _whole(tokens: tuple[Token, ...], at: int, step: int) -> tuple[int, int]:
    """Where the word that a token is a piece of begins and ends, looking one way: a code such as 1C1I7A6R is one word."""
    while 0 <= at + step < len(tokens) and {tokens[at].kind, tokens[at + step].kind} <= {"latin", "number"}:
        before, after = sorted((at, at + step))
        if tokens[before].end != tokens[after].start:
            break
        at += step
    return tokens[at].start, tokens[at].end
