"""Several questions in one message: splits it where each part reads by itself, or as going on from the part before, and joins their plans.

A message is never split for its marks alone: what reads as one question stays one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from agent.answer import Language
from agent.parsing.language.lexicon import cues
from agent.parsing.language.text import has_han, tokenise
from agent.parsing.linking.general_money import GENERAL_MONEY
from agent.parsing.linking.items import Linked
from agent.parsing.messages.carrying import asks_whose, carried, is_dated, is_of_one, is_of_those, measure_of, of_those, refers_back, says_all
from agent.parsing.messages.filling_up import bounded_alike, filled_up, stands_alone
from agent.parsing.messages.of_the_last import whose_was_the_last
from agent.parsing.store_words.vocabulary import Vocabulary
from prompts.words import say
from tools.crm.query import Assumption, Plan, Query
from tools.crm.semantic import FieldType, SemanticModel

MOST_PARTS = 6
MOST_JOINTS = 40  # what has more is no list of questions, and each costs a look at all the words
ASKING = {"count", "amount", "list", "which", "lookup", "where", "when", "exists", "duration", "compare"}
LONGEST_CUE = 4
_ENDS = re.compile(r"(?<=[?？!！；;])\s*|\n+")
_ANY_THAT_HAVE = re.compile(r"^\W*(?:do|does|did) any\b[^?]*\b(?:have|hold|had)\b[^?]*\?\s*(?:if so,? )?which (?:ones|of them)\W*$", re.IGNORECASE)
_STOPS = re.compile(r"(?<=[?？!！；;。])\s*|(?<=[a-z0-9)]\.)\s+(?=[A-Z])|\n+")
_NUMBER = re.compile(r"(?:^|(?<=[\s，,；;。?？：:]))(?:[(（]?(?P<number>\d{1,2})(?:[)）、]|\.(?!\d))|(?P<ring>[①-⑨]))\s*")
_DENIED = r"(?!\s*(?:却|(?:(?:and|but)\s+)?(?:no|not|never|without)\b))"  # and not one win: another condition, and nothing that is asked
_COUNTED = "[单个次笔家台套张份条场项位名人]"
_JOINTS = re.compile(
    rf"\s*[,;，；、]{_DENIED}\s*(?:(?:and|also|then|plus)\s+)*|(?<!\bwith)\s+(?:and|plus)\b{_DENIED}\s+(?:also\s+)?|(?:以及|还有|另外|并且|同时)"
    rf"|(?:(?<=几{_COUNTED})|(?<=多少{_COUNTED}))(?=[\u4e00-\u9fff]{{1,3}}了(?:几|多少){_COUNTED})",  # 赢了几次输了几次
    re.IGNORECASE,
)
_JOINED = re.compile(rf"\s*[,;，；、]{_DENIED}\s*|(?<!\bwith)\s+(?:and|plus)\b{_DENIED}\s+|(?:以及|还有|另外|并且|同时|和|与|及)", re.IGNORECASE)
_SAYS_HOW = re.compile(r"(?:就|才|都|即|便)算|算作|视为|^(?:只?看|按照?|以)(?!看)|\bcounts? as\b|^(?:judged |measured |ranked |going )?by\b", re.IGNORECASE)
_PART_OF = re.compile(r"(?:大概|大约|约|一共|总共|共)?占")  # the records that the part before was about are what is part of something
_ORDERED = re.compile(r"^按[^，,。？?]{1,8}?(?:[从由][大高多]到[小低少]|[从由][小低少]到[大高多]|[升降倒]序)[^，,。？?]{0,4}[？?]?$")  # asks for nothing
_TURNED = re.compile(r"^[^，,；;]{1,12}呢\s*[？?]?\s*$")  # 去年呢
_IN_ALL = re.compile(r"^((?:合计|总共|一共|共计|总计)(?:是|有|为)?)(?=多少\W*$)")  # 几份，合计多少: how many has been asked already
_EACH = re.compile(r"各自|每人|(?<![^，,])各(?=[有赢输签卖丢做])|\beach(?: of (?:them|those|these))?\b(?! other)", re.IGNORECASE)  # with no word for what
_AMONG = re.compile(r"其中|里面|当中|这些|\b(?:of|among|from)\s+(?:them|those|these|which)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|plus)\b|以及", re.IGNORECASE)
_OF_THOSE = re.compile(r"how (?:many|much) of (?:them|those|these|which)\b|其中(?:有)?(?:多少|几)", re.IGNORECASE)
_ITS = re.compile(r"\s*(?:(?:its|their|his|her)\b|它的|他的|她的|其(?![中他余它]))", re.IGNORECASE)
_AND_OF_THOSE = re.compile(r"\w\W{0,3}(?:and|plus|以及)\s?(?:how (?:many|much) of (?:them|those|these|which)\b|其中(?:有)?(?:多少|几))", re.IGNORECASE)
_OPENINGS = re.compile(r"^(?:(?:and|also|then|plus|finally|please)\b[\s,]*|(?:和|以及|还有|另外|并且|同时|然后|再|请问|那么|那)[，,]?)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reader:
    """How a part is read: to its plan (after the plan of the part before), to its links, and which plan a reading gives, if any.

    ``plan`` is None for a part that gives no plan; ``why`` then says it in a key of ``part_…`` and with the words it is about.
    """

    plan: Callable[[str, Plan | None], Plan | None]
    link: Callable[[str], Linked]
    why: Callable[[str, Plan | None], tuple[str, str]]
    vocabulary: Vocabulary

    @property
    def model(self) -> SemanticModel:
        """The semantic model of the store."""
        return self.vocabulary.model


def read_several(text: str, reader: Reader, previous: Plan | None) -> Plan | None:
    """The plans of all parts as one, if the message has several parts that read; None where it is to be read as one question.

    Where only some parts read, the plan names the others; such a plan is offered only for a message that doesn't read as one.
    """
    partial: Plan | None = None
    for parts in _splits(text):
        plan, complete = _joined(parts, reader, previous, at_joints=not _ENDS.search(text.rstrip(" ?？!！。.;；")))
        if plan is not None and complete:
            return plan
        partial = partial or plan
    if partial is None and len(loose := _opened(_JOINED.split(text))) < 2:
        return None
    if reader.plan(text, previous) is not None:
        return None
    if 1 < len(loose := _opened(_JOINED.split(text))) <= MOST_PARTS and all(_names_something(reader.link(part)) for part in loose):
        plan, complete = _joined(loose, reader, previous)
        if plan is not None and complete:
            return plan
    return partial


# -- where a message can be split -------------------------------------------------------------------------------------


def _splits(text: str) -> Iterator[tuple[str, ...]]:
    seen: set[tuple[str, ...]] = {(text,)}
    for found in (_numbered(text), _ENDS.split(text), _STOPS.split(text), _at_joints(text)):
        parts = _opened(found)
        if 1 < len(parts) <= MOST_PARTS and parts not in seen:
            seen.add(parts)
            yield parts


def _opened(found: list[str]) -> tuple[str, ...]:
    """The parts without the words that join them to what stands before; empty ones are dropped."""
    stripped = (_OPENINGS.sub("", each.strip()).strip() for each in found)
    return tuple(part for part in stripped if any(letter.isalnum() for letter in part))


def _names_something(linked: Linked) -> bool:
    """Whether a figure or a kind of record is named."""
    return any(term.what in {"entity", "measure", "field"} for item in linked.items for term in item.terms)


def _numbered(text: str) -> list[str]:
    """The points of a list that counts from one, as in "1. … 2. …" or ①…②…."""
    marks = list(_NUMBER.finditer(text))
    numbers = [int(mark["number"]) if mark["number"] else ord(mark["ring"]) - ord("①") + 1 for mark in marks]
    if len(marks) < 2 or numbers != list(range(1, len(marks) + 1)):
        return [text]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end].strip(" \n,，;；、") for mark, end in zip(marks, ends, strict=True)]


def _at_joints(text: str) -> list[str]:
    """At commas and connectives, where what follows asks anew: "…, and what is …", 赢了多少单，平均金额多少."""
    parts = []
    for whole in _STOPS.split(text):
        start = 0
        joints = list(_JOINTS.finditer(whole))
        for joint in joints if len(joints) <= MOST_JOINTS else ():
            before, after = whole[start : joint.start()], whole[joint.end() :]
            anew = _asks(after, anywhere=has_han(after)) or _sums(after)
            told = _AND.search(joint.group()) and _OF_THOSE.match(after)  # "deals opened in May, and how many of those were won?"
            if anew and (told or any(_asks(clause, anywhere=True) for clause in re.split(r"[，,；;]", before))):
                parts.append(before)
                start = joint.end()
        parts.append(whole[start:])
    return parts


def asks_for_those_that_have(text: str) -> bool:
    """As in "do any customers on hold have open deals? Which ones?": the customers, not their deals, are those asked for behind."""
    return bool(_ANY_THAT_HAVE.match(text))


def counts_part_behind(text: str) -> bool:
    """Whether what is named first is to be counted, and then a part of it: "tickets opened in May, and how many of those were closed"."""
    return bool(_AND_OF_THOSE.search(text))


def sums_behind(text: str) -> bool:
    """Whether a clause behind one that counts begins with a word for a total: two figures are asked for."""
    clauses = re.split(r"\s*[，,；;、]\s*", text)
    return any(_sums(after) and _asks(before, True, {"count"}) for before, after in pairwise(clauses))


def _sums(part: str) -> bool:
    """Whether a clause begins with a word for a total, and so names a figure, as in 有多少笔，合计金额."""
    tokens = tokenise(part)
    return any("sum" in cues().get("".join(token.stem for token in tokens[:size]), ()) for size in range(min(LONGEST_CUE, len(tokens)), 0, -1))


def _asks(part: str, anywhere: bool, kinds: Collection[str] = ASKING) -> bool:
    """Whether the words ask for something: at their beginning, or anywhere up to the next comma."""
    if _TURNED.search(part):
        return True
    tokens = tokenise(re.split(r"[，,；;]", part)[0] if anywhere and has_han(part) else part)
    places = range(len(tokens)) if anywhere else range(min(1, len(tokens)))
    for at in places:
        key = ""
        for token in tokens[at : at + LONGEST_CUE]:
            key += token.stem
            if set(kinds) & set(cues().get(key, ())):
                return True
    return False


# -- reading the parts ------------------------------------------------------------------------------------------------


def _joined(parts: tuple[str, ...], reader: Reader, previous: Plan | None, at_joints: bool = False) -> tuple[Plan | None, bool]:
    """One plan for the parts that read, with the others named, and whether all read."""
    plans: list[Plan] = []
    left: list[Assumption] = []
    before = previous
    for part in parts:
        plan = _read(part, reader, before, first=not plans)
        if plan is not None and left and not plans and not stands_alone(reader.link(part)):
            plan = None  # "…, and worth how much?" of what was not understood
        if plan is None:
            left.append(_left_out(part, reader, before))
            continue
        if not _shows_again(plan, plans):
            plans.append(plan)
        before = plan
    if at_joints:
        plans = _shared_period(plans, parts, reader)
    if left and (at_joints or any(_SAYS_HOW.search(part) for part in parts)):
        return None, False  # one sentence asks one thing of the same records: half an answer would be none
    if not plans or sum(len(plan.queries) for plan in plans) > MOST_PARTS or (len(plans) + len(left) < 2 and before is plans[0]):
        return None, False
    queries = tuple(query for plan in plans for query in plan.queries)
    foci = tuple(plan.focus_of(at) for plan in plans for at in range(len(plan.queries)))
    notes = tuple(dict.fromkeys(each for plan in plans for each in plan.assumptions))
    joined = plans[0].model_copy(update={"queries": queries, "foci": foci, "focus": foci[0], "assumptions": notes, "left_out": tuple(left)})
    return joined, not left


def _shows_again(plan: Plan, plans: list[Plan]) -> bool:
    """As in 有没有…？是哪几家: the very records that a part before has listed already."""
    shown = [query for each in plans for query in each.queries if not query.measures]
    return len(plan.queries) == 1 and not plan.queries[0].measures and plan.queries[0] in shown


def _shared_period(plans: list[Plan], parts: tuple[str, ...], reader: Reader) -> list[Plan]:
    """In one sentence, a period at its end counts for all of it: "how many did we win and how many did we lose in June"."""
    last = plans[-1].queries[0] if plans and len(plans) == len(parts) else None
    if last is None or last.window is None or last.compare is not None or last.window.path is not None:
        return plans
    if any(item.period for part in parts[:-1] for item in reader.link(part).items):
        return plans
    update = {"window": last.window}
    dated = [plan for plan in plans if all(query.window is None and query.compare is None and is_dated(query, reader.model) for query in plan.queries)]
    return [plan.model_copy(update={"queries": tuple(query.model_copy(update=update) for query in plan.queries)}) if plan in dated else plan for plan in plans]


def _read(part: str, reader: Reader, before: Plan | None, first: bool) -> Plan | None:
    if _ORDERED.match(part):
        return None
    if not first and before is not None and _counts_all(before, reader.model):
        part = _IN_ALL.sub("金额合计", part)
    plan = reader.plan(part, before)
    if first or before is None or len(before.queries) != 1:
        return plan
    earlier, linked = before.queries[0], reader.link(part)
    last = whose_was_the_last(part, earlier, linked, reader.model)
    if last is not None:
        return before.model_copy(update={"queries": (last,), "focus": "top", "foci": ()})
    told = _told_of_each(part, plan, earlier, linked, reader)
    if told is not None:
        return told
    plan = bounded_alike(part, plan, earlier, linked, reader) if _tells_amount(plan, linked) else None
    own = _carried(plan, earlier, part, linked, reader)
    another = _names_something(linked) and not _may_be_of(linked, earlier.entity)
    if plan is not None and own is not None and not _PART_OF.match(part) and (plan.queries[0].entity == earlier.entity or another):
        return own
    again = (reader.plan(text, None) for text in filled_up(part, linked, earlier, reader))
    for each in again:
        if each is None or not _tells_amount(each, linked) or not (own is None or each.queries[0].entity == earlier.entity):
            continue
        filled = _carried(each, earlier, part, linked, reader)
        if filled is not None:
            return filled
    return own


def _counts_all(plan: Plan, model: SemanticModel) -> bool:
    """Whether a plan counts records that are worth something, all of them as one."""
    query = plan.queries[-1]
    worth = model.entities[query.entity].fields.get("amount")
    if worth is None or worth.type is not FieldType.MONEY:
        return False
    counted = [measure.op if (measure := measure_of(ref, model)) is not None else ref.fold for ref in query.measures]
    return counted == ["count"] and not query.dimensions


def _told_of_each(part: str, plan: Plan | None, earlier: Query, linked: Linked, reader: Reader) -> Plan | None:
    """As in 东区有几个销售，各自赢了多少单, "…, and how many did each win": by those whom the part before counted or listed, one by one."""
    found = _EACH.search(part)
    if found is None or earlier.dimensions or (plan is not None and any(query.dimensions for query in plan.queries)):
        return None
    language: Language = "zh" if has_han(part) else "en"
    noun = reader.model.entities[earlier.entity].words.label(language)
    each = reader.plan(f"{part[: found.start()]}{f'各{noun}' if language == 'zh' else f'each {noun.lower()}'}{part[found.end() :]}", None)
    if each is None or len(each.queries) != 1 or not (each.queries[0].dimensions and each.queries[0].measures):
        return None
    query = each.queries[0]
    if earlier.where is not None and query.where is None and query.entity != earlier.entity:
        query = of_those(query, earlier, reader.model)
        return None if query.where is None else each.model_copy(update={"queries": (query,)})
    return _carried(each, earlier, part, linked, reader)


def _may_be_of(linked: Linked, entity: str) -> bool:
    """As in "…, and the total amount": whether no word names another kind of record, and one a figure that those of the part before have too."""
    terms = [term for item in linked.items for term in item.terms if term.filled]
    general = any(GENERAL_MONEY.fullmatch(item.text) for item in linked.items)
    return not any(term.what == "entity" for term in terms) and (general or any(term.what == "field" and term.entity == entity for term in terms))


def _carried(plan: Plan | None, earlier: Query, part: str, linked: Linked, reader: Reader) -> Plan | None:
    """The plan with what the part before has said; None where it is the very figure of that part: what it adds was not understood."""
    if plan is None or len(plan.queries) != 1:
        return plan
    plan = _by_own_day(plan, earlier, part, reader.model)
    query = carried(plan.queries[0], earlier, linked, reader.vocabulary)
    if _ITS.match(part) and query.window is not None and earlier.window is None and query.limit == earlier.limit == 1:
        return None  # "the biggest deal and its owner this year": the period is said of the deal, which was looked for without it
    if (
        query.entity != earlier.entity
        and earlier.limit == 1
        and not (query.measures or query.where or query.window or query.limit)
        and asks_whose(linked, query.entity)
    ):
        return None  # all customers there are say nothing of whose the largest order is
    told = says_all(linked) or any(item.values for item in linked.items) or is_of_those(query, earlier, reader.model)
    of_others = query.entity != earlier.entity and bool(query.measures) and not told
    if of_others and refers_back(linked):
        return None  # "…, and what are they worth" asks for no figure of other records
    if of_others and is_of_one(earlier, reader.model):
        return None  # a count of all visits says nothing of the one contract that the part before looked up
    return None if query.measures and query == earlier else plan.model_copy(update={"queries": (query,)})


def _tells_amount(plan: Plan | None, linked: Linked) -> bool:
    """Whether the plan gives a figure where one is asked for: a list tells no amount."""
    asked = any({"amount", "count"} & set(item.cues) for item in linked.items)
    return plan is None or not asked or plan.focus not in {"list", "exists"}


def _by_own_day(plan: Plan, before: Query, part: str, model: SemanticModel) -> Plan:
    """As in 这个月新开了几单，赢了几单: what was won in the month, and not what was won of those opened in it, unless the part says so."""
    query = plan.queries[0]
    day = query.window.path if query.window is not None else None
    timed = query.measures and all((measure := measure_of(ref, model)) is not None and measure.time not in {None, day} for ref in query.measures)
    if query.window is None or day is None or before.window is None or day != before.window.path or not timed or _AMONG.search(part):
        return plan
    return plan.model_copy(update={"queries": (query.model_copy(update={"window": query.window.model_copy(update={"path": None})}),)})


def _left_out(part: str, reader: Reader, before: Plan | None) -> Assumption:
    """That a part has no answer, and why."""
    key, words = reader.why(part, before)
    said = part.strip(" ?？。.!！")
    return Assumption(en=say(key, "en", part=said, words=words), zh=say(key, "zh", part=said, words=words))
