"""A message that an engine answers, as a typed call: the kind, and what it is about. Says nothing of how it is answered."""

from __future__ import annotations

from datetime import date
from typing import Literal

from agent.requests.kinds import Kind
from tools.trace.cells import Frozen


class Span(Frozen):
    """A stretch of days, both ends counted, with its words; an open end is None."""

    start: date | None
    end: date | None
    en: str
    zh: str


class Request(Frozen):
    """What an engine is asked for. Records are named by our own ids, values as the store spells them; ``words`` are the message.

    ``chance`` is the probability that it is no question about records, ``taken_over`` whether the customer is that of the talk so far. ``led_by`` is a manager
    who is no record, ``compared`` a second stretch of days, ``by`` what deals are to be told apart by, ``outcome`` which end is spoken of, ``several`` whether
    it asks which of them; ``unknown`` are words that may be names and name nothing that the speaker may see.
    """

    kind: Kind
    words: str
    chance: float
    account: int | None = None
    deal: int | None = None
    member: int | None = None
    team: int | None = None
    region: str | None = None
    product: int | None = None
    stage: str | None = None
    led_by: str | None = None
    period: Span | None = None
    compared: Span | None = None
    by: str | None = None
    outcome: Literal["won", "lost"] | None = None
    several: bool = False
    unknown: tuple[str, ...] = ()
    days: int | None = None
    taken_over: bool = False
