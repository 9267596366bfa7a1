"""An export with shortened English headers, asked in full words of both languages. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.linking.neighbours import Neighbours
from integrations.dictionary import CcCedict
from integrations.embeddings.sentences import SentenceEncoder
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, CustomField, CustomRow, CustomTable, ImportRun, Interaction, Member
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

CHECKS, CODES = "custom:site_checks", "custom:codes"
COLUMNS = (
    ("check_no", "text"), ("chk_sts", "text"), ("svc_code", "text"), ("dt_checked", "date"), ("pallet_pos", "number"),
    ("gross_wt_kg", "number"), ("RackingOK", "flag"), ("FireCert", "flag"), ("Tender", "flag"), ("claimed_amt", "number"), ("paid_amt", "number"),
    ("Surveyor", "text"), ("HazCargo", "flag"),
)  # fmt: skip
YEARLY = ("tgt_2025", "tgt_2026")
MEANT = {"CXL": "Cancelled", "DLV": "Delivered", "INV": "Under investigation", "FCL": "Full load", "WH": "Storage"}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('short') / 'store.db'}")
    Base.metadata.create_all(engine)
    readings = [{"entity": CHECKS, "field": key, "text": MEANT[code], "read_as": code, "how": "words"} for key, code in _codes()]
    readings.append({"entity": "interaction", "field": "kind", "text": "VST", "read_as": "visit", "how": "code"})
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={"readings": readings}))
        session.add_all(CustomField(entity="member", key=key, label=key, type="number", classification=1) for key in YEARLY)
        session.add(Member(id=1, name="Ada Brook", **(sourced("m1") | {"custom": {"tgt_2025": 500, "tgt_2026": 600}})))
        session.flush()
        session.add_all(Account(id=at, name=name, owner_id=1, **sourced(f"a{at}")) for at, name in ((1, "Alder Ltd"), (2, "Birch AG")))
        session.flush()
        session.add(Interaction(id=1, account_id=1, owner_id=1, kind="visit", occurred_at=datetime(2026, 2, 1, tzinfo=UTC), **sourced("i1")))
        _add_rows(session, 1, CHECKS, COLUMNS, [_check(at) for at in range(1, 7)])
        kinds = (("code_type", "text"), ("code", "text"), ("Descr", "text"))
        _add_rows(session, 2, CODES, kinds, [{"code_type": key, "code": code, "descr": MEANT[code]} for key, code in _codes()])
        session.commit()
        model = load_model(session)
        vocabulary = build_vocabulary(session, model)
        vocabulary.nearby = Neighbours(vocabulary, SentenceEncoder(), CcCedict())
        yield Reader(model, vocabulary)
    engine.dispose()


def _codes() -> tuple[tuple[str, str], ...]:
    return (("chk_sts", "CXL"), ("chk_sts", "DLV"), ("chk_sts", "INV"), ("svc_code", "FCL"), ("svc_code", "WH"))


def _check(at: int) -> dict[str, Any]:
    codes = {
        "chk_sts": "INV" if at == 1 else "CXL" if at % 3 else "DLV",
        "svc_code": "FCL" if at % 2 else "WH",
        "surveyor": "Ida Moss" if at % 2 else "Ole Berg",
    }
    flags = {"rackingok": at % 2 == 0, "firecert": at % 3 == 0, "tender": at < 3, "hazcargo": at > 4}
    figures = {"pallet_pos": at * 10, "gross_wt_kg": at * 100, "claimed_amt": at * 7, "paid_amt": at * 3}
    return {"check_no": f"CK{at:03}", "dt_checked": date(2026, 1, at).isoformat(), **codes, **flags, **figures}


def _add_rows(session: Session, table: int, entity: str, columns: tuple[tuple[str, str], ...], rows: list[dict[str, Any]]) -> None:
    session.add(CustomTable(id=table, source_system="crm", key=entity.removeprefix("custom:"), label=entity.removeprefix("custom:").replace("_", " ")))
    session.flush()
    session.add_all(CustomField(entity=entity, table_id=table, key=key.casefold(), label=key, type=kind, classification=1) for key, kind in columns)
    for at, row in enumerate(rows, 1):
        whose = {"account_id": 1 + at % 2} if entity == CHECKS else {}
        session.add(CustomRow(id=table * 100 + at, table_id=table, **whose, **(sourced(f"{entity}{at}") | {"custom": row})))


def _where(read: Reader, question: str) -> list[dict[str, Any]]:
    where = read.plan(question).queries[0].model_dump(mode="json")["where"]
    return [] if where is None else where.get("parts") or [where]


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("total pallet positions", "pallet_pos"),
        ("how many pallet positions altogether", "pallet_pos"),
        ("median gross weight of the site checks", "gross_wt_kg"),
        ("average gross weight", "gross_wt_kg"),
    ],
)
def test_header_said_in_full_is_that_column(read: Reader, question: str, path: str) -> None:
    assert read.plan(question).queries[0].measures[0].path == path


def test_what_a_code_is_of_groups_by_it(read: Reader) -> None:
    query = read.plan("number of site checks by service").queries[0]

    assert [dimension.path for dimension in query.dimensions] == ["svc_code"]


@pytest.mark.parametrize("question", ["number of site checks by service type", "各服务类型的site checks数量", "各类服务的site checks数量"])
def test_sort_of_what_a_code_is_of_groups_by_the_code(read: Reader, question: str) -> None:
    assert [dimension.path for dimension in read.plan(question).queries[0].dimensions] == ["svc_code"]


def test_word_for_who_does_something_is_the_column_of_those(read: Reader) -> None:
    assert [dimension.path for dimension in read.plan("每位勘察员的平均pallet_pos").queries[0].dimensions] == ["surveyor"]


@pytest.mark.parametrize(
    ("question", "path", "value"), [("调查中的site checks有多少", "chk_sts", "INV"), ("不涉及危险品的site checks有多少", "hazcargo", "false")]
)
def test_state_and_involvement_limit_the_records(read: Reader, question: str, path: str, value: str) -> None:
    assert [(part["path"], part["values"]) for part in _where(read, question)] == [(path, [value])]


@pytest.mark.parametrize("question", ["2025年的指标合计多少", "去年的指标合计多少"])
def test_year_chooses_among_columns_of_several_years(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.measures[0].path, query.window, query.where) == ("tgt_2025", None, None)


def test_year_that_no_column_is_of_is_not_passed_over(read: Reader) -> None:
    assert read("2023年的指标合计多少").plan is None


@pytest.mark.parametrize("question", ["claimed_amt最大的是哪一笔", "which one has the largest claimed_amt"])
def test_record_asked_for_by_its_figure_alone_is_shown(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, [order.path for order in query.order], query.limit) == (CHECKS, ["claimed_amt"], 1)


@pytest.mark.parametrize(
    ("question", "path", "value"),
    [
        ("how many site checks where racking was not OK", "rackingok", "false"),
        ("how many site checks where the racking isn't OK", "rackingok", "false"),
        ("how many site checks with RackingOK = N", "rackingok", "false"),
        ("RackingOK是N的site checks有多少", "rackingok", "false"),
        ("how many site checks with no fire certificate (N)", "firecert", "false"),
        ("how many site checks where racking is OK", "rackingok", "true"),
    ],
)
def test_yes_or_no_inside_a_header_or_behind_it_is_its_value(read: Reader, question: str, path: str, value: str) -> None:
    assert [(part["path"], part["values"]) for part in _where(read, question)] == [(path, [value])]


@pytest.mark.parametrize(
    "question",
    ["average pallet_pos by service and whether it is a tender", "average pallet_pos by service and by tender Y/N", "按svc_code和是否Tender看平均pallet_pos"],
)
def test_both_sides_of_a_flag_are_groups(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert ([dimension.path for dimension in query.dimensions], query.where) == (["svc_code", "tender"], None)


@pytest.mark.parametrize("question", ["how many site checks were cancelled", "取消的site checks有多少"])
def test_word_that_a_code_list_has_too_limits_the_records_with_the_code(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].entity == CHECKS
    assert [(part["path"], part["values"]) for part in _where(read, question)] == [("chk_sts", ["CXL"])]


def test_code_for_a_word_of_the_model_means_that_word(read: Reader) -> None:
    assert [(part["path"], part["values"]) for part in _where(read, "how many VST interactions")] == [("kind", ["visit"])]


@pytest.mark.parametrize("question", ["how many customer visits are there", "我们拜访（VST）客户多少次"])
def test_visits_are_counted_rather_than_those_visited(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].entity == "interaction"


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("how much did we pay on site checks", "paid_amt"),
        ("what did we pay out on site checks", "paid_amt"),
        ("how much was claimed on site checks", "claimed_amt"),
    ],
)
def test_how_much_asks_for_the_amount_that_the_verb_is_of(read: Reader, question: str, path: str) -> None:
    measure = read.plan(question).queries[0].measures[0]

    assert (measure.fold, measure.path) == ("sum", path)


def test_amount_paid_is_no_day(read: Reader) -> None:
    query = read.plan("how much did we pay for site checks in January 2026").queries[0]

    assert query.window is not None
    assert query.window.path in {None, "dt_checked"}


@pytest.mark.parametrize("question", ["how many customers grumble", "客户的哼有多少"])
def test_word_beside_a_known_one_is_not_swallowed_by_it(read: Reader, question: str) -> None:
    found = read(question)

    assert found.plan is None
    assert found.not_understood


@pytest.mark.parametrize("question", ["total gross weighed", "total gross weights"])
def test_other_form_of_a_header_s_word_is_that_column(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].measures[0].path == "gross_wt_kg"


@pytest.mark.parametrize("question", ["how many checks were cancelled", "how many checks in January 2026"])
def test_last_word_of_a_table_s_name_is_its_records(read: Reader, question: str) -> None:
    assert read.plan(question).queries[0].entity == CHECKS


@pytest.mark.parametrize("question", ["site checks after 2025 (2025 included): how many", "2025年以后（含2025年）的site checks有多少"])
def test_year_that_is_said_to_count_too_begins_the_period(read: Reader, question: str) -> None:
    window = read.plan(question).queries[0].window

    assert window is not None
    assert window.start == date(2025, 1, 1)


@pytest.mark.parametrize("question", ["gross_wt_kg合计多少（千）", "total gross_wt_kg (in thousands)"])
def test_scale_in_brackets_only_says_in_what(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert ((query.measures[0].fold, query.measures[0].path), query.where) == (("sum", "gross_wt_kg"), None)


def test_figure_behind_a_part_that_was_not_understood_is_not_that_of_all_records(read: Reader) -> None:
    found = read("grumbled site checks: how many, and how much was claimed")

    assert found.plan is None or all(query.where is not None for query in found.plan.queries)


@pytest.mark.parametrize("question", ["average age of the buyers at our customers", "客户的平均年龄是多少"])
def test_age_of_people_is_not_that_of_their_records(read: Reader, question: str) -> None:
    assert read(question).plan is None
