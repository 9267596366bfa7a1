"""Follow-up questions: what they take from the question before, and that a question of its own takes nothing."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from agent.parsing import Parse, ParseContext, Vocabulary, parse
from agent.shown import ShownRows
from tests.agent.parsing.conftest import TODAY, Reader
from tests.agent.parsing.dialogues import DIALOGUES
from tools.access.principal import Principal
from tools.crm.currency import load_rates
from tools.crm.query import And, Between, Compare, Exists, Filter, Plan
from tools.crm.semantic import SemanticModel
from tools.crm.tools import CrmCall
from tools.sandbox.row_scope import PolicyScope

COLUMNS = {
    "opportunity[name,account,owner,product,stage,amount,close_on]": "opportunity[*]",
    "account[name,sector,country,employees,founded_year,parent,owner]": "account[*]",
}


class Talk:
    """One conversation over the store, in which the last answer's rows can be looked up."""

    def __init__(self, store: Session, model: SemanticModel, vocabulary: Vocabulary) -> None:
        self.model, self.vocabulary, self.previous = model, vocabulary, None
        self.shown = ShownRows(lambda: CrmCall(store, model, Principal.local_owner(), PolicyScope(), load_rates(store, TODAY, None)))

    previous: Plan | None

    def ask(self, question: str) -> Parse:
        found = parse(question, self.model, self.vocabulary, ParseContext(today=TODAY, previous=self.previous, shown=self.shown))
        self.previous = found.plan or self.previous
        return found


@pytest.fixture
def talk(store: Session, model: SemanticModel, vocabulary: Vocabulary) -> Talk:
    return Talk(store, model, vocabulary)


def condition(part: Filter) -> str:
    """A filter in a few words."""
    match part:
        case Compare():
            return f"{part.path}{'' if part.op == 'eq' else f' {part.op} '}{'=' if part.op == 'eq' else ''}{'|'.join(part.values)}"
        case Between():
            return f"{part.low}<={part.path}<={part.high}"
        case And():
            return " & ".join(condition(each) for each in part.parts)
        case Exists():
            return f"{'no ' if part.absent else 'has '}{part.entity}({condition(part.where) if part.where else ''})"
    return part.kind


def typed(found: Parse) -> str:
    """The typed query of an outcome on one line."""
    if found.plan is None:
        return f"refused: {found.reason}"
    (query,) = found.plan.queries
    measures = "+".join((each.measure or f"{each.fold}({each.path or ''})") + ("%" if each.share else "") for each in query.measures)
    listed = f"{query.entity}[{','.join(query.select)}]"
    said = [found.plan.focus, ":", measures or COLUMNS.get(listed, listed)]
    said += [f"by {','.join(each.path + (f':{each.grain}' if each.grain else '') for each in query.dimensions)}"] if query.dimensions else []
    said += [f"where {condition(query.where)}"] if query.where else []
    said += [f"in {query.window.words_en}{f'@{query.window.path}' if query.window.path else ''}"] if query.window else []
    said += [f"vs {query.compare.words_en}"] if query.compare else []
    said += [f"having {','.join(f'{each.op}{each.value}' for each in query.having)}"] if query.having else []
    said += [f"only {','.join(query.only)}"] if query.only else []
    order = ",".join(("-" if each.descending else "+") + str(each.path or each.measure) for each in query.order)
    said += [f"order {order}"] if order else []
    said += [f"limit {query.limit}"] if query.limit else []
    said += [f"skip {query.skip}"] if query.skip else []
    return " ".join(said)


@pytest.mark.parametrize(("start", "turns"), DIALOGUES, ids=[f"{number}-{start}" for number, (start, _) in enumerate(DIALOGUES)])
def test_follow_up_becomes_the_last_query_changed_in_what_it_names(talk: Talk, start: str, turns: tuple[tuple[str, str], ...]) -> None:
    talk.ask(start)
    assert [(question, typed(talk.ask(question))) for question, _ in turns] == list(turns)


ALONE = (
    "How many accounts are there?",
    "一共有多少个客户？",
    "win rate",
    "won value by product",
    "list accounts in China",
    "What is the list price of Lift Basic?",
    "top 2 reps by won value",
    "Which region has the highest win rate?",
    "各地区的赢单金额",
    "How many deals did Ada Brook win in 2025?",
    "when was Granite Optics founded",
    "accounts without any deals",
    "average number of employees by sector",
    "subsidiaries of Granite Foods Ltd",
    "金额超过五千的商机",
    "how long does it take to close a deal?",
    "Compare North and South by won value",
    "2025年第三季度赢单数",
)
BEFORE = ("won value in North in Q1 2025", "top 2 reps by won value", "list accounts in China", "What is the list price of Lift Basic?", "win rate by product")


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("question", ALONE)
def test_question_of_its_own_takes_nothing_from_the_last(read: Reader, question: str, before: str) -> None:
    assert read.plan(question, read.plan(before)).queries == read.plan(question).queries


@pytest.mark.parametrize("question", ["why?", "How was that computed?", "how do you know", "为什么？", "这个数怎么来的", "那是怎么算的呢"])
def test_why_keeps_the_plan_and_asks_for_its_account(read: Reader, question: str) -> None:
    before = read.plan("won value in North")
    found = read(question, before)
    assert found.explains
    assert found.plan is not None
    assert found.plan.queries == before.queries


@pytest.mark.parametrize("question", ["why did we win fewer deals", "win rate", "and in the South?"])
def test_other_question_asks_for_no_account(read: Reader, question: str) -> None:
    assert not read(question, read.plan("won value in North")).explains


@pytest.mark.parametrize(("question", "language"), [("那North呢", "zh"), ("and North?", "en")])
def test_answer_follows_the_language_of_the_follow_up(read: Reader, question: str, language: str) -> None:
    before = read.plan("won value in 2025" if language == "zh" else "2025年的赢单金额")
    found = read.plan(question, before)
    assert found.language == language
    assert "North" in (found.said_back_zh if language == "zh" else found.said_back_en)
