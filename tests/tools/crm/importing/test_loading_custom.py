"""Columns and files that the model does not know are kept: typed, under a key of their own, shared by their label."""

from __future__ import annotations

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import custom, load, table, to
from tools.crm.models import Account, CustomField, CustomRow, CustomTable
from tools.crm.semantic import FieldType, load_model
from tools.crm.semantic.own_tables import REFERENCES


def test_unknown_columns_become_typed_custom_fields(engine: Engine) -> None:
    headers = "ID,Name,Discount,Score,Kick-off,VIP,Note"
    source = table("accounts.csv", headers, ("a1", "Alder", "$12.50", "7", "2026-01-05", "yes", "hello"), ("a2", "Birch", "", "", "", "", ""))
    mapped = to(
        source, "account", "id", "name", custom(2, "Discount", FieldType.MONEY, unit="USD"), custom(3, "Score", FieldType.NUMBER),
        custom(4, "Kick-off", FieldType.DATE), custom(5, "VIP", FieldType.FLAG), custom(6, "Note"),
    )  # fmt: skip

    load(engine, (source, mapped))

    with Session(engine) as session:
        held = session.scalars(select(Account.custom).order_by(Account.source_id)).all()
        fields = session.execute(select(CustomField.entity, CustomField.key, CustomField.label, CustomField.type, CustomField.unit)).all()
        known = load_model(session).entities["account"].fields
    assert held == [{"discount": 125_000, "score": 70_000, "kick_off": "2026-01-05", "vip": True, "note": "hello"}, {}]
    assert ("account", "discount", "Discount", "money", "USD") in fields
    assert known["kick_off"].type is FieldType.DATE


def test_custom_amounts_take_the_currency_of_their_cells_and_stay_text_where_there_are_several(engine: Engine) -> None:
    source = table("accounts.csv", "ID,Name,Deposit,Fee", ("a1", "Alder", "€5", "€5"), ("a2", "Birch", "€6", "£6"))

    load(engine, (source, to(source, "account", "id", "name", custom(2, "Deposit", FieldType.MONEY), custom(3, "Fee", FieldType.MONEY))))

    with Session(engine) as session:
        fields = session.execute(select(CustomField.key, CustomField.type, CustomField.unit).order_by(CustomField.id)).all()
        held = session.scalars(select(Account.custom).order_by(Account.source_id)).all()
    assert fields == [("deposit", "money", "EUR"), ("fee", "text", None)]
    assert held == [{"deposit": 50_000, "fee": "€5"}, {"deposit": 60_000, "fee": "£6"}]


def test_custom_field_never_takes_the_name_of_a_model_field_and_is_shared_by_label(engine: Engine) -> None:
    source = table("accounts.csv", "ID,Name,Region,Region", ("a1", "Alder", "here", "there"))
    mapped = to(source, "account", "id", "name", "custom", "custom")

    load(engine, (source, mapped))
    load(engine, (source, mapped), system="other")

    with Session(engine) as session:
        assert session.scalars(select(CustomField.key).order_by(CustomField.id)).all() == ["region_2", "region_3"]
        assert session.scalars(select(Account.custom)).all() == [{"region_2": "here", "region_3": "there"}] * 2


def test_unknown_file_becomes_a_custom_table(engine: Engine) -> None:
    accounts = table("accounts.csv", "ID,Name", ("a1", "Alder"))
    source = table("site visits.csv", "No,Customer,Minutes", ("1", "Alder", "30"))
    other = table("rooms.csv", "No,Room", ("1", "Blue"))

    load(
        engine,
        (accounts, to(accounts, "account", "id", "name")),
        (source, to(source, "custom", "id", "account", custom(2, "Minutes", FieldType.NUMBER), label="site visits")),
        (other, to(other, "custom", "id", "custom", label="rooms")),
    )

    with Session(engine) as session:
        tables = session.execute(select(CustomTable.key, CustomTable.label).order_by(CustomTable.id)).all()
        rows = session.execute(select(CustomRow.source_id, CustomRow.account_ref, CustomRow.account_id, CustomRow.custom).order_by(CustomRow.id)).all()
        account = session.scalars(select(Account.id)).one()
        model = load_model(session)
    assert tables == [("site_visits", "site visits"), ("rooms", "rooms")]
    assert rows == [("1", "Alder", account, {"minutes": 300_000}), ("1", None, None, {"room": "Blue"})]
    assert set(model.entities["custom:site_visits"].fields) == {*REFERENCES, "minutes"}


def test_name_that_a_system_made_for_a_field_is_told_in_words(engine: Engine) -> None:
    source = table("deals.csv", "ID,Renewal_Risk__c,Won_By", ("d1", "Low", "Ada"))

    load(engine, (source, to(source, "opportunity", "id", custom(1, "Renewal_Risk__c"), custom(2, "Won_By"))))

    with Session(engine) as session:
        assert session.execute(select(CustomField.key, CustomField.label).order_by(CustomField.id)).all() == [
            ("renewal_risk", "Renewal Risk"),
            ("won_by", "Won_By"),
        ]
