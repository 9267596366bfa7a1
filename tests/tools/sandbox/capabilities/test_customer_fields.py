"""What leaves of a customer with a call: never more than capability, template and customer allow."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.tools.sandbox.capabilities.unit import CUSTOMER, FakeOutlet, Unit
from tools.crm.models import Account
from tools.sandbox.capabilities.customer_fields import CUSTOMER_FIELDS
from tools.sandbox.models import AccountProtection, UnitAccount, UnitTemplate
from tools.store.base import table_of

INTERNAL = {"name": "瑞宁医疗", "employees": 620, "sector": "medical", "currency": "CNY", "years_as_customer": 7.0}
CONFIDENTIAL = INTERNAL | {"revenue": 12.5, "open_invoices_overdue": 1}
PERSONAL = CONFIDENTIAL | {"phone": "139 0000"}


def sent(unit: Unit) -> dict:
    unit.outlet = FakeOutlet()
    unit.call()
    (outgoing,) = unit.outlet.calls
    assert set(outgoing.body) == {"capability", "customer"}
    assert outgoing.body["capability"] == "risk"
    return outgoing.body["customer"]


@pytest.mark.parametrize(("sends", "expected"), [(0, {}), (1, INTERNAL), (2, CONFIDENTIAL), (3, PERSONAL), (4, PERSONAL | {"women_founded": True})])
def test_fields_leave_up_to_what_the_capability_is_sent(unit: Unit, sends: int, expected: dict) -> None:
    unit.register(sends=sends, purpose="risk")

    assert sent(unit) == expected
    assert unit.calls()[0]["sent"] == sorted(expected)


@pytest.mark.parametrize("sends", range(5))
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_leaves_above_what_template_and_customer_allow(unit: Unit, sends: int) -> None:
    levels = {each.name: each.level for each in CUSTOMER_FIELDS}
    unit.register(sends=sends, purpose="risk", cost=Decimal("0.01"))
    unit.outlet = FakeOutlet()
    with unit.sessions() as session:
        session.add(AccountProtection(account_id=4, masks_from=5))
        session.commit()
    for number, (clearance, template, customer) in enumerate((c, t, p) for c in range(5) for t in (1, 3, 5) for p in (1, 3, 5)):
        unit.set(UnitTemplate, clearance=clearance, masks_from=template)
        unit.set(AccountProtection, masks_from=customer)
        called = unit.call(f"k{number}")
        highest = min(sends, clearance, template - 1, customer - 1)
        assert all(levels[name] <= highest for name in called.sent)
        assert called.decision.allowed or not called.sent


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_free_text_and_what_names_other_records_never_leave(unit: Unit) -> None:
    unit.register(sends=4, purpose="risk")

    left = sent(unit)

    assert not {"description", "address", "id", "owner_id", "source_id", "custom"} & set(left)
    assert not {CUSTOMER["description"], CUSTOMER["address"]} & {str(each) for each in left.values()}


def test_every_field_is_classified() -> None:
    assert all(each.level in range(5) for each in CUSTOMER_FIELDS)
    assert {each.name: int(each.level) for each in CUSTOMER_FIELDS}["open_invoices_overdue"] == 2
    assert all(table_of(Account).c[each.name].info["classification"] == each.level for each in CUSTOMER_FIELDS if each.name in table_of(Account).c)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_customer_of_another_unit_stays_unsent(unit: Unit) -> None:
    unit.register()
    unit.set(UnitAccount, account_id=5)
    unit.outlet = FakeOutlet()

    called = unit.call()

    assert (called.decision.rules, unit.outlet.calls, called.sent) == (("customer-not-of-unit",), [], ())
