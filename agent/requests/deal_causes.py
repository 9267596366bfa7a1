"""Says why a deal was won or lost: what was known the day before, share by share, and the reason that the record gives; no share where no signal is."""

from __future__ import annotations

from agent.composing.draft import Draft, slot
from agent.requests.deals_meant import meant_by, study_of
from agent.requests.drafting import note, sentence
from agent.requests.forecasts import outcome_of
from agent.requests.outcome import Outcome
from agent.requests.request import Request
from agent.requests.win_chances import (
    WhichDeal,
    WhichDealMeant,
    base_figures,
    closing_day,
    share_words,
    tell_bare,
    tell_deal,
    tell_no_skill,
    tell_shares_table,
    tell_similar,
    tell_skill,
)
from agent.turn import Turn
from prompts.words import say
from tools.forecast.looking import part_of
from tools.forecast.proving_chance import ChanceProof, SummandAt, prove_chance
from tools.forecast.proving_record import RecordedAt, prove_recorded
from tools.forecast.study import Study
from tools.store.errors import PlumbError

SHARES_TOLD = 3


class NoDecidedDeal(PlumbError):
    """What was named has no decided deal. Data: ``name``."""

    key = "why_deal_no_decided"


def tell_why_deal(request: Request, turn: Turn) -> Outcome:
    """Why the deal that is named, or the latest decided one of the customer, ended as it did. Raises WhichDeal, NoDecidedDeal and what a study raises."""
    study = study_of(turn)
    proof = prove_chance(study, turn.session, _deal(study, request, turn))
    recorded = prove_recorded(proof.ledger, turn.principal, proof.deal)

    def tell(draft: Draft) -> None:
        if proof.outcome == "open":
            sentence(draft, "why_deal_open", deal=slot(proof.name))
            tell_deal(draft, proof)
            return
        ended = say("chance_won" if proof.outcome == "won" else "chance_lost", draft.language)
        sentence(draft, "chance_decided", deal=slot(proof.name), outcome=ended, day=slot(closing_day(proof)))
        _tell_recorded(draft, recorded, proof)
        if proof.chance is None:
            sentence(draft, "why_deal_none", **base_figures(proof.signal))
            tell_no_skill(draft, proof.signal)
            return
        _tell_shares(draft, proof, ended)

    return outcome_of(proof.ledger, tell, turn, deal=proof.name)


def _deal(study: Study, request: Request, turn: Turn) -> int:
    """The deal that is meant: the one named, or of whom is named the latest decided one, of the end that is spoken of where there is one."""
    import numpy as np

    if request.deal is not None:
        return request.deal
    meant, history = meant_by(request, turn), study.history
    if not meant.part:
        raise WhichDeal(name=request.unknown[0]) if request.unknown else WhichDealMeant()
    decided = part_of(study, meant.part) & history.decided
    spoken = decided & (history.won == (request.outcome == "won")) if request.outcome else decided
    places = np.flatnonzero(spoken if spoken.any() else decided)
    if not len(places):
        raise NoDecidedDeal(name=meant.name)
    return int(history.ids[places[np.lexsort((history.ids[places], history.closed[places]))[-1]]])


def _tell_shares(draft: Draft, proof: ChanceProof, ended: str) -> None:
    assert proof.chance is not None  # noqa: S101 - asked for before
    assert proof.low is not None  # noqa: S101
    assert proof.high is not None  # noqa: S101
    sentence(draft, "chance_before", chance=slot(proof.chance), low=slot(proof.low, "bound"), high=slot(proof.high, "bound"))
    if proof.start is not None:
        sentence(draft, "why_deal_from", start=slot(proof.start))
    ways: dict[str, list[SummandAt]] = {"for": [], "against": []}
    for each in proof.summands:
        ways["for" if proof.ledger.number(each.points) > 0 else "against"].append(each)
    for way in ("against", "for") if proof.outcome == "lost" else ("for", "against"):
        if ways[way]:
            told = say("forecast_join", draft.language).join(share_words(draft, each) for each in ways[way][:SHARES_TOLD])
            sentence(draft, f"why_deal_{way}", list=told)
    likely = float(proof.ledger.number(proof.chance)) >= 0.5
    if likely != (proof.outcome == "won"):
        sentence(draft, "why_deal_unlike", outcome=ended, chance=slot(proof.chance))
    tell_similar(draft, proof)
    tell_skill(draft, proof.signal)
    tell_shares_table(draft, proof)
    note(draft, "chance_note")
    tell_bare(draft, proof)


def _tell_recorded(draft: Draft, recorded: RecordedAt, proof: ChanceProof) -> None:
    """What the record itself says; the person who wrote it may have known more than the data."""
    if recorded.reason is not None:
        sentence(draft, "why_deal_reason", reason=slot(recorded.reason))
    elif proof.outcome == "lost":
        sentence(draft, "why_deal_no_facts")
    if recorded.competitor is not None:
        sentence(draft, "why_deal_rival", competitor=slot(recorded.competitor))
