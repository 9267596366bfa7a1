"""Rows of an export's own tables refer to records of other kinds, and rows that name no account have that of what they belong to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, aliased

from tests.tools.crm.importing.exports import NEXT_MONDAY, custom, load, table, to
from tests.tools.crm.test_query_reference import ask
from tools.access.principal import Principal, Role
from tools.crm.importing.mapping import TableMap
from tools.crm.importing.proposing import propose_mapping
from tools.crm.importing.report import ImportReport
from tools.crm.importing.source import SourceTable
from tools.crm.models import Account, Contract, CustomRow, Interaction, Member, Opportunity, Payment, Product, Ticket
from tools.crm.query import Compare, Dimension, Exists, MeasureRef, Query
from tools.crm.semantic import FieldType, load_model
from tools.crm.semantic.model import base_model
from tools.store.classification import Classification

MEMBERS = table("members.csv", "ID,Name", ("m1", "Ada"), ("m2", "Bo"), ("m3", "Cy"))
ACCOUNTS = table("accounts.csv", "ID,Name,Owner ID", ("a1", "Alder", "m1"), ("a2", "Birch", "m2"))
PRODUCTS = table("products.csv", "ID,Name,Code", ("p1", "Small pump", "WL-1"), ("p2", "Large pump", "WL-2"))
DEALS = table("deals.csv", "ID,Name,Account", ("d1", "Alder pumps", "Alder"), ("d2", "Birch pumps", "Birch"))
CONTACTS = table("contacts.csv", "ID,Name,Account", ("c1", "Kim", "Birch"))
CONTRACTS = table("contracts.csv", "ID,Number,Deal", ("k1", "HT-1", "Alder pumps"), ("k2", "HT-2", "Birch pumps"), ("k3", "HT-3", ""))
TICKETS = table("tickets.csv", "ID,Number,Account", ("t1", "WX-1", "Alder"), ("t2", "WX-2", "Birch"))
COMPANY = (
    (MEMBERS, to(MEMBERS, "member", "id", "name")),
    (ACCOUNTS, to(ACCOUNTS, "account", "id", "name", "owner#id")),
    (PRODUCTS, to(PRODUCTS, "product", "id", "name", "code")),
    (DEALS, to(DEALS, "opportunity", "id", "name", "account")),
    (CONTACTS, to(CONTACTS, "contact", "id", "name", "account")),
    (CONTRACTS, to(CONTRACTS, "contract", "id", "number", "opportunity")),
    (TICKETS, to(TICKETS, "ticket", "id", "number", "account")),
)
TESTS = table(
    "tests.csv", "No,Contract,Product,Vibration", ("1", "HT-1", "WL-1", "2"), ("2", "HT-1", "WL-2", "4"), ("3", "HT-2", "WL-2", "6"), ("4", "HT-3", "WL-1", "1")
)
TESTS_MAPPED = to(TESTS, "custom", "id", "contract", "product", custom(3, "Vibration", FieldType.NUMBER), label="tests")
OWN = "custom:tests"
VIBRATION = MeasureRef(fold="avg", path="vibration")


def load_company(engine: Engine, *more: tuple[SourceTable, TableMap]) -> ImportReport:
    return load(engine, *COMPANY, *more)


def principal(engine: Engine, member: str, role: Role = Role.REP) -> Principal:
    with Session(engine) as session:
        found = session.scalars(select(Member.id).where(Member.source_id == member)).one()
    return Principal(role=role, member_id=found, clearance=Classification.PERSONAL)


def accounts_of(engine: Engine, kind: type[Payment] | type[Interaction] | type[CustomRow] | type[Contract]) -> list[tuple[str, str | None, str | None]]:
    """Of each row its id, its account, and what it says of that itself."""
    account = aliased(Account)
    with Session(engine) as session:
        statement = select(kind.source_id, account.source_id, kind.account_ref).select_from(kind).outerjoin(account, kind.account_id == account.id)
        return [(row[0], row[1], row[2]) for row in session.execute(statement.order_by(kind.source_id))]


@pytest.mark.parametrize(
    ("target", "written", "kind", "meant"),
    [
        ("product", "WL-2", Product, "p2"),
        ("product", "Large pump", Product, "p2"),
        ("product#id", "p2", Product, "p2"),
        ("contract", "HT-2", Contract, "k2"),
        ("contract#id", "k2", Contract, "k2"),
        ("opportunity", "Birch pumps", Opportunity, "d2"),
        ("opportunity#id", "d2", Opportunity, "d2"),
        ("ticket", "WX-2", Ticket, "t2"),
        ("product", "WL-9", Product, None),
    ],
)
def test_own_row_refers_to_a_record_by_name_number_code_or_id(
    engine: Engine, target: str, written: str, kind: type[Product] | type[Contract], meant: str | None
) -> None:
    source = table("own.csv", "No,It", ("1", written))

    load_company(engine, (source, to(source, "custom", "id", target, label="own")))

    name = target.removesuffix("#id")
    with Session(engine) as session:
        row = session.scalars(select(CustomRow)).one()
        held = getattr(row, f"{name}_id")
        assert (held and session.get_one(kind, held).source_id, getattr(row, f"{name}_ref"), row.custom) == (meant, written, {})


def test_figures_of_own_rows_are_grouped_and_filtered_along_their_references(engine: Engine) -> None:
    load_company(engine, (TESTS, TESTS_MAPPED))
    with Session(engine) as session:
        model = load_model(session)

    by_product = ask(engine, Query(entity=OWN, measures=(VIBRATION,), dimensions=(Dimension(path="product"),)), model, Principal.local_owner())
    of_alder = ask(engine, Query(entity=OWN, measures=(VIBRATION,), where=Compare(path="account", values=("Alder",))), model, Principal.local_owner())
    shaking = Exists(entity=OWN, via="contract", where=Compare(path="vibration", op="gt", values=("3",)))
    contracts = ask(engine, Query(entity="contract", measures=(MeasureRef(fold="count"),), where=shaking), model, Principal.local_owner())

    assert {row.cells["product"].value: row.cells["m0"].value for row in by_product.rows} == {"Small pump": "1.5", "Large pump": "5"}
    assert of_alder.rows[0].cells["m0"].value == "3"
    assert contracts.rows[0].cells["m0"].value == "2"


ROWS = [(f"T{at}", f"HT-{at % 4}", f"WL-{at % 5}", str(at)) for at in range(20)]


@pytest.mark.parametrize(("headers", "language"), [(("No.", "Contract no.", "Item", "Reading"), "en"), (("试验编号", "合同号", "物料号", "读数"), "zh")])
def test_column_of_an_own_table_refers_to_what_the_export_holds(headers: Sequence[str], language: str) -> None:
    contracts = table(
        "contracts.csv" if language == "en" else "合同.csv", "Contract number,Amount,Signed on", *((f"HT-{at}", "5", "2026-01-01") for at in range(4))
    )
    products = table(
        "products.csv" if language == "en" else "产品.csv", "Product code,Product name,List price", *((f"WL-{at}", f"Pump {at}", "5") for at in range(5))
    )
    tests = table("bench.csv", headers, *ROWS)

    whole = propose_mapping([contracts, products, tests], base_model(), "north").tables[2]
    alone = propose_mapping([tests], base_model(), "north").tables[0]

    assert (whole.entity, alone.entity) == ("custom", "custom")
    assert [column.to.removesuffix("#id") for column in whole.columns[1:3]] == ["contract", "product"]
    assert [column.to for column in alone.columns[1:3]] == ["custom", "custom"], "what refers to nothing stays a field of its own"


PAYMENTS = table(
    "payments.csv", "ID,Contract,Account",
    ("r1", "HT-1", ""), ("r2", "HT-2", "Alder"), ("r3", "HT-1", "Nobody Ltd"), ("r4", "HT-3", ""), ("r5", "", ""),
)  # fmt: skip
PAYMENTS_MAPPED = to(PAYMENTS, "payment", "id", "contract", "account")


def test_row_that_names_no_account_has_that_of_its_contract(engine: Engine) -> None:
    report = load_company(engine, (PAYMENTS, PAYMENTS_MAPPED), (TESTS, TESTS_MAPPED))

    assert accounts_of(engine, Contract) == [("k1", "a1", None), ("k2", "a2", None), ("k3", None, None)], "along the deal"
    assert accounts_of(engine, Payment) == [
        ("r1", "a1", None), ("r2", "a1", "Alder"), ("r3", None, "Nobody Ltd"), ("r4", None, None), ("r5", None, None),
    ]  # fmt: skip
    assert accounts_of(engine, CustomRow) == [("1", "a1", None), ("2", "a1", None), ("3", "a2", None), ("4", None, None)]
    assert [(each.key, each.data["file"], each.data["count"]) for each in report.assumptions if each.key.startswith("account_from")] == [
        ("account_from_opportunity", "contracts.csv", "2"), ("account_from_contract", "tests.csv", "3"), ("account_from_contract", "payments.csv", "1"),
    ]  # fmt: skip
    assert {(each.entity, each.field): each.count for each in report.unreferenced}[("payment", "account")] == 2


def test_deal_decides_before_the_contact(engine: Engine) -> None:
    calls = table("calls.csv", "ID,Deal,Contact", ("i1", "Alder pumps", "Kim"), ("i2", "", "Kim"))

    load_company(engine, (calls, to(calls, "interaction", "id", "opportunity", "contact")))

    assert accounts_of(engine, Interaction) == [("i1", "a1", None), ("i2", "a2", None)]


def test_account_is_taken_from_a_contract_of_an_earlier_import(engine: Engine) -> None:
    load_company(engine)
    payments = table("payments.csv", "ID,Contract", ("r1", "HT-1"))

    load(engine, (payments, to(payments, "payment", "id", "contract")), now=NEXT_MONDAY, partial=True)

    assert accounts_of(engine, Payment) == [("r1", "a1", None)]


def test_account_named_in_an_earlier_export_outlasts_one_without_that_column(engine: Engine) -> None:
    load_company(engine, (PAYMENTS, to(PAYMENTS, "payment", "id", "skip", "account")))
    later = table("payments.csv", "ID,Contract", ("r1", "HT-2"), ("r2", ""))

    load(engine, (later, to(later, "payment", "id", "contract")), now=NEXT_MONDAY, partial=True)

    assert accounts_of(engine, Payment)[:2] == [("r1", "a2", None), ("r2", "a1", "Alder")]


def test_loading_the_same_again_changes_nothing(engine: Engine) -> None:
    load_company(engine, (PAYMENTS, PAYMENTS_MAPPED), (TESTS, TESTS_MAPPED))

    again = load(engine, *COMPANY, (PAYMENTS, PAYMENTS_MAPPED), (TESTS, TESTS_MAPPED), now=NEXT_MONDAY)

    assert (again.total("new"), again.total("changed"), again.total("gone")) == (0, 0, 0)


@pytest.mark.parametrize(("member", "seen"), [("m1", {"HT-1": "2"}), ("m2", {"HT-2": "1"}), ("m3", {})])
def test_rep_sees_the_own_rows_of_accounts_within_reach_and_what_they_refer_to(engine: Engine, member: str, seen: dict[str, str]) -> None:
    """Alder is Ada's and Birch is Bo's; the rows name a contract only, and Cy sells to neither."""
    load_company(engine, (TESTS, TESTS_MAPPED))
    with Session(engine) as session:
        model = load_model(session)
    query = Query(entity=OWN, measures=(MeasureRef(fold="count"),), dimensions=(Dimension(path="contract.number"),))

    result = ask(engine, query, model, principal(engine, member))

    assert {row.cells["contract_number"].value: row.cells["m0"].value for row in result.rows} == seen


def test_contract_out_of_reach_is_not_followed_from_an_own_row_within_reach(engine: Engine) -> None:
    """Bo did the tests himself, of a contract with Ada's account: he sees the rows, not the contract's figures."""
    mine = table("tests.csv", "No,Contract,Owner", ("1", "HT-1", "Bo"))
    load_company(engine, (mine, to(mine, "custom", "id", "contract", "owner", label="tests")))
    with Session(engine) as session:
        model = load_model(session)
    bo = principal(engine, "m2")
    query = Query(entity=OWN, select=("contract.number", "account", "contract.opportunity.name"))

    shown = [ask(engine, query, model, each).rows for each in (bo, Principal.local_owner())]
    having = Exists(entity=OWN, via="contract")
    counts = [ask(engine, Query(entity="contract", measures=(MeasureRef(fold="count"),), where=having), model, each) for each in (bo, Principal.local_owner())]

    assert [[cell.value for cell in rows[0].cells.values()] for rows in shown] == [[None, None, None], ["HT-1", "Alder", "Alder pumps"]]
    assert [result.rows[0].cells["m0"].value for result in counts] == ["0", "1"]
