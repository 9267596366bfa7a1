"""What is said of the last two questions together, and of one thing that the last one put first."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from agent.parsing import Parse, ParseContext, Vocabulary, parse
from tests.agent.parsing.conftest import TODAY
from tests.agent.parsing.test_threads import Talk, typed
from tools.crm.query import Plan
from tools.crm.semantic import SemanticModel


class LongerTalk(Talk):
    """A conversation of which the plan before the last is remembered, too."""

    earlier: Plan | None = None

    def ask(self, question: str) -> Parse:
        context = ParseContext(today=TODAY, previous=self.previous, shown=self.shown, earlier=lambda: self.earlier)
        found = parse(question, self.model, self.vocabulary, context)
        if found.plan is not None:
            self.earlier, self.previous = self.previous, found.plan
        return found


@pytest.fixture
def talk(store: Session, model: SemanticModel, vocabulary: Vocabulary) -> LongerTalk:
    return LongerTalk(store, model, vocabulary)


@pytest.mark.parametrize(
    ("turns", "read"),
    [
        (("won value of North in 2025", "and South?", "which of the two is higher?"), "top : won_value by owner.region where owner.region=North|South in 2025"),
        (("North在2025年的赢单金额", "South呢", "两者哪个区域高"), "top : won_value by owner.region where owner.region=North|South in 2025"),
        (("won value in Q1 2025", "what about Q2 2025?", "so how much did it grow?"), "figure : won_value in Q2 2025 vs Q1 2025"),
        (("2025年二季度的赢单金额", "一季度呢", "增长了多少"), "figure : won_value in Q2 2025 vs Q1 2025"),
    ],
)
def test_two_questions_are_taken_together(talk: LongerTalk, turns: tuple[str, ...], read: str) -> None:
    *_, last = [talk.ask(question) for question in turns]
    assert typed(last).startswith(read)


@pytest.mark.parametrize("turns", [("won value in 2025", "他们俩谁高"), ("won deals by region", "so how much did it grow?")])
def test_without_two_questions_nothing_is_told_of_two(talk: LongerTalk, turns: tuple[str, ...]) -> None:
    *_, last = [talk.ask(question) for question in turns]
    assert last.plan is None


@pytest.mark.parametrize(
    ("turns", "read"),
    [
        (("which account has the highest won value?", "which sector is that customer in?"), "lookup : account[name,sector] where name="),
        (("哪个客户的赢单金额最高", "这家客户有几个未结商机"), "figure : open_count where account="),
    ],
)
def test_one_of_the_kind_that_came_first_is_meant(talk: LongerTalk, turns: tuple[str, ...], read: str) -> None:
    *_, last = [talk.ask(question) for question in turns]
    assert typed(last).startswith(read)
