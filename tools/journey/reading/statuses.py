"""Decides from the cues around a verb whether its act took place. In doubt it says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from tools.journey.acts import Act, Status

VOLUNTARY = frozenset({Act.SIGN, Act.APPROVE, Act.ACCEPT, Act.CHOOSE, Act.ORDER, Act.PAY, Act.RENEW, Act.SEND, Act.MEET, Act.TRY, Act.INSTALL, Act.REPLACE, Act.RECOMMEND, Act.START, Act.CONFIRM, Act.ANSWER})  # fmt: skip
"""What one may decline to do: “不签” is a refusal, “不担心” is none."""


def status_of(cues: Sequence[str], act: Act) -> Status | None:
    """The status that cues give in their order; None where they contradict each other or deny a denial. ``DONE`` where there are none.

    The leftmost cue has the widest scope: “希望对方答应签” is wished for, “没答应签” did not happen.
    """
    seen = [cue for cue in cues if cue in {"NEG", "BU", "NEGIS", "WAIT", "REFUSE", "PROMISE", "PLAN", "POSS", "MARK"}]
    if "MARK" in seen:
        return None
    if not seen:
        return Status.DONE
    first, rest = seen[0], seen[1:]
    negative = {"NEG", "BU", "REFUSE"}
    if first == "NEGIS":
        return Status.NOT_DONE if rest[:1] in (["REFUSE"], ["BU"]) or not rest else None
    if first == "NEG":
        if not rest or rest[0] in {"PLAN", "PROMISE", "POSS", "WAIT"}:
            return Status.NOT_DONE
        return Status.NOT_DONE if rest == ["NEG"] and act is not Act.OBJECT else None
    if first == "BU":
        if rest and rest[0] in negative:
            return None
        return Status.REFUSED if act in VOLUNTARY else Status.NOT_DONE
    if first == "REFUSE":
        return None if set(rest) & {"NEG", "BU", "REFUSE"} else Status.REFUSED
    if first == "PROMISE":
        return None if set(rest) & negative else Status.PROMISED
    if first == "WAIT":
        return Status.NOT_DONE
    if first == "PLAN":
        if rest[:1] == ["POSS"]:
            return Status.PLANNED
        return None if set(rest) & negative else Status.PLANNED
    if rest[:1] == ["PROMISE"] or not set(rest) & {"NEG", "REFUSE", "BU"}:
        return Status.POSSIBLE
    return None
