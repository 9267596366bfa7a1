"""Which record a reference means, and what is said when none or several may be meant."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import NEXT_MONDAY, load, table, to
from tools.crm.importing.report import ImportReport
from tools.crm.importing.service import import_issues
from tools.crm.models import Account, Contact, Opportunity

ACCOUNTS = table("accounts.csv", "ID,Name", ("a1", "Blue Harbor Foods, Inc."), ("a2", "宁波凌拓零售股份有限公司"), ("a3", "Twin"), ("a4", "Twin"))


def load_deal(engine: Engine, written: str, target: str = "account") -> tuple[ImportReport, str | None, str | None]:
    """Load the accounts and one deal; returns the source id and the text of its account."""
    deals = table("deals.csv", "ID,Account", ("d1", written))
    report = load(engine, (ACCOUNTS, to(ACCOUNTS, "account", "id", "name")), (deals, to(deals, "opportunity", "id", target)))
    with Session(engine) as session:
        found = session.execute(select(Account.source_id, Opportunity.account_ref).select_from(Opportunity).outerjoin(Account)).one()
    return report, found[0], found[1]


@pytest.mark.parametrize(
    ("written", "meant", "how"),
    [
        ("Blue Harbor Foods, Inc.", "a1", None),
        ("blue harbor foods inc", "a1", "reference_spelling"),
        ("ＢｌｕｅHarborFoods Inc", "a1", "reference_spelling"),
        ("Blue Harbour Foods, Inc.", "a1", "reference_similar"),
        ("宁波凌拓零售股份有限公司", "a2", None),
    ],
)
def test_reference_by_name_is_found_and_respelling_reported(engine: Engine, written: str, meant: str, how: str | None) -> None:
    report, found, text = load_deal(engine, written)

    assert (found, text) == (meant, written)
    assert [group.reason for group in report.issues] == ([how] if how else [])


@pytest.mark.parametrize("written", ["Blue Harbor 2 Foods, Inc.", "Red Harbor Foods, Inc.", "宁波凌拓贸易股份有限公司", "Nobody"])
def test_reference_to_another_name_is_kept_as_text(engine: Engine, written: str) -> None:
    report, found, text = load_deal(engine, written)

    assert (found, text) == (None, written)
    assert [(group.outcome, group.reason, group.examples[0].before) for group in report.issues] == [("reference_not_found", "reference_unknown", written)]


COMPANIES = table(
    "accounts.csv", "ID,Name", ("b1", "Müller & Söhne AG"), ("b2", "Kaffeehaus Wien GmbH & Co. KG"), ("b3", "上海恒远科技有限公司"), ("b4", "Nordsee GmbH"),
    ("b5", "Nordsee AG"), ("b6", "Alder"), ("b7", "株式会社青葉"), ("b8", "Birch Ltd."), ("b9", "Cargo"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant", "reason"),
    [
        ("Müller & Söhne", "b1", "reference_spelling"),
        ("Kaffeehaus Wien", "b2", "reference_spelling"),
        ("上海恒远科技", "b3", "reference_spelling"),
        ("Nordsee", None, "reference_ambiguous"),
        ("Alder Inc.", "b6", "reference_spelling"),
        ("青葉", "b7", "reference_spelling"),
        ("Birch", "b8", "reference_spelling"),
        ("Birch GmbH", None, "reference_unknown"),
        ("Car", None, "reference_unknown"),
    ],
)
def test_company_without_its_legal_form_is_found_where_it_is_the_only_one(engine: Engine, written: str, meant: str | None, reason: str) -> None:
    deals = table("deals.csv", "ID,Account", ("d1", written))

    report = load(engine, (COMPANIES, to(COMPANIES, "account", "id", "name")), (deals, to(deals, "opportunity", "id", "account")))

    with Session(engine) as session:
        found = session.scalars(select(Account.source_id).join(Opportunity, Opportunity.account_id == Account.id)).first()
    assert (found, [group.reason for group in report.issues]) == (meant, [reason])


def test_name_of_two_records_is_not_guessed(engine: Engine) -> None:
    report, found, text = load_deal(engine, "Twin")

    assert (found, text) == (None, "Twin")
    assert [group.reason for group in report.issues] == ["reference_ambiguous"]


def test_reference_by_id_keeps_the_id_as_text(engine: Engine) -> None:
    report, found, text = load_deal(engine, "a2", "account#id")

    assert (found, text, report.issues) == ("a2", "a2", ())


def test_blank_reference_is_counted_and_no_issue(engine: Engine) -> None:
    report, found, text = load_deal(engine, "")

    assert (found, text, report.issues) == (None, None, ())
    assert [(each.entity, each.field, each.count) for each in report.unreferenced] == [("opportunity", "account", 1)]


def test_id_and_name_together_keep_the_name_and_let_the_id_decide(engine: Engine) -> None:
    deals = table("deals.csv", "ID,Account ID,Account", ("d1", "a3", "Twin"), ("d2", "a9", "blue harbor foods inc"))

    load(engine, (ACCOUNTS, to(ACCOUNTS, "account", "id", "name")), (deals, to(deals, "opportunity", "id", "account#id", "account")))

    with Session(engine) as session:
        rows = session.execute(select(Account.source_id, Opportunity.account_ref).select_from(Opportunity).outerjoin(Account).order_by(Opportunity.source_id))
        assert rows.all() == [("a3", "Twin"), ("a1", "blue harbor foods inc")]


def test_contact_of_a_common_name_is_told_by_the_account_of_the_row(engine: Engine) -> None:
    contacts = table("contacts.csv", "ID,Name,Account ID", ("c1", "张伟", "a1"), ("c2", "张伟", "a2"))
    deals = table("deals.csv", "ID,Account ID,Contact", ("d1", "a2", "张伟"), ("d2", "", "张伟"))

    report = load(
        engine,
        (deals, to(deals, "opportunity", "id", "account#id", "contact")),
        (contacts, to(contacts, "contact", "id", "name", "account#id")),
        (ACCOUNTS, to(ACCOUNTS, "account", "id", "name")),
    )

    with Session(engine) as session:
        rows = session.execute(select(Contact.source_id).select_from(Opportunity).outerjoin(Contact).order_by(Opportunity.source_id)).scalars().all()
    assert rows == ["c2", None]
    assert [(group.reason, group.count) for group in report.issues] == [("reference_ambiguous", 1)]


def test_record_can_be_named_by_its_number(engine: Engine) -> None:
    contracts = table("contracts.csv", "ID,Number,Name", ("k1", "HT-001", "Frame contract"))
    invoices = table("invoices.csv", "ID,Contract", ("i1", "HT-001"))

    report = load(engine, (invoices, to(invoices, "invoice", "id", "contract")), (contracts, to(contracts, "contract", "id", "number", "name")))

    assert report.issues == ()


def test_records_of_the_same_system_come_before_those_of_others(engine: Engine) -> None:
    theirs = table("accounts.csv", "ID,Name", ("x1", "Twin"), ("x2", "Elsewhere"))
    load(engine, (theirs, to(theirs, "account", "id", "name")), system="south")
    ours = table("accounts.csv", "ID,Name", ("a1", "Twin"))
    deals = table("deals.csv", "ID,Account", ("d1", "Twin"), ("d2", "Elsewhere"))

    load(engine, (ours, to(ours, "account", "id", "name")), (deals, to(deals, "opportunity", "id", "account")))

    with Session(engine) as session:
        found = session.execute(select(Account.source_id).select_from(Opportunity).join(Account).order_by(Opportunity.source_id)).scalars().all()
    assert found == ["a1", "x2"]


def test_record_that_refers_to_its_own_table_and_to_later_rows_is_linked(engine: Engine) -> None:
    people = table("people.csv", "Name,Manager", ("Ann", "Zoe"), ("Zoe", ""))

    report = load(engine, (people, to(people, "member", "name", "manager", key=("name",))))

    assert report.issues == ()


def test_reference_is_found_once_its_record_arrives(engine: Engine) -> None:
    deals = table("deals.csv", "ID,Account", ("d1", "Newcomer"))
    load(engine, (deals, to(deals, "opportunity", "id", "account")))
    accounts = table("accounts.csv", "ID,Name", ("a1", "Newcomer"))

    load(engine, (accounts, to(accounts, "account", "id", "name")), (deals, to(deals, "opportunity", "id", "account")), now=NEXT_MONDAY)

    with Session(engine) as session:
        assert session.execute(select(Account.source_id, Opportunity.version).select_from(Opportunity).join(Account)).all() == [("a1", 2)]


def test_respelling_of_many_rows_is_one_example_and_every_line_is_on_record(engine: Engine) -> None:
    deals = table("deals.csv", "ID,Account", *((f"d{number}", "blue harbor foods inc") for number in range(40)))

    report = load(engine, (ACCOUNTS, to(ACCOUNTS, "account", "id", "name")), (deals, to(deals, "opportunity", "id", "account")))

    (group,) = report.issues
    assert (group.count, group.distinct, len(group.examples)) == (40, 1, 1)
    with Session(engine) as session:
        assert [issue.line for issue in import_issues(session, report.import_id)] == list(range(2, 42))
