"""Tables of rates that name one currency a row are read against the company's own."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.tools.crm.importing.exports import SYSTEM, custom, load, table, to
from tools.crm.importing.proposing import propose_mapping
from tools.crm.models import ExchangeRate
from tools.crm.semantic import FieldType
from tools.crm.semantic.model import base_model


def rates(engine: Engine) -> list[tuple[str, str, Decimal]]:
    with Session(engine) as session:
        rows = session.execute(select(ExchangeRate.base, ExchangeRate.quote, ExchangeRate.rate).order_by(ExchangeRate.quote))
        return [(row.base, row.quote, row.rate) for row in rows]


def test_rates_are_units_for_one_of_the_corporate_currency(engine: Engine) -> None:
    source = table(
        "CurrencyType.csv", "Id,IsoCode,ConversionRate,IsCorporate", ("1", "EUR", "0.92", "false"), ("2", "USD", "1.0", "true"), ("3", "XAF", "1", "false")
    )
    (mapped,) = propose_mapping([source], base_model(), SYSTEM, None).tables

    report = load(engine, (source, mapped))

    assert mapped.entity == "exchange_rate"
    assert rates(engine) == [("USD", "EUR", Decimal("0.92")), ("USD", "USD", Decimal(1)), ("USD", "XAF", Decimal(1))]
    assert [(each.key, each.data["currency"]) for each in report.assumptions] == [("corporate_currency", "USD")]


def test_only_rate_of_one_is_that_of_the_corporate_currency(engine: Engine) -> None:
    source = table("rates.csv", "Currency,Rate", ("CNY", "1"), ("USD", "0.14"))

    load(engine, (source, to(source, "exchange_rate", "quote", "rate", key=("quote",))))

    assert rates(engine) == [("CNY", "CNY", Decimal(1)), ("CNY", "USD", Decimal("0.14"))]


def test_rates_against_nothing_known_are_refused(engine: Engine) -> None:
    rows = (("CNY", "1", "no"), ("HKD", "1", "no"), ("USD", "0.14", "no"))
    source = table("rates.csv", "Currency,Rate,Default", *rows)

    report = load(engine, (source, to(source, "exchange_rate", "base", "rate", custom(2, "Default", FieldType.FLAG), key=("base",))))

    assert (rates(engine), report.total("refused")) == ([], 3)
