"""A call from end to end, with what brings it outside made up: paid once, or not at all, whatever happens in between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest

from tests.tools.sandbox.capabilities.unit import BEGAN, OWNER, SELLER, WISH, FakeOutlet, Unit
from tools.crm.models import Account
from tools.sandbox.calling.explaining import names_for
from tools.sandbox.capabilities import errors
from tools.sandbox.capabilities.calling import ERRORS
from tools.sandbox.capabilities.ending import sweep
from tools.sandbox.capabilities.ports import NotBrought, Resting
from tools.sandbox.capabilities.registering import change
from tools.sandbox.capabilities.schemas import Fault, Outgoing
from tools.sandbox.errors import CapabilityUnknown, KeyUsedForAnother
from tools.sandbox.models import AccountProtection, Capability, MemberStanding, SalesUnit, UnitAccount, UnitBudget, UnitMember, UnitTemplate

PRICE = Decimal("12.50")
HELD_FOR = timedelta(minutes=10)
Do = Callable[[Outgoing], dict[str, Any]]


class Died(BaseException):
    """The process ends here, as far as a test can have it."""


def raises(error: BaseException) -> Do:
    def do(_: Outgoing) -> dict[str, Any]:
        raise error

    return do


@pytest.fixture
def ready(unit: Unit) -> Unit:
    unit.register()
    return unit


def answering(unit: Unit, do: Do) -> FakeOutlet:
    unit.outlet = outlet = FakeOutlet(do)
    return outlet


# -- answered ------------------------------------------------------------------------------------------------------------


def test_answered_call_is_paid_and_on_record(ready: Unit) -> None:
    outlet = answering(ready, lambda _: {"score": 30})

    called = ready.call()

    assert (called.answer, called.cost, called.attempts, called.repeated) == ({"score": 30}, PRICE, 1, False)
    assert (ready.money(), ready.statuses()) == ((100 - PRICE, 0, PRICE), ["settled"])
    (row,) = ready.calls()
    assert (row["outcome"], row["attempts"], row["answer"], row["cost"], row["sent"]) == ("answered", 1, {"score": 30}, PRICE, list(called.sent))
    assert (row["body"], row["reservation_id"]) == (None, outlet.calls[0].key)


def test_duration_is_that_of_the_bringing(ready: Unit) -> None:
    answering(ready, lambda _: ready.clock.pass_(milliseconds=840) or {})

    assert (ready.call().duration_ms, ready.calls()[0]["duration_ms"]) == (840, 840)


COSTS = [
    ({"amount": "10.00", "currency": "CNY"}, Decimal(10)), ({"amount": 3, "currency": "CNY"}, Decimal(3)), ({"amount": "0", "currency": "CNY"}, Decimal(0)),
    ({"amount": "99", "currency": "CNY"}, PRICE), ({"amount": "1e400", "currency": "CNY"}, PRICE), ({"amount": "1", "currency": "USD"}, PRICE),
    ({"amount": "-1", "currency": "CNY"}, PRICE), ({"amount": "NaN", "currency": "CNY"}, PRICE), ({"amount": "much", "currency": "CNY"}, PRICE),
    ({"amount": [1], "currency": "CNY"}, PRICE), ("10", PRICE), (None, PRICE),
]  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_answer_may_name_a_lower_cost_and_nothing_else(ready: Unit) -> None:
    spent = Decimal(0)
    for number, (named, cost) in enumerate(COSTS):
        answering(ready, lambda _, named=named: {"cost": named})
        ready.set(UnitBudget, granted=100 + spent, available=100, spent=spent)
        assert (ready.call(f"k{number}").cost, named) == (cost, named)
        with ready.sessions() as session:
            ready_spent = session.get_one(UnitBudget, "u1").spent
        assert ready_spent - spent == cost
        spent = ready_spent


def test_refused_call_holds_and_sends_nothing(ready: Unit) -> None:
    outlet = answering(ready, lambda _: {})
    ready.set(UnitBudget, granted=5, available=5)

    called = ready.call()

    assert (called.decision.allowed, called.decision.rules, called.answer) == (False, ("budget-too-small",), None)
    assert (outlet.calls, ready.statuses(), ready.calls()) == ([], [], [])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_of_an_explanation_are_those_that_the_reader_may_know(ready: Unit, language: Any) -> None:
    fine = ready.call().decision
    stranger = ready.call("other", account_id=5).decision
    ready.set(UnitMember, left_at=BEGAN)
    left = ready.call("left").decision

    with ready.sessions() as session:
        names = [names_for(session, decision, account, language) for decision, account in ((fine, 4), (stranger, 5), (left, 4))]

    capability = {"zh": "风控模型", "en": "Risk control"}[language]
    assert [(each.unit, each.customer) for each in names] == [("华东组", "瑞宁医疗"), ("华东组", None), (None, None)]
    assert {(each.member, each.capability) for each in names} == {("林岚", capability)}


def test_unknown_capability_is_said(unit: Unit) -> None:
    with pytest.raises(CapabilityUnknown):
        unit.call()


# -- again ---------------------------------------------------------------------------------------------------------------


def test_same_key_has_the_same_answer_and_pays_once(ready: Unit) -> None:
    outlet = answering(ready, lambda call: {"to": call.key})

    first, again = ready.call(), ready.call()

    assert (again.answer, again.cost, again.sent, again.repeated, len(outlet.calls)) == (first.answer, first.cost, first.sent, True, 1)
    assert ready.money() == (100 - PRICE, 0, PRICE)


def test_same_key_for_another_customer_is_refused(ready: Unit) -> None:
    ready.call()
    with pytest.raises(KeyUsedForAnother):
        ready.call(account_id=None)


def test_many_at_once_under_one_key_pay_once(ready: Unit) -> None:
    answering(ready, lambda call: {"to": call.key, "cost": {"amount": "7", "currency": "CNY"}})

    with ThreadPoolExecutor(6) as pool:
        answers = {str(each.answer) for each in pool.map(lambda _: ready.call(), range(12))}

    assert (len(answers), ready.money(), ready.statuses()) == (1, (93, 0, 7), ["settled"])


def test_many_at_once_under_many_keys_never_overdraw(ready: Unit) -> None:
    with ThreadPoolExecutor(6) as pool:
        called = list(pool.map(lambda number: ready.call(f"k{number}"), range(14)))

    assert sum(each.answer is not None for each in called) == 8
    assert ready.money() == (0, 0, 100)


# -- no answer -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", get_args(Fault))
def test_failed_call_frees_the_money_and_says_so(ready: Unit, fault: Fault) -> None:
    answering(ready, raises(NotBrought(fault, 3, "no such field")))

    with pytest.raises(ERRORS[fault]) as failed:
        ready.call()

    assert failed.value.data["name_zh"] == "风控模型"
    assert (failed.value.data.get("said"), fault == "turned_down") in {("no such field", True), (None, False)}
    assert (ready.money(), ready.statuses()) == ((100, 0, 0), ["released"])
    (row,) = ready.calls()
    assert (row["outcome"], row["attempts"], row["body"], row["cost"]) == (fault, 3, None, None)
    assert row["sent"]


def test_failed_call_fails_the_same_way_under_its_key_and_anew_under_another(ready: Unit) -> None:
    answering(ready, raises(NotBrought("turned_down", 1, "no such field")))
    for _ in range(2):
        with pytest.raises(errors.CallTurnedDown) as failed:
            ready.call()
        assert failed.value.data["said"] == "no such field"

    outlet = answering(ready, lambda _: {"score": 1})
    with pytest.raises(errors.CallTurnedDown):
        ready.call()
    assert outlet.calls == []
    assert ready.call("another").answer == {"score": 1}


def test_open_circuit_is_said_before_anything_is_held(ready: Unit) -> None:
    outlet = answering(ready, lambda _: {})
    outlet.until = BEGAN + timedelta(seconds=27.5)

    with pytest.raises(errors.CapabilityResting) as rest:
        ready.call()

    assert (rest.value.data["at"], rest.value.data["seconds"]) == ("09:00:27 UTC", 28)
    assert (outlet.calls, ready.statuses(), ready.money()) == ([], [], (100, 0, 0))


def test_answer_on_record_is_given_also_while_the_circuit_is_open(ready: Unit) -> None:
    first = ready.call()
    answering(ready, lambda _: {}).until = BEGAN + timedelta(seconds=30)

    assert ready.call().answer == first.answer


def test_circuit_that_opens_at_the_last_moment_frees_the_money(ready: Unit) -> None:
    answering(ready, raises(Resting(BEGAN + timedelta(seconds=30))))

    with pytest.raises(errors.CapabilityResting):
        ready.call()

    assert (ready.money(), ready.statuses(), ready.calls()[0]["outcome"]) == ((100, 0, 0), ["released"], "resting")


# -- the process dies ------------------------------------------------------------------------------------------------------


class CountingService:
    """What the service sees: an answer for each key, made once. ``dies`` of the caller come after it answered."""

    def __init__(self, dies: int = 0) -> None:
        self.made: dict[str, tuple[dict, dict]] = {}
        self.dies = dies

    def __call__(self, call: Outgoing) -> dict[str, Any]:
        body, answer = self.made.setdefault(call.key, (call.body, {"number": len(self.made) + 1}))
        assert body == call.body, "a key never comes with another body"
        if self.dies:
            self.dies -= 1
            raise Died
        return answer


def test_call_whose_process_died_goes_on_under_its_key(ready: Unit) -> None:
    service = CountingService(dies=2)
    answering(ready, service)
    for _ in range(2):
        with pytest.raises(Died):
            ready.call()
        assert (ready.money(), ready.statuses()) == ((100 - PRICE, PRICE, 0), ["held"])
    ready.set(Account, employees=7, revenue=None)  # what leaves once more is what left before

    called = ready.call()

    assert (called.answer, called.repeated, len(service.made)) == ({"number": 1}, False, 1)
    assert (ready.money(), ready.statuses()) == ((100 - PRICE, 0, PRICE), ["settled"])


def test_process_that_died_before_anything_left_loses_nothing(ready: Unit) -> None:
    ready.caller.desk.decide(SELLER, "u1", "risk", 4, "k")
    assert (ready.money(), ready.calls()) == ((100 - PRICE, PRICE, 0), [])

    assert ready.call().answer == {"score": 30}
    assert (ready.money(), ready.statuses()) == ((100 - PRICE, 0, PRICE), ["settled"])


CHANGES = [
    (MemberStanding, {"suspended": True}), (UnitMember, {"left_at": BEGAN}), (SalesUnit, {"status": "ended"}), (UnitTemplate, {"masks_from": 2}),
    (Capability, {"active": False}), (Capability, {"sends": 1}), (AccountProtection, {"masks_from": 1}), (UnitAccount, {"until": BEGAN}),
]  # fmt: skip


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize(("table", "values"), CHANGES)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_call_that_the_facts_no_longer_allow_does_not_go_on(ready: Unit, table: Any, values: dict, left: bool) -> None:
    with ready.sessions() as session:
        session.add_all([MemberStanding(member_id=3), AccountProtection(account_id=4, masks_from=5)])
        session.commit()
    if left:
        answering(ready, CountingService(dies=1))
        with pytest.raises(Died):
            ready.call()
    else:
        ready.caller.desk.decide(SELLER, "u1", "risk", 4, "k")
    ready.set(table, **values)
    outlet = answering(ready, lambda _: {"score": 1})

    for _ in range(2):
        with pytest.raises(errors.CallNoLongerAllowed):
            ready.call()

    assert (outlet.calls, ready.money(), ready.statuses()) == ([], (100, 0, 0), ["released"])
    assert (ready.calls()[0]["outcome"], ready.calls()[0]["body"]) == ("no_longer_allowed", None)


def test_call_goes_on_though_its_own_money_was_the_last(ready: Unit) -> None:
    ready.set(UnitBudget, granted=PRICE, available=PRICE)
    answering(ready, CountingService(dies=1))
    with pytest.raises(Died):
        ready.call()

    assert ready.call().cost == PRICE


def test_call_that_nobody_goes_on_with_expires_and_its_contents_are_forgotten(ready: Unit) -> None:
    answering(ready, CountingService(dies=1))
    with pytest.raises(Died):
        ready.call()
    assert ready.calls()[0]["body"] is not None

    with ready.sessions() as session:
        assert (sweep(session, BEGAN), sweep(session, BEGAN + HELD_FOR)) == (0, 1)
        session.commit()

    assert (ready.money(), ready.statuses()) == ((100, 0, 0), ["expired"])
    assert (ready.calls()[0]["outcome"], ready.calls()[0]["body"]) == ("too_late", None)


@pytest.mark.parametrize("swept", [True, False])
def test_call_taken_up_after_its_money_expired_pays_nothing_and_sends_nothing(ready: Unit, swept: bool) -> None:
    answering(ready, CountingService(dies=1))
    with pytest.raises(Died):
        ready.call()
    ready.clock.now += HELD_FOR
    if swept:
        with ready.sessions() as session:
            sweep(session, ready.clock())
            session.commit()
    outlet = answering(ready, lambda _: {"score": 1})

    for _ in range(2):
        with pytest.raises(errors.CallTooLate):
            ready.call()

    assert (outlet.calls, ready.money(), ready.calls()[0]["outcome"]) == ([], (100, 0, 0), "too_late")
    assert ready.call("another").answer == {"score": 1}
    assert ready.money() == (100 - PRICE, 0, PRICE)


def test_answer_that_comes_after_the_money_expired_is_neither_paid_nor_given(ready: Unit) -> None:
    def slow(_: Outgoing) -> dict[str, Any]:
        ready.clock.now += HELD_FOR
        with ready.sessions() as session:
            sweep(session, ready.clock())
            session.commit()
        return {"score": 30, "cost": {"amount": "9", "currency": "CNY"}}

    answering(ready, slow)

    with pytest.raises(errors.CallTooLate):
        ready.call()

    assert (ready.money(), ready.statuses()) == ((100, 0, 0), ["expired"])
    (row,) = ready.calls()
    assert (row["outcome"], row["answer"], row["body"]) == ("too_late", None, None)


def test_answer_that_comes_late_but_before_the_sweep_is_still_paid(ready: Unit) -> None:
    answering(ready, lambda _: ready.clock.pass_(minutes=11) or {"score": 30})

    assert ready.call().answer == {"score": 30}
    assert (ready.money(), ready.statuses()) == ((100 - PRICE, 0, PRICE), ["settled"])


def test_of_two_twins_the_answer_of_one_is_given_to_both(ready: Unit) -> None:
    met, answered = threading.Barrier(2), threading.Event()

    def failing(_: Outgoing) -> dict[str, Any]:
        met.wait(10)
        answered.wait(10)
        raise NotBrought("timed_out", 3)

    first, second = ready.twin(FakeOutlet(failing)), ready.twin(FakeOutlet(lambda _: {"score": 30, "met": met.wait(10) >= 0}))
    with ThreadPoolExecutor(2) as pool:
        failed, fine = pool.submit(first.call), pool.submit(second.call)
        assert fine.result(20).answer == {"score": 30, "met": True}
        answered.set()
        assert failed.result(20).answer == {"score": 30, "met": True}

    assert (ready.money(), ready.statuses()) == ((100 - PRICE, 0, PRICE), ["settled"])


def test_twin_that_failed_first_leaves_nothing_to_pay(ready: Unit) -> None:
    def twin_fails(_: Outgoing) -> dict[str, Any]:
        with pytest.raises(errors.CallFaulty):
            ready.twin(FakeOutlet(raises(NotBrought("faulty", 3)))).call()
        return {"score": 30}

    answering(ready, twin_fails)

    with pytest.raises(errors.CallTooLate):
        ready.call()

    assert (ready.money(), ready.statuses(), ready.calls()[0]["outcome"]) == ((100, 0, 0), ["released"], "faulty")


def test_capability_changed_under_way_is_settled_as_it_was_held(ready: Unit) -> None:
    answering(ready, CountingService(dies=1))
    with pytest.raises(Died):
        ready.call()
    with ready.sessions() as session:
        change(session, OWNER, "risk", WISH.model_copy(update={"currency": "USD", "cost": Decimal(1)}), 1, "in dollars now", BEGAN)
        session.commit()
    answering(ready, lambda _: {"cost": {"amount": "1", "currency": "USD"}})

    assert ready.call().cost == PRICE
