"""A small company whose figures can be counted by hand, and a way to answer plans about it as the graph does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from agent.answer import Language
from agent.composing.composer import Composer
from agent.composing.draft import Draft, Rendered, render
from agent.composing.typesetting import tidy
from agent.verifying import hold_to_evidence
from tools.access.principal import Principal
from tools.crm import models
from tools.crm.currency import RateBook
from tools.crm.query import Compare, Dimension, MeasureRef, Order, Plan, Query, Window
from tools.crm.semantic import load_model
from tools.crm.tools import CrmCall, query_records
from tools.sandbox.row_scope import PolicyScope
from tools.store.base import Base
from tools.store.classification import Classification

AS_OF = datetime(2025, 12, 31, tzinfo=UTC)
ACCOUNTS = [
    ("Acme", "retail", "Kenya", 1200, 1985, "647.18"), ("北辰医疗", "medical", "China", 16499, 1997, "8170.38"),
    ("Conrad", "retail", "Japan", 300, 2001, "55.5"), ("Delta Works", "medical", "Kenya", 8100, 1979, "1200"),
    ("Evergreen", "software", "Kenya", 75, 2015, "12"), ("Fjord", "software", "Norway", 5400, 1990, None),
]  # fmt: skip
MEMBERS = [("Moses Frase", "West", 4), ("Ana Lima", "West", 4), ("王芳", "East", 5), ("Dustin Brinkmann", None, None), ("Celia Rouche", None, None)]
PRODUCTS = [("GTX Basic", "GTX", "550"), ("GTX Pro", "GTX", "4821"), ("MG Special", "MG", "55")]


def rows() -> dict[type[Base], list[dict[str, Any]]]:
    """All rows. Deals close in 2024 and 2025; Fjord has none, the open ones have no amount, Ana's win more often than 王芳's."""
    accounts = [
        {
            "name": n,
            "sector": s,
            "country": c,
            "employees": e,
            "founded_year": y,
            "revenue": Decimal(r) if r else None,
            "parent_id": 1 if n == "Conrad" else None,
        }
        for n, s, c, e, y, r in ACCOUNTS
    ]
    members = [{"name": n, "region": region, "manager_id": manager} for n, region, manager in MEMBERS]
    products = [{"name": n, "family": f, "list_price": Decimal(p)} for n, f, p in PRODUCTS]
    deals: list[dict[str, Any]] = []
    for i in range(90):
        status = "open" if i % 9 == 8 else "lost" if i % 3 == 0 or (i % 3 == 2 and i % 4 == 1) else "won"
        closed = date(2024, 1, 15) + timedelta(days=8 * i)
        deals.append(
            {
                "name": f"Deal {i:02}", "account_id": 1 + i % 5, "owner_id": 1 + i // 2 % 3, "product_id": 1 + i * 5 // 4 % 3, "status": status,
                "stage": {"open": "Engaging", "lost": "Lost", "won": "Won"}[status],
                "amount": None if status == "open" else Decimal(1000 + 731 * i), "currency": None, "region": None,
                "opened_on": closed - timedelta(days=20 + i % 50), "close_on": None if status == "open" else closed,
            }
        )  # fmt: skip
    visits = [
        {
            "kind": "visit" if i % 4 else "call",
            "subject": f"Talk {i}",
            "account_id": 1 + i % 4,
            "owner_id": 1 + i % 2,
            "occurred_at": AS_OF - timedelta(days=9 * i),
        }
        for i in range(24)
    ]
    return {models.Account: accounts, models.Member: members, models.Product: products, models.Opportunity: deals, models.Interaction: visits}


def fill(session: Session, changes: dict[type[Base], list[dict[str, Any]]] | None = None) -> None:
    """Insert the rows, with ``changes`` merged into each of them in turn."""
    for table, each in rows().items():
        extra = (changes or {}).get(table, [{}])
        common = {"source_system": "crm", "version_hash": "aa", "as_of": AS_OF, "custom": {}}
        # parents come with the rows that they are referred to by
        session.execute(
            insert(table), [common | {"id": i, "source_id": f"R{i}", "source_line": i + 1} | row | extra[i % len(extra)] for i, row in enumerate(each, 1)]
        )
    session.commit()


@cache
def store(currencies: bool = False) -> Session:
    """The company in memory; with ``currencies``, its deals are in CNY and USD in turn and no rate is known."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    Base.metadata.create_all(engine)
    session = Session(engine)
    fill(session, {models.Opportunity: [{"currency": "CNY"}, {"currency": "USD"}]} if currencies else None)
    return session


def draft_of(plan: Plan, language: Language, session: Session | None = None, clearance: Classification | None = None, data_end: date | None = None) -> Draft:
    """The verified draft for a plan."""
    session = session or store()
    model = load_model(session)
    owner = Principal.local_owner()
    call = CrmCall(session, model, owner, PolicyScope(), RateBook())
    results = query_records(call, plan)
    draft = Composer(plan, results, model, language, clearance or owner.clearance).compose(data_end, None)
    said = len(draft.sentences)
    draft = hold_to_evidence(draft, results)
    assert len(draft.sentences) == said, "a sentence rests on a cell that the evidence contradicts"
    return draft


def answer(plan: Plan, language: Language, **how: Any) -> Rendered:
    """The finished answer for a plan."""
    return render(draft_of(plan, language, **how))


def text(plan: Plan, language: Language, **how: Any) -> str:
    """The words of the answer without its marks."""
    said = answer(plan, language, **how).text
    return tidy(re.sub(r" \[\d+\] ?", "", said)) if language == "zh" else re.sub(r" \[\d+\]", "", said)


# -- plans ------------------------------------------------------------------------------------------------------------


def year(number: int) -> Window:
    """A calendar year."""
    return Window(start=date(number, 1, 1), end=date(number, 12, 31), words_en=str(number), words_zh=f"{number} 年")


def quarter(year_: int, number: int) -> Window:
    """A calendar quarter."""
    start = date(year_, 3 * number - 2, 1)
    end = date(year_ + (number == 4), 3 * number % 12 + 1, 1) - timedelta(days=1)
    return Window(start=start, end=end, words_en=f"Q{number} {year_}", words_zh=f"{year_} 年第{'一二三四'[number - 1]}季度")


def ask(measure: str | MeasureRef | None, entity: str = "opportunity", focus: str = "figure", by: str | Dimension | None = None, **query: Any) -> Plan:
    """A plan of one query."""
    measures = () if measure is None else (measure if isinstance(measure, MeasureRef) else MeasureRef(measure=measure),)
    dimensions = () if by is None else (by if isinstance(by, Dimension) else Dimension(path=by),)
    return Plan.model_validate({"queries": (Query(entity=entity, measures=measures, dimensions=dimensions, **query),), "focus": focus})


def of(path: str, *values: str, op: str = "eq") -> Compare:
    """A condition."""
    return Compare.model_validate({"path": path, "op": op, "values": values})


def by_measure(descending: bool = True) -> tuple[Order, ...]:
    """The order of a ranking."""
    return (Order(measure=0, descending=descending),)
