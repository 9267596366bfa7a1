"""What a planner may call: thin tools over the service. No argument names a user: the caller's identity comes from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from tools.access.principal import Principal
from tools.access.scope import RowScope
from tools.crm.currency import RateBook
from tools.crm.query import Plan
from tools.crm.results import ResultSet
from tools.crm.semantic import SemanticModel
from tools.crm.service import run_query

if TYPE_CHECKING:
    from tools.crm.ports import TextSearch

MAX_QUERIES = 24


@dataclass(frozen=True, slots=True)
class CrmCall:
    """What a tool of this room runs with, brought by the graph and never by a planner."""

    session: Session
    model: SemanticModel
    principal: Principal
    scope: RowScope
    rates: RateBook
    texts: TextSearch | None = None


class QueryRecords(Plan):
    """Answer a question from the CRM records by one or a few typed queries."""


class ChooseReading(BaseModel):
    """Take one of the readings that were offered, by its number."""

    model_config = ConfigDict(extra="forbid")
    number: int = Field(ge=1)


class AskBack(BaseModel):
    """Ask the person which of several readings is meant; numbers of the offered readings."""

    model_config = ConfigDict(extra="forbid")
    numbers: tuple[int, ...] = ()


class CannotAnswer(BaseModel):
    """Say that the question can't be answered from the data, naming the words that have no counterpart in it."""

    model_config = ConfigDict(extra="forbid")
    not_understood: tuple[str, ...] = ()
    reason: str = "not_in_data"


def query_records(call: CrmCall, plan: Plan) -> tuple[ResultSet, ...]:
    """Run a plan's queries with the caller's identity."""
    return tuple(
        run_query(call.session, query, f"q{number}", call.model, call.principal, call.scope, call.rates, call.texts)
        for number, query in enumerate(plan.queries[:MAX_QUERIES], 1)
    )
