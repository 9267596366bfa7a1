"""Says how likely deals are won: one deal with what its chance rests on, or the likeliest of several; without a signal the base rate alone, and why."""

from __future__ import annotations

from collections.abc import Sequence

from agent.composing.draft import Draft, Style, slot
from agent.requests.deals_meant import Meant, days_of, meant_by, name_cell, study_of
from agent.requests.drafting import note, sentence, table, words
from agent.requests.forecasts import of_part, outcome_of, period_words, say_unknown
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.turn import Turn
from prompts.words import say
from tools.forecast.looking import part_of
from tools.forecast.proving import Ledger
from tools.forecast.proving_chance import ChanceProof, ListedChance, SummandAt, prove_chance, prove_chances
from tools.forecast.proving_signal import SignalProof
from tools.forecast.proving_within import prove_within
from tools.forecast.study import Study
from tools.forecast.wording import say_feature
from tools.store.errors import PlumbError

MOST_LISTED, NEXT_TOLD, SHARES_TOLD = 10, 2, 3
MINUS = "\N{MINUS SIGN}"


class WhichDeal(PlumbError):
    """The message is about a deal, and what it calls it names none. Data: ``name``."""

    key = "forecast_which_deal_unknown"


class WhichDealMeant(PlumbError):
    """The message is about a deal, and names none."""

    key = "forecast_which_deal"


class NoOpenDeal(PlumbError):
    """What was named has no open deal. Data: ``name``."""

    key = "chance_no_open"


class NoOpenDeals(PlumbError):
    """There is no open deal at all."""

    key = "chance_no_open_all"


def tell_chance(request: Request, turn: Turn) -> Outcome:
    """The chance of the deal that is named, or of the open deals of whom is named.

    Raises WhichDeal, WhichDealMeant, NoOpenDeal, NoOpenDeals and what a study raises.
    """
    study = study_of(turn)
    if request.deal is not None:
        return _one(study, request.deal, request, turn)
    meant = meant_by(request, turn)
    if not meant.part and not request.several:
        raise WhichDeal(name=request.unknown[0]) if request.unknown else WhichDealMeant()
    places = open_deals(study, meant)
    if not places:
        raise NoOpenDeal(name=meant.name) if meant.name else NoOpenDeals()
    if len(places) == 1:
        return _one(study, int(study.history.ids[places[0]]), request, turn)
    return _several(study, places, meant, request, turn)


def open_deals(study: Study, meant: Meant) -> list[int]:
    """The places of the open deals that are meant."""
    import numpy as np

    found: list[int] = np.flatnonzero(part_of(study, meant.part) & ~study.history.decided).tolist()
    return found


def tell_deal(draft: Draft, proof: ChanceProof) -> None:
    """The chance of one open deal with what it rests on."""
    if proof.chance is None or proof.low is None or proof.high is None:
        sentence(draft, "chance_none_deal", deal=slot(proof.name), **base_figures(proof.signal))
        tell_no_skill(draft, proof.signal)
        return
    sentence(draft, "chance_deal", deal=slot(proof.name), chance=slot(proof.chance), low=slot(proof.low, "bound"), high=slot(proof.high, "bound"))
    tell_similar(draft, proof)
    if proof.start is not None and proof.summands:
        told = say("forecast_join", draft.language).join(share_words(draft, each) for each in proof.summands[:SHARES_TOLD])
        sentence(draft, "chance_shares", start=slot(proof.start), list=told)
    tell_skill(draft, proof.signal)
    tell_shares_table(draft, proof)
    note(draft, "chance_note")
    tell_bare(draft, proof)


def base_figures(signal: SignalProof) -> dict[str, str]:
    """The base rate with its interval and counts, as slots."""
    base = signal.base
    return {"base": slot(base.point), "low": slot(base.low, "bound"), "high": slot(base.high, "bound"), "k": slot(base.k), "n": slot(base.n)}


def tell_no_skill(draft: Draft, signal: SignalProof) -> None:
    """Why nothing more than the base rate is told."""
    if signal.skill is None:
        sentence(draft, "chance_unchecked")
        return
    skill = signal.skill
    figures = {"skill": slot(skill.point, "signed"), "low": slot(skill.low, "signed"), "high": slot(skill.high, "signed")}
    sentence(draft, "chance_none_skill", deals=slot(skill.deals), **figures)


def tell_skill(draft: Draft, signal: SignalProof) -> None:
    """How the chances were checked."""
    skill = signal.skill
    if skill is not None:
        figures = {"skill": slot(skill.point), "low": slot(skill.low, "bound"), "high": slot(skill.high, "bound")}
        sentence(draft, "chance_skill", deals=slot(skill.deals), base=slot(signal.base.point), **figures)


def tell_similar(draft: Draft, proof: ChanceProof) -> None:
    """How often deals like it were won, and a table of the nearest."""
    similar = proof.similar
    if similar is None:
        return
    ends = {"low": slot(similar.low, "bound"), "high": slot(similar.high, "bound")}
    sentence(draft, "chance_similar", n=slot(similar.n), k=slot(similar.k), rate=slot(similar.point), **ends)
    rows = []
    for at, each in enumerate(proof.alike, 1):
        ended = words(draft, f"f1.where.alike{at}", say("chance_won" if each.won else "chance_lost", draft.language))
        rows.append([each.name, ended, each.closed])
    table(draft, "chance_table_similar", ["forecast_column_deal", "chance_column_outcome", "chance_column_closed"], rows)


