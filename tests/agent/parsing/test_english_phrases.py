"""English questions to an export whose headers, file names and values are Chinese. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.language.hyphenated import compound_spans
from agent.parsing.language.text import tokenise
from agent.parsing.linking.translating import Translations
from integrations.dictionary import CcCedict
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tests.agent.parsing.words_only import Dictionary
from tools.crm.models import Account, Contact, CustomField, CustomRow, CustomTable, ImportRun, Interaction, Ticket
from tools.crm.query import Compare
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

MACHINES = "custom:machines"
FIELDS = (
    (MACHINES, "no", "text", "设备编号"),
    (MACHINES, "state", "text", "使用状态"),
    (MACHINES, "check", "date", "下次检验日期"),
    ("account", "ownership", "text", "所有制性质"),
    ("account", "shops", "number", "开了几家店"),
    ("ticket", "fault", "text", "怪谁"),
    ("ticket", "paid", "money", "赔了(元)"),
    ("ticket", "covered", "flag", "是否保内"),
    ("interaction", "nps", "number", "NPS打分"),
)
TABLES = (("ticket", "急修记录.csv"), ("interaction", "客户走访记录.csv"), ("account", "客户信息.csv"), ("contact", "联系人.csv"))
MAPPING = {"tables": [{"entity": entity, "file": file, "columns": []} for entity, file in TABLES]}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('english') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping=MAPPING, totals={}))
        session.add(CustomTable(id=1, source_system="crm", key="machines", label="设备台账"))
        session.add_all(
            CustomField(entity=entity, table_id=1 if entity == MACHINES else None, key=key, label=label, type=kind, classification=1)
            for entity, key, kind, label in FIELDS
        )
        for at in range(1, 4):
            own = {"ownership": "国有企业" if at == 1 else "民营企业", "shops": at * 3}
            session.add(Account(id=at, name=f"Alder {at}", **(sourced(f"a{at}") | {"custom": own})))
        session.flush()
        session.add(Contact(id=1, name="Wu Lan", account_id=1, mobile="13800000000", **sourced("c1")))
        for at in range(1, 7):
            told = {"fault": "工厂" if at % 2 else "物流", "paid": at * 100, "covered": at > 2}
            session.add(
                Ticket(
                    id=at,
                    number=f"T{at}",
                    account_id=1 + at % 3,
                    status="open",
                    category="异响" if at % 2 else "漏水",
                    opened_at=NOW.replace(month=2, day=at),
                    **(sourced(f"t{at}") | {"custom": told}),
                )
            )
            session.add(
                Interaction(
                    id=at,
                    account_id=1 + at % 3,
                    kind="call" if at % 2 else "visit",
                    occurred_at=NOW.replace(month=2, day=at),
                    **(sourced(f"i{at}") | {"custom": {"nps": at}}),
                )
            )
            row = {"no": f"SB{at:03}", "state": "在用" if at > 2 else "停用", "check": f"2026-0{3 + at % 2}-1{at}"}
            session.add(CustomRow(id=at, table_id=1, account_id=1 + at % 3, **(sourced(f"m{at}") | {"custom": row})))
        session.commit()
        model = load_model(session)
        vocabulary = build_vocabulary(session, model)
        vocabulary.nearby = Dictionary(Translations(vocabulary, CcCedict()))
        yield Reader(model, vocabulary)


@pytest.mark.parametrize(
    ("question", "entity"),
    [
        ("How many units are in use?", MACHINES),
        ("How many repair calls came in last month?", "ticket"),
        ("top 3 categories by number of repair calls", "ticket"),
        ("How many client visits were there last month?", "interaction"),
    ],
)
def test_table_called_in_english_is_found(read: Reader, question: str, entity: str) -> None:
    assert read.plan(question).queries[0].entity == entity


@pytest.mark.parametrize(
    ("question", "field", "value"),
    [
        ("What share of our clients are state-owned enterprises?", "所有制性质", "国有企业"),
        ("How many clients are private companies?", "所有制性质", "民营企业"),
    ],
)
def test_set_phrase_is_the_chinese_category(read: Reader, question: str, field: str, value: str) -> None:
    query = read.plan(question).queries[0]
    assert (query.only or _values(query.where)) == (value,)


@pytest.mark.parametrize(("question", "stored"), [("How many repair calls were out of warranty?", "false"), ("How many in-warranty repair calls?", "true")])
def test_phrase_for_what_a_flag_says_narrows_by_it(read: Reader, question: str, stored: str) -> None:
    assert _values(read.plan(question).queries[0].where) == (stored,)


@pytest.mark.parametrize(
    "question",
    [
        "Which client runs the most outlets?",
        "total compensation paid on repair calls",
        "average NPS score",
        "contacts without a mobile number",
        "who is to blame most often?",
    ],
)
def test_words_beside_a_column_belong_to_it(read: Reader, question: str) -> None:
    assert read(question).plan is not None


def test_bracket_explains_the_phrase_that_is_unknown(read: Reader) -> None:
    query = read.plan("which culprit has the most repair calls (怪谁)?").queries[0]
    assert (query.entity, [each.path for each in query.dimensions]) == ("ticket", ["fault"])


@pytest.mark.parametrize(
    "question",
    ["How many rental units do we have?", "How many supplier visits were there?", "average smell score", "How many sales contracts were signed?"],
)
def test_noun_that_is_not_in_the_data_is_refused(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize(("text", "words"), [("an in-person visit", 3), ("our check-ins today", 3), ("the year-end party", 0), ("follow-up date", 3)])
def test_compound_with_a_particle_is_one_word(text: str, words: int) -> None:
    assert sum(last - first for first, last in compound_spans(tokenise(text))) == words


def test_next_day_is_one_to_come(read: Reader) -> None:
    days = read.vocabulary.columns.days[MACHINES]
    assert [day.planned for day in days] == [True]


def _values(part: object) -> tuple[str, ...]:
    return tuple(part.values) if isinstance(part, Compare) else ()
