"""Questions that say an export's headers and categories clipped, inflected, scattered or denied; shares and means of what they tell. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.language.text import tokenise
from agent.parsing.store_words.clipping import clipped_kind
from agent.parsing.wording.everyday import plain
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, Contact, CustomField, CustomRow, CustomTable, ImportRun, Member, Opportunity, Ticket
from tools.crm.query import Compare, Query
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

OWN = "custom:memberships"
HEADERS = (
    ("contact", "wechat", "flag", "WeChat Added"), ("contact", "opted", "flag", "Email Opt-Out"), ("account", "review", "date", "Last Business Review"),
    ("opportunity", "signing", "date", "Expected Signing"), ("ticket", "again", "number", "Times Reopened"), ("member", "english", "text", "English Name"),
    ("member", "quota", "number", "Yearly Quota"),
)  # fmt: skip
OWN_HEADERS = (("fee", "number", "Yearly Fee"), ("state", "text", "Status"), ("why", "text", "Cancel Reason"))
PEOPLE = (("周青", "Dora Zhou"), ("吴山", "Dora Wu"), ("林木", "Ivo Lin"), ("何川", "Uwe He"), ("马良", "Pia Ma"))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('spoken') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add_all(CustomField(entity=entity, key=key, label=label, type=kind, classification=1) for entity, key, kind, label in HEADERS)
        session.add_all(
            Member(id=at, name=name, **(sourced(f"m{at}") | {"custom": {"english": english, "quota": at * 1000}}))
            for at, (name, english) in enumerate(PEOPLE, 1)
        )
        session.flush()
        session.add_all(
            Account(id=at, name=f"Alder {at}", owner_id=1, **(sourced(f"a{at}") | {"custom": {"review": f"2025-0{at}-01"} if at > 1 else {}}))
            for at in (1, 2, 3)
        )
        session.flush()
        roles = ("Decision Maker", "End User", "Gatekeeper")
        session.add_all(
            Contact(id=at, name=f"Eva {at}", account_id=at, role=roles[at - 1], **(sourced(f"c{at}") | {"custom": {"wechat": at == 1, "opted": at == 2}}))
            for at in (1, 2, 3)
        )
        for at in range(1, 7):
            told = {"stage": "On Hold" if at > 4 else "Done", "status": "open" if at > 4 else "won" if at < 4 else "lost", "amount": Decimal(at * 1000)}
            days = {"opened_on": date(2025, 1, at), "close_on": date(2025, 2, at)}
            deal = {"competitor": "Rival" if at % 2 else None, "account_id": 1 + at % 3, "owner_id": 1 + at % 5}
            own = sourced(f"o{at}") | {"custom": {"signing": f"2025-03-0{at}"}}
            session.add(Opportunity(id=at, name=f"Deal {at}", **told, **days, **deal, **own))
            opened = {"opened_at": datetime(2025, 3, at, tzinfo=UTC), "closed_at": datetime(2025, 3, at + 1, tzinfo=UTC) if at < 4 else None}
            state = {"status": "Solved" if at < 4 else "New", "priority": "Urgent" if at % 2 else "Low", "satisfaction": Decimal(at % 5 + 1)}
            session.add(Ticket(id=at, subject="Noise", account_id=1 + at % 3, **opened, **state, **(sourced(f"T-10{at}") | {"custom": {"again": at % 3}})))
        session.add(CustomTable(id=1, source_system="crm", key="memberships", label="memberships"))
        session.add_all(CustomField(entity=OWN, table_id=1, key=key, label=label, type=kind, classification=1) for key, kind, label in OWN_HEADERS)
        for at in range(1, 7):
            held = {"fee": at * 100, "state": "Cancelled" if at > 4 else "Active", "why": "price" if at > 4 else None}
            session.add(CustomRow(id=at, table_id=1, account_id=1 + at % 3, owner_id=1, **(sourced(f"s{at}") | {"custom": held})))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


def _where(query: Query) -> Any:
    return query.where.model_dump(exclude_defaults=True) if query.where is not None else None


@pytest.mark.parametrize(
    ("question", "path", "value"),
    [
        ("contacts that are not added on WeChat", "wechat", "false"),
        ("how many contacts have we added on WeChat", "wechat", "true"),
        ("contacts who opted out of email", "opted", "true"),
    ],
)
def test_words_of_a_header_in_another_order_name_its_column(read: Reader, question: str, path: str, value: str) -> None:
    assert _where(read.plan(question).queries[0]) == {"path": path, "values": (value,)}


@pytest.mark.parametrize("question", ["contacts who opted in", "contacts who opted out of calls"])
def test_only_some_words_of_a_header_name_no_column(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize("question", ["how many active membs", "how many memb"])
def test_clipped_word_names_a_kind_of_record(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].entity == OWN


@pytest.mark.parametrize("word", ["memberi", "opp", "tick", "ac"])
def test_beginning_that_is_most_of_a_word_or_hardly_any_is_no_clipping(read: Reader, word: str) -> None:
    assert not any(term.entity in {OWN, "ticket", "account"} for term in clipped_kind(tokenise(word)[0], read.vocabulary))


@pytest.mark.parametrize("question", ["how many accounts never had a business review", "accounts without a business review"])
def test_words_within_a_longer_header_go_before_each_word_alone(read: Reader, question: str) -> None:
    assert _where(read.plan(question).queries[0]) == {"path": "review", "op": "is_null"}


def test_named_day_that_has_passed_is_a_condition(read: Reader) -> None:
    query = read.plan("How many open deals are past their expected signing date?").queries[0]

    assert _where(query) == {"path": "signing", "op": "lt", "values": ("2026-03-01",)}


@pytest.mark.parametrize("question", ["unresolved urgent tickets", "unsolved urgent tickets"])
def test_denied_participle_is_no_typing_error_and_denies_itself_alone(read: Reader, question: str) -> None:
    told = str(_where(read.plan(question).queries[0]))

    assert "Solved" not in told
    assert "'op': 'ne'" not in told


def test_prefix_denies_a_category_that_the_store_has(read: Reader) -> None:
    assert _where(read.plan("uncancelled memberships").queries[0]) == {"path": "state", "op": "ne", "values": ("Cancelled",)}


def test_noun_of_a_state_is_that_state(read: Reader) -> None:
    assert _where(read.plan("how many cancellations of memberships").queries[0]) == {"path": "state", "values": ("Cancelled",)}


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("what share of won deals is worth at least 2000?", {"path": "amount", "op": "ge", "values": ("2000",)}),
        ("满意度3以上的工单占比", {"path": "satisfaction", "op": "ge", "values": ("3",)}),
        ("share of deals without a competitor", {"path": "competitor", "op": "is_null"}),
        ("没有竞争对手的商机占比", {"path": "competitor", "op": "is_null"}),
        ("what percentage of tickets got reopened at least once", {"path": "again", "op": "ge", "values": ("1",)}),
    ],
)
def test_share_of_a_condition_is_the_part_that_fulfils_it(read: Reader, question: str, part: dict[str, Any]) -> None:
    ref = read.plan(question).queries[0].measures[0]

    assert ref.part is not None
    assert ref.part.model_dump(exclude_defaults=True) == part


@pytest.mark.parametrize("question", ["share of customers with an open deal", "有未结商机的客户占比", "what share of customers have open deals"])
def test_share_of_records_that_have_others_is_no_share_of_these(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "account"
    assert query.measures[0].part is not None
    assert query.measures[0].part.kind == "exists"


@pytest.mark.parametrize("question", ["average yearly fee per active membership", "average yearly fee of each active membership"])
def test_mean_per_record_is_no_mean_by_group(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, query.dimensions, query.measures[0].fold) == (OWN, (), "avg")
    assert _where(query) == {"path": "state", "values": ("Active",)}


@pytest.mark.parametrize("question", ["average value per open deal", "平均每个未结商机多少钱", "average amount per open deal"])
def test_mean_per_record_of_a_state_is_of_those_alone(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.dimensions == ()
    assert _where(query) == {"path": "status", "values": ("open",)}


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("how many tickets were reopened", Compare(path="again", op="ge", values=("1",))),
        ("tickets reopened more than once", Compare(path="again", op="gt", values=("1",))),
    ],
)
def test_column_that_counts_times_tells_which_records_it_happened_to(read: Reader, question: str, where: Compare) -> None:
    assert read.plan(question).queries[0].where == where


def test_what_never_happened_is_noted_as_nothing_or_nought(read: Reader) -> None:
    told = str(_where(read.plan("how many tickets have never been reopened").queries[0]))

    assert "is_null" in told
    assert "'0'" in told


@pytest.mark.parametrize("question", ["how many times were tickets reopened in total"])
def test_number_of_times_is_added_up(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].measures[0].fold == "sum"


@pytest.mark.parametrize("question", ["customers with no decision maker", "which customers have no Decision Maker"])
def test_category_of_related_records_that_is_missing_is_a_condition(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == "account"
    assert _where(query) == {"entity": "contact", "via": "account", "where": {"path": "role", "values": ("Decision Maker",)}, "absent": True}


def test_first_name_of_two_people_is_asked_about(read: Reader) -> None:
    assert len(read("how much did Dora win").clarify) == 2


def test_second_name_finds_the_person(read: Reader) -> None:
    assert _where(read.plan("pipeline of Ivo").queries[0]) == {"path": "owner.english", "values": ("Ivo Lin",)}


def test_word_for_people_is_no_adjective_of_their_records(read: Reader) -> None:
    assert read("inactive memberships").plan is None


@pytest.mark.parametrize("question", ["Alder 2: how many won, how many lost?", "with Alder 2, how many did we win and how many did we lose"])
def test_heading_holds_for_both_of_two_figures(read: Reader, question: str) -> None:
    queries = read.plan(question).queries

    assert [_where(query) for query in queries] == [{"path": "account", "values": ("Alder 2",)}] * 2


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Which customers have no open deal? just the number", "Which customers have no open deal"),
        ("哪些客户一个决策人都没有？数量就行", "哪些客户没有决策人"),
        ("按产品线和季度看签单额", "按产品线、按季度看签单额"),
        ("which open deal has been open the longest", "what is the oldest open deal"),
        ("how many new deals were created last month", "how many deals were created last month"),
        ("win rate without a competitor versus with one", "win rate without a competitor? win rate with a competitor?"),
        ("满意度打2分及以下的工单", "满意度打2及以下的工单"),
        ("通话超过5分钟", "通话超过5分钟"),
        ("total fee of active memberships (our ARR)", "total fee of active memberships"),
        ("how many new customers do we have", "how many new customers do we have"),
    ],
)
def test_everyday_construction_is_said_plainly_once(said: str, meant: str) -> None:
    assert plain(said) == meant
    assert plain(meant) == meant


@pytest.mark.parametrize("question", ["unresolved tickets, which ones", "还没解决的工单有哪些"])
def test_list_of_records_of_one_name_tells_their_numbers_first(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].select[:2] == ("source_id", "subject")


@pytest.mark.parametrize("question", ["did 周青 make her yearly quota in 2025?", "周青2025年完成年度指标了吗"])
def test_quota_of_one_person_is_told_beside_what_was_won(read: Reader, question: str) -> None:
    won, quota = read.plan(question).queries

    assert (won.measures[0].measure, quota.select) == ("won_value", ("name", "quota"))


@pytest.mark.parametrize("question", ["did Alder 1 make its yearly quota in 2025?", "how much of the won value has been paid?"])
def test_what_no_column_tells_of_is_not_answered_by_another_figure(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize(
    ("first", "then"), [("how many deals did we win in 2025?", "which of them is the largest?"), ("2025年赢了多少单？", "其中最大的是哪单")]
)
def test_largest_of_the_records_that_were_counted_is_one_of_them(read: Reader, first: str, then: str) -> None:
    query = read.plan(then, previous=read.plan(first)).queries[0]

    assert (query.measures, query.order[0].path, query.limit) == ((), "amount", 1)
    assert "won" in str(_where(query))


@pytest.mark.parametrize("question", ["周青 has quit: how many open deals are in her name, and worth how much?"])
def test_elliptical_part_of_what_was_not_understood_has_no_answer(read: Reader, question: str) -> None:
    assert read(question).plan is None
