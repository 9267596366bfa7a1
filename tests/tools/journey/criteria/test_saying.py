from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tools.journey.acts import Act, Status
from tools.journey.criteria.lexicon import lexicon
from tools.journey.criteria.linking import Known
from tools.journey.criteria.reading import compile_criterion
from tools.journey.criteria.saying import say_rule
from tools.journey.criteria.schemas import AccountIs, All, Any, Condition, Count, DealWorth, Happened, Not, Related, Rule, Saved, Span, Who, Window

TODAY = date(2026, 6, 30)
KNOWN = Known(values={"region": ("华东", "North West"), "sector": ("medical",)})

spans = st.builds(Span, n=st.integers(1, 400), unit=st.sampled_from(("day", "workday", "week", "month", "quarter", "year")))
days = st.dates(date(2025, 1, 1), TODAY)
windows = st.one_of(
    st.builds(lambda span: Window(last=span), spans),
    st.builds(lambda span: Window(before=span), spans),
    st.builds(lambda grain, shift: Window(grain=grain, shift=shift), st.sampled_from(("day", "week", "month", "quarter", "year")), st.sampled_from((0, -1))),
    st.builds(lambda day: Window(start=day), days),
    st.builds(lambda day: Window(end=day), days),
    st.builds(lambda day, n: Window(start=day, end=day + timedelta(days=n)), days, st.integers(0, 90)),
)
roles = st.lists(st.sampled_from(sorted(lexicon().roles)), max_size=2, unique=True).map(tuple)
people = st.builds(Who, side=st.sampled_from((None, "customer", "us")), roles=roles)
objects = st.lists(st.sampled_from(("POC agreement", "POC同意书", "data residency", "签约流程的改动", "二期 (phase 2)")), max_size=2, unique=True).map(tuple)
words = st.sampled_from([deed for deed in lexicon().deeds.values() if deed.record != "deal"])


@st.composite
def happened(draw: st.DrawFn) -> Happened:
    deed = draw(words)
    status = (
        deed.status
        if deed.status is not Status.DONE
        else draw(st.sampled_from((Status.DONE, Status.DONE, Status.PROMISED, Status.PLANNED, Status.REFUSED, Status.POSSIBLE)))
    )
    count = draw(
        st.one_of(st.just(Count()), st.builds(lambda n: Count(least=n), st.integers(2, 9)), st.builds(lambda n: Count(least=n, most=n), st.integers(1, 9)))
    )
    within = draw(st.one_of(st.none(), spans)) if count.least > 1 else None
    return Happened(
        acts=deed.acts,
        record=deed.record,
        status=status,
        who=draw(people),
        objects=draw(objects),
        count=count,
        within=within,
        window=draw(st.one_of(st.none(), windows)),
    )


simple = st.one_of(
    happened(),
    happened().map(lambda each: Not(part=each)),
    st.builds(Saved, name=st.sampled_from(("POC已签", "hot deals"))),
    st.builds(lambda n: DealWorth(least=n), st.integers(1, 10**9)),
)


@st.composite
def related(draw: st.DrawFn) -> Related:
    negated = draw(st.booleans())
    order = draw(st.sampled_from(("after", "before")))
    anchor, then = draw(happened()), draw(happened())
    still = negated and draw(st.booleans())
    answers = then.acts == (Act.ANSWER,) and not then.objects and any(act in (Act.ASK, Act.OBJECT, Act.SEND) for act in anchor.acts)
    return Related(anchor=anchor, then=then, order=order, within=draw(st.one_of(st.none(), spans)), negated=negated, still=still, same=answers)


def several(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(parts.map(lambda found: All(parts=found)), parts.map(lambda found: Any(parts=found)))


conditions = st.recursive(st.one_of(simple, related()), several, max_leaves=4)
accounts = st.one_of(
    st.just(()),
    st.just((AccountIs(field="tier", values=("strategic",)),)),
    st.just((AccountIs(field="region", values=("华东", "North West")), AccountIs(field="tier", values=("growth",), negated=True))),
    st.just((AccountIs(field="sector", values=("medical",)),)),
)


@settings(max_examples=100, deadline=None)
@given(st.builds(Rule, accounts=accounts, when=conditions), st.sampled_from(("zh", "en")))
def test_what_is_said_back_compiles_to_the_same_rule(rule: Rule, language: str) -> None:
    said = say_rule(rule, language)

    compiled = compile_criterion(said, TODAY, KNOWN)

    assert compiled.not_understood == (), said
    assert compiled.rule == rule, said


def test_rules_read_well_in_both_languages() -> None:
    rule = compile_criterion("legal raised the data-residency question twice within a month and nobody answered within five days", TODAY).rule
    assert rule is not None

    assert (
        say_rule(rule, "en")
        == "the customer's legal has raised “data-residency question” at least 2 times within 1 month, then within 5 days nobody has answered it"
    )
    assert say_rule(rule, "zh") == "客户法务在1个月内至少2次提出“data-residency question”，之后5天内无人答复该问题"
