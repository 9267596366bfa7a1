"""The public Maven Analytics CRM export: misspelt products, blank accounts, prose of a data dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import load, read_csv, to
from tools.crm.importing.mapping import ColumnMap
from tools.crm.importing.report import ImportReport
from tools.crm.importing.service import import_issues
from tools.crm.models import Account, CustomRow, Member, Opportunity, Product

FOLDER = Path(__file__).parents[5] / "shared" / "data" / "maven-crm"


def us_date(position: int, field: str) -> ColumnMap:
    return ColumnMap(position=position, header=field, to=field, date_order="mdy")


def load_maven(engine: Engine) -> ImportReport:
    if not FOLDER.is_dir():
        pytest.skip("the Maven export is not beside this checkout")
    accounts, products, deals, teams, words = (
        read_csv(FOLDER / f"{name}.csv") for name in ("accounts", "products", "sales_pipeline", "sales_teams", "data_dictionary")
    )
    return load(
        engine,
        (accounts, to(accounts, "account", "name", "sector", "founded_year", "revenue", "employees", "country", "parent", key=("name",))),
        (products, to(products, "product", "name", "family", "list_price", key=("name",))),
        (deals, to(deals, "opportunity", "id", "owner", "product", "account", "stage", us_date(5, "opened_on"), us_date(6, "close_on"), "amount")),
        (teams, to(teams, "member", "name", "manager", "region", key=("name",))),
        (words, to(words, "custom", *["custom"] * len(words.headers), label="data dictionary")),
        system="maven",
    )


def test_maven_export_goes_in_whole(engine: Engine) -> None:
    report = load_maven(engine)

    with Session(engine) as session:
        counts = {table.__tablename__: session.scalar(select(func.count()).select_from(table)) for table in (Opportunity, Account, Product, Member)}
        won = session.scalar(select(func.count()).where(Opportunity.status == "won"))
        value = session.scalar(select(func.sum(Opportunity.amount)).where(Opportunity.status == "won"))
        unnamed = session.scalar(select(func.count()).where(Opportunity.account_id.is_(None)))
        products = session.scalar(select(func.count()).where(Opportunity.product_id.is_(None)))
        currencies = session.scalar(select(func.count()).where(Opportunity.currency.is_not(None)))
        prose = session.scalar(select(func.count()).select_from(CustomRow))
    assert counts == {"opportunities": 8800, "accounts": 85, "products": 7, "members": 35}
    assert (won, unnamed, products, currencies) == (4238, 1425, 0, 0)
    assert value == 10005534
    assert prose
    assert report.total("refused") == 0


def test_maven_report_names_the_respelt_product_once(engine: Engine) -> None:
    report = load_maven(engine)

    respelt = [group for group in report.issues if group.outcome == "repaired" and group.column == "product"]
    assert [(group.count, group.distinct, group.examples[0].before, group.examples[0].after) for group in respelt] == [(1480, 1, "GTXPro", "GTX Pro")]
    assert ("opportunity", "account", 1425) in {(each.entity, each.field, each.count) for each in report.unreferenced}
    with Session(engine) as session:
        lines = [issue for issue in import_issues(session, report.import_id) if issue.before == "GTXPro"]
    assert len({issue.line for issue in lines}) == 1480


def test_maven_report_says_how_stages_were_read(engine: Engine) -> None:
    report = load_maven(engine)

    assert {reading.text: reading.read_as for reading in report.readings} == {"Prospecting": "open", "Engaging": "open", "Won": "won", "Lost": "lost"}
    assert {reading.how for reading in report.readings} == {"words"}


def test_maven_export_again_changes_nothing(engine: Engine) -> None:
    load_maven(engine)

    again = load_maven(engine)

    assert (again.total("new"), again.total("changed"), again.total("gone"), again.total("unchanged")) == (0, 0, 0, again.total("read"))
    assert again.moved == ()