def share_words(draft: Draft, each: SummandAt) -> str:
    """A feature with what is known of the deal, and what it adds in points."""
    what = feature_words(draft, each)
    ends = {name: points(draft, address, "bound") for name, address in (("low", each.low), ("high", each.high))}
    return say("chance_share", draft.language, what=what, points=points(draft, each.points), **ends)


def points(draft: Draft, address: str, style: Style = "points") -> str:
    """A difference of chances in points, or an end of its interval, with its sign."""
    value = draft.cells[address].number
    sign = "" if not value else "+" if value > 0 else MINUS if style == "points" else ""
    return sign + slot(address, style)


def feature_words(draft: Draft, each: SummandAt) -> str:
    """What a feature is called, with what is known of the deal."""
    feature = _uncapital(say_feature(each.feature, draft.language))
    value = None if each.fact is None else draft.cells[each.fact].value
    if each.feature == "competitor" and value in {"yes", "no"}:
        return say("chance_fact", draft.language, feature=feature, fact=say(f"chance_{value}", draft.language))
    return say("chance_fact", draft.language, feature=feature, fact=slot(str(each.fact))) if value else feature


def tell_shares_table(draft: Draft, proof: ChanceProof) -> None:
    """All shares that are proven, the strongest first."""
    rows = []
    for at, each in enumerate(proof.summands, 1):
        feature = say_feature(each.feature, draft.language)
        rows.append([words(draft, f"f1.where.share{at}", feature[:1].upper() + feature[1:]), each.points, each.low, each.high])
    titles = ["chance_column_what", "chance_column_points", "forecast_column_low", "forecast_column_high"]
    table(draft, "chance_table_shares", titles, rows)


def tell_bare(draft: Draft, proof: ChanceProof) -> None:
    """Which of the told features no record tells in full."""
    bare = [say_feature(name, draft.language) for name in proof.bare if any(each.feature == name for each in proof.summands)]
    if bare:
        note(draft, "chance_note_bare", features=say("join_comma", draft.language).join(bare))


def _one(study: Study, deal: int, request: Request, turn: Turn) -> Outcome:
    proof = prove_chance(study, turn.session, deal)
    days = days_of(request.period, turn.today) if request.period is not None else None
    within = prove_within(proof, *days) if days is not None and proof.outcome == "open" and days[1] > turn.today else None

    def tell(draft: Draft) -> None:
        if proof.outcome != "open":
            ended = say("chance_won" if proof.outcome == "won" else "chance_lost", draft.language)
            sentence(draft, "chance_decided", deal=slot(proof.name), outcome=ended, day=slot(closing_day(proof)))
            if proof.chance is not None and proof.low is not None and proof.high is not None:
                ends = {"low": slot(proof.low, "bound"), "high": slot(proof.high, "bound")}
                sentence(draft, "chance_before", chance=slot(proof.chance), **ends)
                tell_skill(draft, proof.signal)
            return
        tell_deal(draft, proof)
        if within is not None:
            sentence(draft, "chance_by", period=period_words(draft, within.period), share=slot(within.share), n=slot(within.n))

    return outcome_of(proof.ledger, tell, turn, deal=proof.name)


def closing_day(proof: ChanceProof) -> str:
    """The address of the day on which a decided deal ended."""
    return proof.closed or proof.day


def _several(study: Study, places: Sequence[int], meant: Meant, request: Request, turn: Turn) -> Outcome:
    import numpy as np

    ledger, signal, listed, count = prove_chances(study, turn.session, np.array(places), MOST_LISTED)

    def tell(draft: Draft) -> None:
        part = name_cell(draft, meant)
        say_unknown(draft, request, meant)
        if not listed:
            sentence(draft, "chance_none_list", count=slot(count), **base_figures(signal))
            tell_no_skill(draft, signal)
            return
        _tell_list(draft, ledger, listed, count, part)
        tell_skill(draft, signal)
        note(draft, "chance_note")
        draft.next_steps = [say("chance_next_why", draft.language, deal=ledger.cells[each.name].value) for each in listed[:1]]

    return outcome_of(ledger, tell, turn)


def _tell_list(draft: Draft, ledger: Ledger, listed: Sequence[ListedChance], count: str, part: str | None) -> None:
    first, *others = listed
    ends = {"low": slot(first.low, "bound"), "high": slot(first.high, "bound")}
    sentence(draft, "chance_list", count=slot(count), of=of_part(part, draft.language), deal=slot(first.name), chance=slot(first.chance), **ends)
    if others:
        told = [say("chance_list_one", draft.language, deal=slot(each.name), chance=slot(each.chance)) for each in others[:NEXT_TOLD]]
        sentence(draft, "chance_list_next", list=say("forecast_join", draft.language).join(told))
    rows = [[each.name, each.amount, each.chance, each.low, each.high] for each in listed]
    titles = ["forecast_column_deal", "forecast_column_amount", "chance_column_chance", "forecast_column_low", "forecast_column_high"]
    table(draft, "chance_table_list", titles, rows)


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
