from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from tools.access.principal import Principal, Role
from tools.crm import models
from tools.crm.semantic import load_model
from tools.journey.criteria.errors import CriterionCircular, CriterionContradicts, CriterionNotUnderstood, CriterionNotVisible, NothingToConfirm, RuleInUse
from tools.journey.criteria.judging import Judge, Judgement
from tools.journey.criteria.objects import Objects
from tools.journey.criteria.reading import compile_criterion
from tools.journey.criteria.record_events import RecordEvents
from tools.journey.criteria.schemas import AccountIs, Rule
from tools.journey.criteria.service import confirm_rule, forget_rule, propose_rule, rule_history, show_rule, taught, teach, undo_rule
from tools.journey.criteria.text_occurrences import TextOccurrences
from tools.journey.reading.models import TextEventRow
from tools.sandbox.row_scope import PolicyScope
from tools.store.classification import Classification

TODAY, NOW = date(2026, 6, 30), datetime(2026, 6, 30, tzinfo=UTC)
OWNER, SCOPE = Principal.local_owner(), PolicyScope()


class Store:
    def __init__(self, engine: Engine) -> None:
        self.session, self.number = Session(engine), 0

    def put(self, table: type, **values: object) -> int:
        self.number += 1
        common = {"id": self.number, "source_system": "crm", "source_id": f"R{self.number}", "version_hash": "h", "as_of": NOW, "custom": {}}
        self.session.execute(insert(table).values(common | values))
        return self.number

    def account(self, name: str, **values: object) -> int:
        return self.put(models.Account, name=name, **values)

    def told(self, account: int, day: str, act: str, role: str | None, thing: str, status: str = "done", side: str = "customer") -> None:
        at = datetime.fromisoformat(day).replace(tzinfo=UTC)
        note = self.put(models.Interaction, account_id=account, kind="note", occurred_at=at, subject="", body=f"{act} {thing}")
        event = {"act": act, "status": status, "side": side, "role": role, "object": thing, "on": at.date(), "on_stated": False}
        place = {"entity": "interaction", "field": "body", "record_id": note, "version": 1, "start": 0, "end": len(f"{act} {thing}")}
        self.session.execute(insert(TextEventRow).values(actor="", person=None, means="hand", **event, **place))

    def judge(self, text: str, principal: Principal = OWNER) -> Judgement:
        compiled = compile_criterion(text, TODAY)
        assert compiled.rule is not None, compiled.not_understood
        sources = (RecordEvents(), TextOccurrences(load_model(self.session)))
        return Judge(self.session, principal, SCOPE, sources, Objects(), TODAY).judge(compiled.rule, compiled.language)


@pytest.fixture
def store(engine: Engine) -> Store:
    return Store(engine)


def test_the_account_is_found_with_the_record_and_near_misses_say_what_is_missing(store: Store) -> None:
    for name, day, role, thing, status in [
        ("Done", "2026-06-01", "cto", "POC agreement", "done"),
        ("Other", "2026-06-01", "coo", "POC agreement", "done"),
        ("Promised", "2026-06-01", "cto", "POC同意书", "promised"),
        ("Paper", "2026-06-01", "cto", "service agreement", "done"),
        ("Old", "2026-05-10", "cto", "POC agreement", "done"),
    ]:
        store.told(store.account(name), day, "sign", role, thing, status)
    store.account("Nothing")

    found = store.judge("the CTO has signed the POC agreement in the last 30 days")

    assert [(match.account, [(each.table, each.day, each.words) for each in match.records]) for match in found.matches] == [
        ("Done", [("interactions", date(2026, 6, 1), "sign POC agreement")])
    ]
    assert {miss.account: miss.why for miss in found.near_misses} == {
        "Other": "signed, but by the COO (2026-06-01)",
        "Promised": "promised on 2026-06-01, not signed",
        "Paper": "signed, but “service agreement”, not “POC agreement” (2026-06-01)",
        "Old": "signed, but 51 days ago (2026-05-10)",
    }


def test_silence_counts_only_when_the_time_is_over(store: Store) -> None:
    silent, answered, late, running = (store.account(name) for name in ("Silent", "Answered", "Late", "Running"))
    for account in (silent, answered, late):
        store.told(account, "2026-06-01", "ask", "legal", "data residency")
    store.told(answered, "2026-06-03", "answer", None, "data residency", side="us")
    store.told(late, "2026-06-08", "answer", None, "data residency", side="us")
    store.told(running, "2026-06-29", "ask", "legal", "data residency")

    unanswered = store.judge("legal asked about data residency and nobody answered within five days")
    in_time = store.judge("legal asked about data residency and we answered within five days")

    assert [match.account for match in unanswered.matches] == ["Late", "Silent"]
    assert {miss.account: miss.why for miss in unanswered.near_misses} == {
        "Answered": "answered after 2 days (2026-06-03)",
        "Running": "only 1 days so far; the time ends on 2026-07-04",
    }
    assert [match.account for match in in_time.matches] == ["Answered"]
    assert {miss.account: miss.why for miss in in_time.near_misses}["Late"] == "answered after 7 days (2026-06-08), too late"


