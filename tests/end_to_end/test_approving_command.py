"""Proposals at the terminal: looked for, listed, shown, approved as shown, taken back; each with one JSON object for machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.conftest import Plumb

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("command_line")]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Plumb:
    """A store with a large customer that stopped being in touch."""
    from datetime import date, timedelta

    folder: Path = tmp_path_factory.mktemp("approving")
    export = folder / "export"
    export.mkdir()
    names = ["Harbour Foundry", *(f"Company {letter}" for letter in "ABCDEFGH")]
    tiers = ["strategic", *("growth" for _ in names[1:])]
    lines = [f"a{number},{name},{tier},m1,North" for number, (name, tier) in enumerate(zip(names, tiers, strict=True), 1)]
    (export / "accounts.csv").write_text("Account ID,Account name,Tier,Owner ID,Region\n" + "\n".join(lines) + "\n")
    (export / "members.csv").write_text("Member ID,Name,Access role,Region\nm1,Ann Wu,rep,North\nm2,Dana Ruiz,director,North\n")
    today, calls, number = date(2026, 3, 18), [], 0
    for account in range(1, len(names) + 1):
        for days in range(2 + account % 3, 500, 2 + account % 2):
            if account == 1 and days < 70:
                continue
            number += 1
            calls.append(f"i{number},a{account},m1,call,inbound,Technical question about the interface,{today - timedelta(days=days)}")
    (export / "interactions.csv").write_text("Interaction ID,Account ID,Owner ID,Type,Direction,Subject,Date\n" + "\n".join(calls) + "\n")
    plumb = Plumb(folder / "data")
    done = plumb("import", export, "--yes", "--json")
    assert done.code == 0, done.err
    return plumb


def test_proposal_is_found_shown_approved_as_shown_and_taken_back(own: Plumb) -> None:
    looked = own.started("watch", "--json").json
    again = own("watch", "--json").json
    assert len(looked["runs"]) == 1
    assert again["runs"] == []

    listed = own.started("approve", "--json").json["proposals"]
    waiting = next(each for each in listed if each["kind"] == "reweighting")
    shown = own("approve", waiting["id"])
    assert waiting["diff_hash"][:12] in shown.out
    assert own("approve", waiting["id"][:18], "--json").json["id"] == waiting["id"]

    other = own("approve", waiting["id"], "--confirm", "0123456789ab")
    assert other.code == 2
    other.says_one_sentence("en")
    assert own("approve", waiting["id"], "--json").json["status"] == "open"

    assert own("approve", waiting["id"], "--confirm", waiting["diff_hash"][:12], "--as", "Dana Ruiz", "--json").json["status"] == "applied"
    assert own("approve", waiting["id"], "--undo", "--as", "Dana Ruiz", "--json").json["status"] == "undone"


def test_rep_may_not_approve_and_is_told_so(own: Plumb) -> None:
    own("watch")
    waiting = next(each for each in own("approve", "--json").json["proposals"] if each["kind"] == "reweighting")
    done = own("approve", waiting["id"], "--refuse", "--as", "Ann Wu")
    assert done.code == 2
    done.says_one_sentence("en")


def test_unknown_proposal_is_said(own: Plumb) -> None:
    done = own("approve", "zzz", language="zh")
    assert done.code == 2
    done.says_one_sentence("zh")
