"""From records to runs: a large account that stops buying gets its run, once, resting on its purchases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from tests.tools.journey.reconstruction.conftest import LARGE, NOW, OWNER, RICH, TODAY, Company, FakeTracks
from tools.crm.models import Interaction, Opportunity
from tools.journey.reconstruction.policy import shipped_policy
from tools.journey.reconstruction.schemas import Run
from tools.journey.reconstruction.watching import watch
from tools.sandbox.row_scope import PolicyScope


def test_account_that_stops_buying_and_talking_gets_one_run_about_its_purchases(company: Company, engine: Engine) -> None:
    last = TODAY - timedelta(days=TODAY.weekday() + 7)
    deals, talks = [], []
    for back in range(104):
        for account in (LARGE, RICH):
            if account == RICH or back > 7:
                for day in (0, 2, 4):
                    on = last - timedelta(days=7 * back - day)
                    deals.append({"account_id": account, "status": "won", "close_on": on})
                    talks.append({"account_id": account, "occurred_at": NOW - (TODAY - on)})
    company.put(Opportunity, *deals)
    company.put(Interaction, *talks)

    def look() -> tuple[Run, ...]:
        return watch(sessionmaker(engine), OWNER, PolicyScope(), FakeTracks(), shipped_policy(), TODAY, NOW, "UTC", "zh")

    (run,) = look()

    assert (run.account_id, run.change.direction) == (LARGE, "down")
    assert run.change.contributions[0].evidence == f"purchases:{last - timedelta(days=49)}"
    assert "采购节奏放缓" in run.change.said.zh
    assert [each.kind for each in run.proposals] == ["okr_weights", "reweighting", "talk_track"]
    assert run.change.records[0].table == "opportunities"
    assert look() == ()
