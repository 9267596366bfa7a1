"""What is decided about a call, fact by fact, on either database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.tools.sandbox.books import broken_laws
from tests.tools.sandbox.calls import CAPABILITY, COST, NOW, OF_UNIT, UNIT, add_capability, add_unit, caller, change, change_one, desk_at, fill, put
from tools.access.principal import Principal
from tools.crm.models import Account, Certificate, Consent, ExchangeRate, Member
from tools.sandbox.budgets import ledger
from tools.sandbox.budgets.reservations import release
from tools.sandbox.calling.deciding import HELD_FOR, CallDesk, Decision
from tools.sandbox.errors import CapabilityUnknown, KeyUsedForAnother, NotAMember
from tools.sandbox.models import (
    AccountProtection,
    Capability,
    DecisionRow,
    MemberStanding,
    Reservation,
    SalesUnit,
    Transfer,
    UnitAccount,
    UnitMember,
    UnitTemplate,
)
from tools.trace.signing import InstallationKey

Change = Callable[[sessionmaker[Session]], None]
YES = ("members-call",)
TODAY, DAY = NOW.date(), timedelta(days=1)


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return fill(engine)


@pytest.fixture
def ask(sessions: sessionmaker[Session], tmp_path: Path) -> Callable[..., Decision]:
    """Decide a call, by default one against which nothing speaks."""

    def decide(key: str = "key", member: int = 1, customer: int | None = 1, now: datetime = NOW, capability: str = CAPABILITY, unit: str = UNIT) -> Decision:
        return desk_at(sessions, tmp_path, now).decide(caller(member), unit, capability, customer, key)

    return decide


def template(**values: object) -> Change:
    return lambda sessions: change(sessions, UnitTemplate, **values)


def consent(**values: object) -> Change:
    """The capability is sent personal data, and somebody consented."""
    row = {"id": 1, "account_id": 1, "purpose": "credit check", "granted_on": TODAY - DAY} | values

    def changed(sessions: sessionmaker[Session]) -> None:
        change(sessions, Capability, sends=3)
        put(sessions, Consent, row)

    return changed


REFUSALS: dict[str, tuple[Change, tuple[str, ...]]] = {
    "suspended member": (lambda s: put(s, MemberStanding, {"member_id": 1, "suspended": True}), ("member-suspended",)),
    "member no longer active": (lambda s: change_one(s, Member, 1, active=False), ("member-suspended",)),
    "member gone from the records": (lambda s: change_one(s, Member, 1, gone_at=NOW), ("member-suspended",)),
    "member who left the unit": (lambda s: change(s, UnitMember, left_at=NOW), ("nothing-permits",)),
    "unit dissolved": (lambda s: change(s, SalesUnit, status="dissolved"), ("unit-not-active",)),
    "unit not yet active": (lambda s: change(s, SalesUnit, status="forming"), ("unit-not-active",)),
    "capability switched off": (lambda s: change(s, Capability, active=False), ("capability-off",)),
    "capability not in the template": (template(capabilities=["other"]), ("not-in-template",)),
    "unit without that template": (
        lambda s: change(s, SalesUnit, template="rescue"),
        ("above-clearance", "masked-in-template", "not-in-template", "over-call-limit"),
    ),
    "cost just above the call limit": (template(call_limit=COST - Decimal("0.0001")), ("over-call-limit",)),
    "certificate of another name": (lambda s: change(s, Certificate, name="Export"), ("certificate-missing",)),
    "certificate gone from the records": (lambda s: change(s, Certificate, gone_at=NOW), ("certificate-missing",)),
    "certificate that ended yesterday": (lambda s: change(s, Certificate, valid_to=TODAY - DAY), ("certificate-not-valid",)),
    "certificate that begins tomorrow": (lambda s: change(s, Certificate, valid_from=TODAY + DAY), ("certificate-not-valid",)),
    "data above the unit's clearance": (template(clearance=1), ("above-clearance",)),
    "data that the template masks": (template(masks_from=2), ("masked-in-template",)),
    "customer no longer of the unit": (lambda s: change(s, UnitAccount, until=NOW), ("customer-not-of-unit",)),
    "customer gone from the records": (lambda s: change_one(s, Account, 1, gone_at=NOW), ("customer-not-named",)),
    "customer masks more": (lambda s: put(s, AccountProtection, {"account_id": 1, "masks_from": 3}), ("customer-masks-more",)),
    "consent missing": (lambda s: change(s, Capability, sends=3), ("no-consent",)),
    "consent withdrawn": (consent(withdrawn_on=TODAY), ("no-consent",)),
    "consent from tomorrow on": (consent(granted_on=TODAY + DAY), ("no-consent",)),
    "consent to something else": (consent(purpose="marketing"), ("no-consent",)),
    "consent of another customer": (consent(account_id=2), ("no-consent",)),
    "consent without a day": (consent(granted_on=None), ("no-consent",)),
    "consent gone from the records": (consent(gone_at=NOW), ("no-consent",)),
}  # fmt: skip
ALLOWED: dict[str, Change] = {
    "nothing special": lambda s: None,
    "cost at the call limit": template(call_limit=COST),
    "certificate that ends today": lambda s: change(s, Certificate, valid_to=TODAY),
    "certificate that begins today": lambda s: change(s, Certificate, valid_from=TODAY),
    "certificate without days": lambda s: change(s, Certificate, valid_from=None, valid_to=None),
    "a second certificate that is valid": lambda s: (
        change(s, Certificate, valid_to=TODAY - DAY),
        put(s, Certificate, {"id": 99, "member_id": 1, "name": "Risk", "valid_from": TODAY, "valid_to": TODAY}),
    ),
    "no certificate needed": lambda s: (change(s, Capability, certificate=None), change(s, Certificate, gone_at=NOW)),
    "customer masks as much as the template": lambda s: put(s, AccountProtection, {"account_id": 1, "masks_from": 4}),
    "customer masks less": lambda s: put(s, AccountProtection, {"account_id": 1, "masks_from": 5}),
    "another customer masks more": lambda s: put(s, AccountProtection, {"account_id": 2, "masks_from": 0}),
    "consent in force": consent(),
    "consent withdrawn from tomorrow on": consent(withdrawn_on=TODAY + DAY),
    "another member suspended": lambda s: put(s, MemberStanding, {"member_id": 2, "suspended": True}),
}


def test_one_thing_that_is_wrong_refuses_the_call_and_is_named(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    found = {name: _alone(sessions, changed, ask, at) for at, (name, (changed, _)) in enumerate(REFUSALS.items())}
    assert found == {name: rules for name, (_, rules) in REFUSALS.items()}
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Reservation)) == 0
        assert ledger.balances(session, UNIT).available == 1000


def test_what_is_just_right_is_allowed(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    found = {name: _alone(sessions, changed, ask, at) for at, (name, changed) in enumerate(ALLOWED.items())}
    assert found == dict.fromkeys(ALLOWED, YES)
    with sessions() as session:
        assert ledger.balances(session, UNIT).reserved == COST * len(ALLOWED)
        assert broken_laws(session, UNIT) == []


def _alone(sessions: sessionmaker[Session], changed: Change, ask: Callable[..., Decision], at: int) -> tuple[str, ...]:
    """The rules that decide with this one change; afterwards it is undone."""
    changed(sessions)
    decided = ask(f"key {at}")
    assert decided.allowed == (decided.rules == YES) == (decided.reservation_id is not None)
    with sessions.begin() as session:
        for table in (MemberStanding, AccountProtection, Consent):
            session.execute(delete(table))
        session.execute(delete(Certificate).where(Certificate.id == 99))
    change(sessions, Member, active=None, gone_at=None)
    change(sessions, Account, gone_at=None)
    change(sessions, UnitMember, left_at=None)
    change(sessions, UnitAccount, until=None)
    change(sessions, SalesUnit, status="active", template="assault")
    change(sessions, Capability, active=True, sends=2, certificate="Risk")
    change(sessions, UnitTemplate, capabilities=[CAPABILITY], call_limit=Decimal(100), clearance=3, masks_from=4)
    change(sessions, Certificate, name="Risk", gone_at=None, valid_from=date(2020, 1, 1), valid_to=date(2099, 12, 31))
    return decided.rules


def test_everything_that_is_wrong_is_named_at_once(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    change(sessions, SalesUnit, status="dissolved")
    change(sessions, Capability, active=False)
    change(sessions, Certificate, valid_to=TODAY - DAY)
    assert ask(customer=OF_UNIT + 1).rules == ("capability-off", "certificate-not-valid", "customer-not-of-unit", "unit-not-active")


def test_who_was_never_in_the_unit_and_whom_it_does_not_serve(ask: Callable[..., Decision]) -> None:
    assert ask(member=OF_UNIT + 1).rules == ("nothing-permits",)
    assert ask(customer=OF_UNIT + 1).rules == ("customer-not-of-unit",)
    assert ask(customer=None).rules == ("customer-not-named",)
    assert ask(customer=99).rules == ("customer-not-named",)


def test_the_last_cent_is_held_and_one_less_is_too_small(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    add_unit(sessions, "exact", COST)
    add_unit(sessions, "short", COST - Decimal("0.0001"))
    assert ask("a", unit="exact").allowed
    assert ask("b", unit="exact").rules == ("budget-too-small",)
    assert ask("c", unit="short").rules == ("budget-too-small",)


MIDNIGHTS = {
    "Asia/Shanghai": (date(2026, 3, 31), datetime(2026, 3, 31, 16, tzinfo=UTC)),
    "America/New_York": (date(2026, 3, 31), datetime(2026, 4, 1, 4, tzinfo=UTC)),
    "America/New_York in winter": (date(2026, 1, 31), datetime(2026, 2, 1, 5, tzinfo=UTC)),
    "Mars/Olympus": (date(2026, 3, 31), datetime(2026, 4, 1, tzinfo=UTC)),
    "": (date(2026, 3, 31), datetime(2026, 4, 1, tzinfo=UTC)),
}
"""The last day and when it ends; UTC where the zone is not known."""


def test_a_certificate_ends_and_begins_at_midnight_where_the_member_is(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    minute = timedelta(minutes=1)
    put(sessions, MemberStanding, {"member_id": 1})
    for name, (last_day, midnight) in MIDNIGHTS.items():
        change(sessions, MemberStanding, time_zone=name.removesuffix(" in winter") or None)
        change(sessions, Certificate, valid_from=None, valid_to=last_day)
        assert ask(f"a {name}", now=midnight - minute).rules == YES
        assert ask(f"b {name}", now=midnight + minute).rules == ("certificate-not-valid",)
        change(sessions, Certificate, valid_from=last_day + DAY, valid_to=None)
        assert ask(f"c {name}", now=midnight - minute).rules == ("certificate-not-valid",)
        assert ask(f"d {name}", now=midnight + minute).rules == YES


def rate(id_: int, base: str, quote: str, value: str, since: date | None = None) -> dict[str, object]:
    return {"id": id_, "base": base, "quote": quote, "rate": Decimal(value), "valid_from": since}


RATES: dict[str, tuple[list[dict[str, object]], Decimal | None]] = {
    "none": ([], None),
    "of other currencies": ([rate(1, "USD", "EUR", "0.9")], None),
    "as it is needed": ([rate(1, "USD", "CNY", "7.1")], Decimal("71")),
    "the other way round": ([rate(1, "CNY", "USD", "0.14")], Decimal("71.4286")),
    "the other way round, with many places": ([rate(1, "CNY", "USD", "2.2345678")], Decimal("4.4751")),
    "both ways": ([rate(1, "USD", "CNY", "7.1"), rate(2, "CNY", "USD", "0.5")], Decimal("71")),
    "the newest": (
        [rate(1, "USD", "CNY", "7", TODAY - DAY), rate(2, "USD", "CNY", "7.2", TODAY), rate(3, "USD", "CNY", "7.1")],
        Decimal("72"),
    ),
    "one from tomorrow on": ([rate(1, "USD", "CNY", "7"), rate(2, "USD", "CNY", "7.2", TODAY + DAY)], Decimal("70")),
    "gone from the records": ([rate(1, "USD", "CNY", "7") | {"gone_at": NOW}], None),
}


def test_a_cost_in_another_currency_is_held_in_that_of_the_unit_or_refused(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    change(sessions, Capability, cost=Decimal(10), currency="USD")
    for name, (rates, cost) in RATES.items():
        put(sessions, ExchangeRate, *rates)
        add_unit(sessions, name, Decimal(100))
        assert ask(name, unit=name).rules == (("no-exchange-rate",) if cost is None else YES)
        with sessions.begin() as session:
            assert ledger.balances(session, name).reserved == (cost or 0), name
            session.execute(delete(ExchangeRate))


def test_a_rate_the_other_way_round_is_exact_for_what_costs_millions(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    change(sessions, Capability, cost=Decimal(200_000), currency="IDR")
    put(sessions, ExchangeRate, rate(1, "CNY", "IDR", "2234.5678"))
    assert ask().facts.cost == Decimal("89.5028")


def test_a_key_that_is_repeated_gives_the_same_decision_and_holds_nothing_more(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    first = ask()
    change(sessions, Capability, active=False)
    again = ask(now=NOW + HELD_FOR / 2)
    assert again == first.model_copy(update={"repeated": True})
    assert first.expires_at == NOW + HELD_FOR
    with sessions() as session:
        assert ledger.balances(session, UNIT).reserved == COST


def test_a_key_stays_used_after_its_money_was_released(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    first = ask()
    with sessions.begin() as session:
        release(session, first.reservation_id or "", "caller", NOW)
    assert ask().reservation_id == first.reservation_id
    with sessions() as session:
        assert ledger.balances(session, UNIT).reserved == 0


def test_what_was_refused_may_be_asked_again_under_its_key(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    change(sessions, Capability, active=False)
    refused = ask()
    change(sessions, Capability, active=True)
    allowed = ask()
    assert (refused.allowed, allowed.allowed, allowed.repeated) == (False, True, False)
    assert refused.id != allowed.id


def test_a_key_with_other_content_is_an_error(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    add_capability(sessions, "cheap", Decimal(1))
    add_unit(sessions, "u2", Decimal(100))
    ask()
    for other in ({"member": 2}, {"customer": 2}, {"customer": None}, {"capability": "cheap"}, {"unit": "u2"}):
        with pytest.raises(KeyUsedForAnother):
            ask(**other)
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(DecisionRow)) == 1


def test_one_key_asked_by_many_at_once_holds_once_for_one_content(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    """Six ask about one customer, six about another, all together; whoever comes first has the key."""
    together = Barrier(12)

    def call(at: int) -> Decision | None:
        together.wait()
        try:
            return ask("once", customer=1 + at % 2)
        except KeyUsedForAnother:
            return None

    with ThreadPoolExecutor(12) as threads:
        decided = list(threads.map(call, range(12)))
    had = [each for each in decided if each is not None]
    assert decided[0::2] == [None] * 6 or decided[1::2] == [None] * 6
    assert (len(had), sum(not each.repeated for each in had), len({each.reservation_id for each in had})) == (6, 1, 1)
    with sessions() as session:
        assert ledger.balances(session, UNIT).reserved == COST
        assert session.scalar(select(func.count()).where(Transfer.credit == "reserved")) == 1


def test_only_members_ask_and_only_about_what_there_is(ask: Callable[..., Decision], sessions: sessionmaker[Session], tmp_path: Path) -> None:
    with pytest.raises(NotAMember):
        desk_at(sessions, tmp_path).decide(Principal.local_owner(), UNIT, CAPABILITY, 1, "key")
    for unknown in ({"capability": "none"}, {"unit": "none"}, {"member": 99}):
        with pytest.raises(CapabilityUnknown):
            ask(**unknown)


@pytest.fixture(params=["Pacific/Kiritimati", "Etc/GMT+12"])
def zone_of_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("zone_of_process")
@pytest.mark.parametrize("wrong_by", [timedelta(hours=-30), timedelta(hours=30)], ids=["slow", "fast"])
def test_a_worker_whose_own_clock_is_wrong_decides_by_the_clock_of_the_store(
    sessions: sessionmaker[Session], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong_by: timedelta
) -> None:
    class WrongClock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + wrong_by

    for room in ("facts", "deciding"):
        monkeypatch.setattr(f"tools.sandbox.calling.{room}.datetime", WrongClock)
    desk = CallDesk(sessions, InstallationKey.open(tmp_path))
    before = datetime.now(UTC) - timedelta(milliseconds=1)  # SQLite tells milliseconds
    decided = desk.decide(caller(), UNIT, CAPABILITY, 1, "key")
    assert before <= decided.facts.now <= datetime.now(UTC)
    assert decided.facts.today == decided.facts.now.astimezone(UTC).date()
    assert decided.expires_at == decided.facts.now + HELD_FOR


def test_a_clock_in_another_zone_is_understood(sessions: sessionmaker[Session], ask: Callable[..., Decision]) -> None:
    change(sessions, Certificate, valid_to=TODAY)
    late = datetime(2026, 7, 1, 7, tzinfo=ZoneInfo("Asia/Shanghai"))  # the evening before in UTC, which counts where no zone of the member is known
    assert ask(now=late).rules == YES
