"""Questions that walk from an own table of the export to what its rows refer to, and back. Names are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

import tools.threads.models
import tools.trace.models  # noqa: F401 - registers its tables
from agent.parsing import build_vocabulary
from agent.parsing.linking.translating import Translations
from integrations.dictionary import CcCedict
from tests.agent.parsing.conftest import NOW, Reader, sourced
from tools.crm.models import Account, Contract, CustomField, CustomRow, CustomTable, ImportRun, Member, Payment, Product
from tools.crm.semantic import load_model
from tools.store.base import Base
from tools.store.engine import open_engine

OWN = "custom:bench_tests"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('own') / 'store.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(ImportRun(id=1, system="crm", folder="export", started_at=NOW, finished_at=NOW, mapping={}, totals={}))
        session.add(Member(id=1, name="Ada Brook", **sourced("m1")))
        session.flush()
        session.add_all(
            Account(id=at, name=name, sector=sector, owner_id=1, **sourced(f"a{at}"))
            for at, name, sector in ((1, "Alder Ltd", "food"), (2, "Birch AG", "mining"))
        )
        session.add_all(Product(id=at, name=f"Pump {at}", family=family, **sourced(f"p{at}")) for at, family in ((1, "Gear"), (2, "Screw"), (3, "Screw")))
        session.flush()
        session.add_all(
            Contract(id=at, number=f"HT-{at}", account_id=at, amount=Decimal(at), signed_on=date(2026, 1, at), **sourced(f"k{at}")) for at in (1, 2)
        )
        session.flush()
        session.add_all(Payment(id=at, contract_id=at, account_id=at, amount=Decimal(at), paid_on=date(2026, 1, at), **sourced(f"r{at}")) for at in (1, 2))
        session.add(CustomTable(id=1, source_system="crm", key="bench_tests", label="bench tests"))
        kinds = (("vibration", "number"), ("verdict", "text"), ("tested", "date"))
        session.add_all(
            CustomField(entity=OWN, table_id=1, key=key, label=label, type="number", classification=1)
            for key, label in (("quoted", "报价"), ("tested_at", "试验价"))
        )
        session.add_all(CustomField(entity=OWN, table_id=1, key=key, label=key.title(), type=kind, classification=1) for key, kind in kinds)
        for at in range(1, 7):
            held = {
                "vibration": at * 10_000,
                "verdict": "不合格" if at == 4 else "合格",
                "tested": f"2026-01-0{at}",
                "quoted": at * 10_000,
                "tested_at": at * 20_000,
            }
            whose: dict[str, Any] = {"table_id": 1, "contract_id": 1 + at % 2, "account_id": 1 + at % 2, "product_id": 1 + at % 3}
            session.add(CustomRow(id=at, **whose, **(sourced(f"b{at}") | {"custom": held})))
        session.commit()
        model = load_model(session)
        yield Reader(model, build_vocabulary(session, model))
    engine.dispose()


@pytest.mark.parametrize(
    ("question", "entity", "path"),
    [
        ("which product has the highest average vibration", OWN, "product"),
        ("average vibration by product family", OWN, "product.family"),
        ("average vibration by customer industry", OWN, "account.sector"),
        ("average vibration per contract", OWN, "contract"),
        ("payments by customer", "payment", "account"),
        ("各客户的回款额", "payment", "account"),
        ("各客户的平均vibration", OWN, "account"),
        ("which industry pays the most", "payment", "account.sector"),
    ],
)
def test_figure_of_own_rows_is_grouped_along_a_reference(read: Reader, question: str, entity: str, path: str) -> None:
    query = read.plan(question).queries[0]

    assert (query.entity, [dimension.path for dimension in query.dimensions]) == (entity, [path])


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("average vibration of Pump 2", {"path": "product", "values": ("Pump 2",)}),
        ("average vibration of Alder Ltd", {"path": "account", "values": ("Alder Ltd",)}),
        ("average vibration of Screw products", {"path": "product.family", "values": ("Screw",)}),
        ("average vibration of contract HT-2", {"path": "contract.number", "values": ("HT-2",)}),
        ("how many bench tests failed", {"path": "verdict", "values": ("不合格",)}),
        ("how many bench tests passed", {"path": "verdict", "values": ("合格",)}),
    ],
)
def test_own_rows_are_chosen_by_what_they_refer_to_and_by_their_verdict(read: Reader, question: str, where: dict[str, Any]) -> None:
    query = read.plan(question).queries[0]

    assert query.entity == OWN
    assert query.where is not None
    assert query.where.model_dump(include=set(where)) == where


@pytest.mark.parametrize("question", ["how many contracts have failed bench tests", "customers with failed bench tests", "有过不合格bench tests的客户有几家"])
def test_records_are_chosen_by_the_own_rows_that_refer_to_them(read: Reader, question: str) -> None:
    query = read.plan(question).queries[0]

    assert query.where is not None
    assert query.where.model_dump(include={"entity", "via"}) == {"entity": OWN, "via": query.entity}
    assert "不合格" in query.where.model_dump_json()


@pytest.mark.parametrize("question", ["how many contracts failed", "which payments failed", "average noise by product"])
def test_verdict_of_other_records_is_not_answered_by_leaving_it_out(read: Reader, question: str) -> None:
    assert read(question).plan is None


@pytest.mark.parametrize(
    ("word", "what", "key"),
    [("振动", "field", "vibration"), ("测试", "field", "tested"), ("震动", "field", "vibration")],
)
def test_word_of_the_other_language_is_the_stores_own_by_dictionary(read: Reader, word: str, what: str, key: str) -> None:
    meant = Translations(read.vocabulary, CcCedict()).nearest(word, lambda _: True)

    assert meant is not None
    assert (what, key) in {(term.what, term.key) for term in meant.terms}


@pytest.mark.parametrize(("words", "key"), [("quote", "quoted"), ("test price", "tested_at")])
def test_own_column_goes_before_what_the_model_has_under_its_word_and_its_last_character_counts(read: Reader, words: str, key: str) -> None:
    meant = Translations(read.vocabulary, CcCedict()).nearest(words, lambda _: True)

    assert meant is not None
    assert [term.key for term in meant.terms] == [key]


@pytest.mark.parametrize("word", ["噪声", "底薪", "vibrations", "客户"])
def test_word_that_is_none_of_the_stores_has_no_translation(read: Reader, word: str) -> None:
    assert Translations(read.vocabulary, CcCedict()).nearest(word, lambda _: True) is None
