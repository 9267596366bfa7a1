"""Questions in two steps: the inner groups are those that the inner query alone gives, within the same rights, and the evidence proves it."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.tools.crm.test_query_permissions import CLEARED_FOR_LITTLE, REP
from tools.access.principal import Principal
from tools.crm.currency import RateBook
from tools.crm.current import StoreReader
from tools.crm.errors import FieldNotReadable, QueryNamesUnknownField, QueryStepMalformed, StepCurrenciesMixed
from tools.crm.query import Against, Among, And, Compare, Dimension, Having, MeasureRef, Not, Order, Query
from tools.crm.results import ResultSet
from tools.crm.semantic import SemanticModel
from tools.crm.service import run_query
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification
from tools.trace.recompute import mismatches

OWNER = Principal.local_owner()
COUNT = MeasureRef(measure="deal_count")


def run(engine: Engine, query: Query, model: SemanticModel, principal: Principal = OWNER) -> ResultSet:
    with Session(engine) as session:
        return run_query(session, query, "q1", model, principal, PolicyScope(), RateBook())


def busiest(path: str, limit: int | None, **more: object) -> Query:
    """The groups with the most deals."""
    return Query(entity="opportunity", measures=(COUNT,), dimensions=(Dimension(path=path),), order=(Order(measure=0),), limit=limit, **more)  # type: ignore[arg-type]


def deals(where: object) -> Query:
    return Query(entity="opportunity", measures=(COUNT,), where=where)  # type: ignore[arg-type]


def figure(result: ResultSet) -> str | None:
    return result.rows[0].cells["m0"].value


def test_figure_of_the_first_groups_is_that_of_these_groups_by_name(filled: Engine, company_model: SemanticModel) -> None:
    groups = run(filled, busiest("owner", None), company_model).rows
    ranked = [(Decimal(str(row.cells["m0"].value)), row.held[0]) for row in groups if row.held[0] is not None]
    place = ranked[1][0]
    first = {key for count, key in ranked if count >= place}
    ids = tuple(str(key) for key in first if str(key).isdecimal())
    texts = tuple(str(key).removeprefix("?") for key in first if not str(key).isdecimal())
    assert ids
    by_name = Compare(path="owner", values=ids, by_id=True)
    expected = int(str(figure(run(filled, deals(by_name), company_model)))) + sum(int(count) for count, key in ranked if str(key).removeprefix("?") in texts)

    result = run(filled, deals(Among(path="owner", query=busiest("owner", 2))), company_model)

    assert figure(result) == str(expected)
    assert {row.held[0] for row in result.steps[0].rows} == first


def test_groups_that_share_the_last_place_all_count(filled: Engine, company_model: SemanticModel) -> None:
    inner = Query(entity="account", select=("name", "employees"), order=(Order(path="employees"),), limit=2)  # one with 4000 at most, many with 12

    result = run(filled, Query(entity="account", measures=(MeasureRef(measure="account_count"),), where=Among(path="", query=inner)), company_model)

    sizes = [row.cells["employees"].value for row in run(filled, inner.model_copy(update={"limit": 100}), company_model).rows]
    known = [int(str(each)) for each in sizes if each is not None]
    assert figure(result) == str(sum(each >= known[1] for each in known))


def test_groups_outside_are_the_others(filled: Engine, company_model: SemanticModel) -> None:
    chosen = Among(path="product", query=busiest("product", 1))

    inside, outside, every = (figure(run(filled, deals(where), company_model)) for where in (chosen, Not(part=chosen), None))

    assert int(str(inside)) + int(str(outside)) == int(str(every))
    assert int(str(inside)) > 0


def test_groups_that_pass_a_bound_are_chosen(filled: Engine, company_model: SemanticModel) -> None:
    bound = busiest("owner", None, having=(Having(op="gt", value="6"),))

    result = run(filled, deals(Among(path="owner", query=bound)), company_model)

    rows = run(filled, bound, company_model).rows
    assert figure(result) == str(sum(int(str(row.cells["m0"].value)) for row in rows if row.held[0] is not None))


def test_rep_ranks_only_what_it_may_see(filled: Engine, company_model: SemanticModel) -> None:
    inner = busiest("account", 1)

    result = run(filled, deals(Among(path="account", query=inner)), company_model, REP)

    assert [row.held for row in result.steps[0].rows[:1]] == [row.held for row in run(filled, inner, company_model, REP).rows]
    assert result.n <= run(filled, deals(None), company_model, REP).n


def test_inner_field_above_the_clearance_is_refused(filled: Engine, company_model: SemanticModel) -> None:
    hidden = next(
        (entity.key, key)
        for entity in company_model.entities.values()
        for key, field in entity.fields.items()
        if field.classification > Classification.INTERNAL and not field.to and entity.key == "contact"
    )
    inner = Query(entity=hidden[0], select=("name",), order=(Order(path=hidden[1]),), limit=2)

    with pytest.raises(FieldNotReadable):
        run(filled, Query(entity="contact", select=("name",), where=Among(path="", query=inner)), company_model, CLEARED_FOR_LITTLE)


@pytest.mark.parametrize(
    "inner",
    [
        busiest("owner", None),  # ranks without an end
        busiest("owner", 2).model_copy(update={"order": ()}),
        busiest("owner", 2).model_copy(update={"measures": (COUNT, COUNT)}),
        Query(entity="opportunity", select=("name",), limit=3),
    ],
)
def test_inner_query_that_chooses_nothing_is_refused(filled: Engine, company_model: SemanticModel, inner: Query) -> None:
    with pytest.raises(QueryStepMalformed):
        run(filled, deals(Among(path="owner", query=inner)), company_model)


def test_groups_of_another_kind_than_the_path_are_refused(filled: Engine, company_model: SemanticModel) -> None:
    with pytest.raises(QueryNamesUnknownField):
        run(filled, deals(Among(path="account", query=busiest("owner", 2))), company_model)


def test_nesting_without_end_is_refused(filled: Engine, company_model: SemanticModel) -> None:
    query = busiest("owner", 2)
    for _ in range(6):
        query = query.model_copy(update={"where": Among(path="owner", query=query)})

    with pytest.raises(QueryStepMalformed):
        run(filled, query, company_model)


def test_ranking_of_currencies_without_rates_is_refused(filled: Engine, company_model: SemanticModel) -> None:
    inner = busiest("owner", 2).model_copy(update={"measures": (MeasureRef(measure="deal_value"),)})

    with pytest.raises(StepCurrenciesMixed):
        run(filled, deals(Among(path="owner", query=inner)), company_model)


def test_keys_written_by_a_planner_are_overwritten(filled: Engine, company_model: SemanticModel) -> None:
    plain = Among(path="owner", query=busiest("owner", 1))

    forged = plain.model_copy(update={"keys": ("1", "2", "3", "4", "5", "6", "7")})

    assert figure(run(filled, deals(forged), company_model)) == figure(run(filled, deals(plain), company_model))


def test_records_above_the_average_are_those_beyond_the_mean(filled: Engine, company_model: SemanticModel) -> None:
    mean = Query(entity="account", measures=(MeasureRef(fold="avg", path="employees"),))

    result = run(
        filled,
        Query(entity="account", measures=(MeasureRef(measure="account_count"),), where=Against(path="employees", op="gt", query=mean)),
        company_model,
    )

    listed = run(filled, Query(entity="account", select=("name", "employees"), order=(Order(path="employees"),), limit=100), company_model).rows
    sizes = [int(str(row.cells["employees"].value)) for row in listed if row.cells["employees"].value is not None]
    assert figure(result) == str(sum(each > sum(sizes) / len(sizes) for each in sizes))


def test_nothing_passes_a_figure_of_nothing(filled: Engine, company_model: SemanticModel) -> None:
    mean = Query(entity="account", measures=(MeasureRef(fold="avg", path="employees"),), where=Compare(path="name", values=("Nobody",)))

    result = run(filled, Query(entity="account", measures=(MeasureRef(measure="account_count"),), where=Against(path="employees", query=mean)), company_model)

    assert figure(result) == "0"


def test_evidence_proves_that_nothing_else_was_counted(filled: Engine, company_model: SemanticModel) -> None:
    where = And(parts=(Compare(path="status", values=("won",)), Among(path="product", query=busiest("product", 1))))
    result = run(filled, deals(where), company_model)
    blocks = {block.id: block for block in result.blocks}
    cells = result.cells()

    assert set(blocks) == {"b1", "b1s1"}
    assert mismatches(cells, blocks) == []
    whole, inside = (next(cell for address, cell in cells.items() if address.endswith(end)) for end in ("within.rows", "_all"))
    assert whole.value == inside.value == figure(result)
    rows = json.loads(blocks["b1"].rows_json)
    stray = [[*rows[0][:-1], "another"], *rows[1:]]
    forged = blocks | {"b1": blocks["b1"].model_copy(update={"rows_json": json.dumps(stray)})}
    assert "q1.within.o0_1" in {finding.address for finding in mismatches(cells, forged)}


def test_rows_of_both_steps_are_found_again_in_the_store(filled: Engine, company_model: SemanticModel) -> None:
    query = deals(Among(path="product", query=busiest("product", 1)))
    result = run(filled, query, company_model)
    with Session(filled) as session:
        reader = StoreReader(session, company_model, {"b1": query, "b1s1": result.steps[0].query})
        for block in result.blocks:
            rows = {row[0]: row for row in json.loads(block.rows_json)}
            assert reader.rows(block, list(rows)) == rows
