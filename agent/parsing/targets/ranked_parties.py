"""Customers, colleagues or goods that are ranked by the word for their sort: 签约额前三的经销商, "top 3 dealers by won value", 哪家合作社下单最多."""

from __future__ import annotations

from collections.abc import Iterator

from agent.parsing.reading.drafting import Reading
from agent.parsing.reading.signals import NUMBERED

PARTIES = ("account", "member", "product")
COUNTERS = set("的家个位名款种几")
COUNTING = {"account": "家", "member": "位"}
SOUGHT = {"是谁", "谁是", "who is", "who's", "who are"}
AMONG = {"里", "中", "里面", "里头", "当中", "之中"}
NAMING = {"entity", "field", "measure", "kind"}


def ranked_parties(reading: Reading) -> Iterator[tuple[int, str]]:
    """The places of values that tell the sort of those who are ranked, with the way from the records to them; none where the records themselves are ranked."""
    signals = reading.signals
    if signals.timely or not (signals.superlative or signals.has("which")):
        return
    for index, item in enumerate(signals.items):
        parties = {value.entity for value in item.values}
        if not item.values or any(value.title for value in item.values) or not _is_role(reading, index) or not _is_ranked(reading, index):
            continue
        named = parties & set(PARTIES) - {reading.entity}
        for party in named if parties == named or _names_party(reading, index, named) else ():
            if _says_more(reading, index, party):
                continue
            yield from ((index, path) for path in list(reading.paths.to_entity(reading.entity, party))[:1] if path)


def _is_role(reading: Reading, index: int) -> bool:
    """Whether the word tells a sort alone; or, as 业务员, the job of some that is a word for whoever a record belongs to."""
    item, entities = reading.item(index), reading.paths.model.entities
    theirs = (entities[term.entity].fields[term.key].to == "member" if term.what == "field" else term.entity == "member" for term in item.terms)
    return not item.terms or (all(value.entity == "member" for value in item.values) and all(theirs))


def is_one_of_sort(reading: Reading) -> bool:
    """As in 面积最大的合作社是谁, of customers themselves: the one who is sought is of the sort that is named, and nobody of ours."""
    items = reading.signals.items
    sorts = {at for at, item in enumerate(items) if item.is_sort_of("account")}
    asking = [at for kind in ("which", "lookup") for at in reading.signals.at.get(kind, ()) if _is_sought(reading, at)]
    beside = any(at - 1 in sorts and _touch(reading, at - 1, at) for at in asking) or any(at < min(sorts, default=at) for at in asking)
    return reading.entity == "account" and bool(sorts) and beside


def _is_sought(reading: Reading, at: int) -> bool:
    """谁是, "who is": whoever it is, and not who did it."""
    item, tokens = reading.item(at), reading.signals.tokens
    behind = tokens[item.end].norm if item.end < len(tokens) else ""
    return item.text.casefold() in SOUGHT or (item.text.casefold() in {"谁", "who"} and behind in {"是", "is"})


def sort_ranked(reading: Reading) -> list[int]:
    """As in 面积最大的合作社: where the value stands that tells the sort of the records themselves, right behind the rank."""
    signals, fields = reading.signals, reading.paths.model.entities["account"].fields
    figures = (fields[term.key] for item in signals.items for term in item.terms if (term.what, term.entity) == ("field", "account") and term.filled)
    if reading.entity != "account" or not signals.superlative or not any(field.type.is_numeric or field.type.is_time for field in figures):
        return []
    own = [at for at, item in enumerate(signals.items) if item.is_sort_of("account")]
    return [at for at in own if not reading.item(at).terms and _is_ranked(reading, at) and not _says_more(reading, at, "")]


def are_chosen_among(reading: Reading) -> bool:
    """As in 战略客户里商机最多的是谁: the customers of the sort are those among whom somebody is sought."""
    signals = reading.signals
    sorts = [item for item in signals.items if any(value.entity == "account" and not value.title for value in item.values)]
    return any(item.end < len(signals.tokens) and signals.tokens[item.end].text in AMONG for item in sorts)


def _is_ranked(reading: Reading, index: int) -> bool:
    """Whether the words right before are those of a rank, with how many at most between: 前三的, 最多的三家, "top 3", 哪家."""
    signals = reading.signals
    ranking = {*signals.superlative, *signals.top_items, *signals.at.get("which", ())}
    at = index
    while at > 0 and _touch(reading, at - 1, at):
        at -= 1
        if at in ranking and signals.items[at].number is None:
            return True
        if signals.items[at].number is None:
            return False
    return False


def _touch(reading: Reading, before: int, after: int) -> bool:
    items, tokens = reading.signals.items, reading.signals.tokens
    return all(token.text in COUNTERS for token in tokens[items[before].end : items[after].start])


def _names_party(reading: Reading, index: int, parties: set[str]) -> bool:
    following = reading.signals.items[index + 1 : index + 2]
    return bool(following) and any(term.what == "entity" and term.entity in parties for term in following[0].terms)


def _says_more(reading: Reading, index: int, party: str) -> bool:
    """As in 最大的经销商订单, "largest dealer orders": the value only says which of the records that are named right behind."""
    following = reading.signals.items[index + 1 : index + 2]
    if not following or not all(token.text == "的" for token in reading.signals.tokens[reading.item(index).end : following[0].start]):
        return False
    counted = reading.item(index - 1).text.endswith(COUNTING[party]) if party in COUNTING else False
    if counted or any(term.what == "entity" and term.entity == party for term in following[0].terms):
        return False  # 哪家代理商下单金额最高, 三家制造业客户
    if all(reading.item(at).text in NUMBERED for at in reading.signals.superlative) and reading.signals.superlative:
        return False  # 哪个战略客户商机最多: no single record is the most
    return any(term.what in NAMING for term in following[0].terms) and "group" not in following[0].cues
