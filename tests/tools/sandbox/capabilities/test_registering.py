"""Who may say which capabilities there are, and what can't be one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from prompts.words import say
from tests.tools.sandbox.capabilities.unit import BEGAN, OWNER, SELLER, WISH, Unit
from tools.access.principal import Principal, Role
from tools.sandbox.capabilities import errors
from tools.sandbox.capabilities.registering import capabilities, capability, change, history, register
from tools.sandbox.errors import CapabilityUnknown
from tools.store.classification import Classification
from tools.store.errors import PlumbError

DIRECTOR = Principal(role=Role.DIRECTOR, member_id=9, clearance=Classification.PERSONAL)
WRONG = [
    ({"url": ""}, errors.CapabilityUrlUnfit), ({"url": "ftp://risk.example/x"}, errors.CapabilityUrlUnfit),
    ({"url": "http://risk.example/assess"}, errors.CapabilityUrlUnfit), ({"url": "https://user:secret@risk.example/"}, errors.CapabilityUrlUnfit),
    ({"url": "https:///assess"}, errors.CapabilityUrlUnfit), ({"url": "https://risk.example:port/"}, errors.CapabilityUrlUnfit),
    ({"url": "https://risk.example/a b"}, errors.CapabilityUrlUnfit), ({"url": "http://localhost.risk.example/"}, errors.CapabilityUrlUnfit),
    ({"cost": Decimal("-0.01")}, errors.CapabilityCostUnfit), ({"cost": Decimal("NaN")}, errors.CapabilityCostUnfit),
    ({"cost": Decimal("Infinity")}, errors.CapabilityCostUnfit), ({"currency": "XXQ"}, errors.CapabilityCurrencyUnknown),
    ({"currency": ""}, errors.CapabilityCurrencyUnknown), ({"sends": 5}, errors.CapabilityLevelUnfit), ({"sends": -1}, errors.CapabilityLevelUnfit),
    ({"sends": 3, "purpose": " "}, errors.CapabilityPurposeMissing), ({"timeout_ms": 0}, errors.CapabilityTimeoutUnfit),
    ({"timeout_ms": 60_001}, errors.CapabilityTimeoutUnfit), ({"name_zh": " "}, errors.CapabilityNameMissing),
]  # fmt: skip


def test_registered_capability_is_listed_in_its_first_version(unit: Unit) -> None:
    with unit.sessions() as session:
        made = register(session, DIRECTOR, "risk", WISH.model_copy(update={"currency": " cny ", "purpose": ""}), "wanted", BEGAN)

        assert capabilities(session) == (made,)
        assert (made.version, made.currency, made.purpose) == (1, "CNY", None)


def test_change_makes_a_version_and_the_earlier_one_stays(unit: Unit) -> None:
    unit.register()
    with unit.sessions() as session:
        changed = change(session, OWNER, "risk", WISH.model_copy(update={"cost": Decimal(8)}), 1, "cheaper", BEGAN)

        assert (changed.version, capability(session, "risk").cost) == (2, Decimal(8))
        assert [(each.version, each.cost) for each in history(session, "risk")] == [(2, Decimal(8)), (1, Decimal("12.50"))]


def test_change_of_what_somebody_changed_meanwhile_is_refused(unit: Unit) -> None:
    unit.register()
    with unit.sessions() as session:
        change(session, OWNER, "risk", WISH, 1, "first", BEGAN)
        with pytest.raises(errors.CapabilityChangedMeanwhile) as refused:
            change(session, DIRECTOR, "risk", WISH.model_copy(update={"active": False}), 1, "second", BEGAN)

        assert (refused.value.data["version"], capability(session, "risk").active) == (2, True)


@pytest.mark.parametrize("who", [SELLER, SELLER.model_copy(update={"role": Role.MANAGER}), DIRECTOR.model_copy(update={"suspended": True})])
def test_only_the_owner_and_directors_may(unit: Unit, who: Principal) -> None:
    unit.register()
    with unit.sessions() as session:
        with pytest.raises(errors.MayNotChangeCapabilities):
            register(session, who, "other", WISH, "why", BEGAN)
        with pytest.raises(errors.MayNotChangeCapabilities):
            change(session, who, "risk", WISH, 1, "why", BEGAN)

        assert [each.version for each in capabilities(session)] == [1]


@pytest.mark.parametrize("key", ["", "Risk", "-risk", "risk model", "风控"])
def test_key_is_small_letters_digits_and_hyphens(unit: Unit, key: str) -> None:
    with unit.sessions() as session, pytest.raises(errors.CapabilityKeyUnfit):
        register(session, OWNER, key, WISH, "why", BEGAN)


def test_key_is_given_once(unit: Unit) -> None:
    unit.register()
    with unit.sessions() as session, pytest.raises(errors.CapabilityKeyTaken):
        register(session, OWNER, "risk", WISH, "why", BEGAN)


def test_unknown_capability_is_not_changed(unit: Unit) -> None:
    with unit.sessions() as session, pytest.raises(CapabilityUnknown):
        change(session, OWNER, "risk", WISH, 1, "why", BEGAN)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_can_be_no_capability_is_refused_with_a_sentence(unit: Unit) -> None:
    for wrong, error in WRONG:
        with unit.sessions() as session:
            with pytest.raises(error) as refused:
                register(session, OWNER, "risk", WISH.model_copy(update=wrong), "why", BEGAN)
            assert capabilities(session) == ()
        assert all(say(refused.value.key, language, **refused.value.data) for language in ("zh", "en"))


@pytest.mark.parametrize("url", ["https://risk.example/assess?v=1", "http://localhost:8790/assess", "http://[::1]:8790/", "https://10.0.0.5:8443/x"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_address_by_https_or_on_this_machine_is_taken(unit: Unit, url: str) -> None:
    unit.register(url=url)


def test_every_error_of_this_room_has_its_sentences() -> None:
    known = {
        "capability": "risk", "url": "u", "cost": 1, "currency": "X", "sends": 9, "timeout_ms": 1, "low": 1, "high": 2, "version": 2,
        "name_en": "Risk", "name_zh": "风控", "at": "09:00:00 UTC", "seconds": 3, "said": "no",
    }  # fmt: skip
    found = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, PlumbError) and each is not PlumbError]
    assert len(found) > 15
    for error in found:
        assert all("{" not in say(error.key, language, **known) for language in ("zh", "en"))