def test_the_same_act_told_by_two_records_counts_once(store: Store) -> None:
    once = store.account("Once")
    store.put(models.Contract, account_id=once, name="framework contract", signed_on=date(2026, 6, 1))
    store.told(once, "2026-06-01", "sign", "cfo", "framework contract")

    assert [match.account for match in store.judge("the customer signed the framework contract").matches] == ["Once"]
    assert store.judge("the customer signed the framework contract twice").matches == ()


def test_what_lies_ahead_has_not_happened(store: Store) -> None:
    ahead = store.account("Ahead")
    store.put(models.Interaction, account_id=ahead, kind="visit", occurred_at=datetime(2026, 7, 3, tzinfo=UTC), status="planned")

    assert store.judge("we visited the customer").matches == ()


def test_rows_out_of_reach_are_not_judged_and_fields_above_clearance_are_refused(store: Store) -> None:
    rep = store.put(models.Member, name="Rep")
    store.told(store.account("Mine", owner_id=rep), "2026-06-01", "sign", "cto", "NDA")
    store.told(store.account("Hidden"), "2026-06-01", "sign", "cto", "NDA")
    principal = Principal(role=Role.REP, member_id=rep, clearance=Classification.PERSONAL)
    guest = Principal(role=Role.OWNER, clearance=Classification.INTERNAL)
    sensitive = Rule(accounts=(AccountIs(field="women_founded", values=("true",)),), when=compile_criterion("the CTO signed the NDA", TODAY).rule.when)  # type: ignore[union-attr]

    assert [match.account for match in store.judge("the CTO signed the NDA", principal).matches] == ["Mine"]
    with pytest.raises(CriterionNotVisible):
        store.judge("the CTO signed the NDA", guest)
    with pytest.raises(CriterionNotVisible):
        Judge(store.session, principal, SCOPE, (), Objects(), TODAY).judge(sensitive)


def test_a_rule_is_saved_by_a_yes_in_versions_and_undone(store: Store) -> None:
    session = store.session
    first = propose_rule(session, OWNER, SCOPE, "POC", "CTO已签署POC同意书", TODAY, NOW)
    assert rule_count(store) == 0
    confirm_rule(session, OWNER, first.id, NOW)
    with pytest.raises(NothingToConfirm):
        confirm_rule(session, OWNER, first.id, NOW)
    second = propose_rule(session, OWNER, SCOPE, "poc", "CIO已签署POC同意书", TODAY, NOW)
    confirm_rule(session, OWNER, second.id, NOW)

    undone = undo_rule(session, OWNER, "POC", NOW)

    assert second.replaces is not None
    assert (undone.version, undone.rule) == (3, first.rule)
    assert [each.version for each in rule_history(session, OWNER, "POC")] == [1, 2, 3]
    assert show_rule(session, OWNER, "POC").text == "CTO已签署POC同意书"


def test_rules_that_contradict_or_go_in_circles_are_refused(store: Store) -> None:
    session = store.session
    confirm_rule(session, OWNER, propose_rule(session, OWNER, SCOPE, "A", "CTO已签署NDA", TODAY, NOW).id, NOW)
    confirm_rule(session, OWNER, propose_rule(session, OWNER, SCOPE, "B", "满足“A”且客户已付款", TODAY, NOW).id, NOW)

    with pytest.raises(CriterionCircular):
        propose_rule(session, OWNER, SCOPE, "A", "满足“B”", TODAY, NOW)
    with pytest.raises(CriterionContradicts):
        propose_rule(session, OWNER, SCOPE, "C", "CTO已签署NDA且客户未签署NDA", TODAY, NOW)
    with pytest.raises(CriterionNotUnderstood) as refused:
        propose_rule(session, OWNER, SCOPE, "D", "CTO匆忙签署了NDA", TODAY, NOW)
    with pytest.raises(RuleInUse):
        forget_rule(session, OWNER, "A", NOW)
    assert refused.value.data["words"] == "“匆忙”"


def test_a_taught_word_stands_for_the_thing(store: Store) -> None:
    teach(store.session, OWNER, "pilot paper", "POC agreement", "thing", NOW)
    objects = Objects(taught=taught(store.session, "thing"))

    assert objects.same("pilot paper", "POC同意书")
    assert not objects.same("pilot paper", "service agreement")


def rule_count(store: Store) -> int:
    from tools.journey.criteria.service import rules

    return len(rules(store.session, OWNER))
