"""Requests and messages of the customer that nobody has answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from tools.coaching.finding import OLD_DAYS, Finding, deciders, waiting
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.coaching.vocabulary import is_state, step_of, topic_of
from tools.crm.models import Interaction, Request
from tools.trace.cells import Cell

UNANSWERED_DAYS = 3
LOOKED_BACK_DAYS = 60


def unanswered_requests(sight: Sight) -> Iterator[Finding]:
    """Requests without a response; the same one asked again is one situation."""
    open_ones = sight.rows(Request, Request.responded_at.is_(None), Request.opened_at.is_not(None), order=Request.opened_at)
    alike: dict[str, list[Request]] = defaultdict(list)
    for request in open_ones:
        if not is_state(request.status, "settled") and request.opened_at is not None and sight.local_day(request.opened_at) <= sight.today:
            alike[(request.subject or request.source_id).strip().casefold()].append(request)
    for requests in alike.values():
        yield _request(sight, requests)


def _request(sight: Sight, requests: Sequence[Request]) -> Finding:
    at, first = sight.place(), requests[0]
    day, since = sight.dated(f"{at}.day", first, "opened_at")
    waited = (sight.today - since).days
    slots = {"object": sight.named(f"{at}.object", requests[-1], "subject"), "day": day, "days": sight.days(f"{at}.days", sight.now(), day)}
    because = [("waiting", waiting(waited), slots["days"]), ("unheard", Decimal(1), day)]
    template = "request_unanswered"
    if len(requests) > 1:
        slots["n"] = sight.count(f"{at}.n", requests)
        because.append(("again", Decimal(len(requests) - 1), slots["n"]))
        template = "request_unanswered_again"
    if waited > OLD_DAYS:
        because.append(("old", Decimal(1), slots["days"]))
    topic = topic_of(first.subject or "")
    return Finding(
        SituationKind.REQUEST_UNANSWERED,
        template,
        slots,
        since,
        slots["object"],
        tuple(because),
        duties=deciders(topic),
        about=first.subject or "",
    )


def unanswered_messages(sight: Sight) -> Iterator[Finding]:
    """Written messages of one person of the customer after which we neither wrote, called nor met them for some days."""
    start = sight.moment(sight.today - timedelta(days=LOOKED_BACK_DAYS))
    talks = sight.rows(Interaction, Interaction.occurred_at >= start, Interaction.occurred_at <= sight.end_of_today(), order=Interaction.occurred_at.desc())
    answered: set[int | None] = set()
    waiting_for: dict[int | None, list[Interaction]] = defaultdict(list)
    for talk in talks:  # newest first
        if not is_state(talk.direction, "inbound"):
            answered.add(talk.contact_id)
        elif step_of(talk.kind, None) == "written" and talk.contact_id not in answered and None not in answered:  # who calls is answered at once
            waiting_for[talk.contact_id].append(talk)
    for contact, messages in waiting_for.items():
        first = messages[-1].occurred_at
        if first is not None and sight.today - sight.local_day(first) >= timedelta(days=UNANSWERED_DAYS):
            yield _message(sight, contact, messages)


def _message(sight: Sight, contact: int | None, messages: Sequence[Interaction]) -> Finding:
    at, first, last = sight.place(), messages[-1], messages[0]
    day, since = sight.dated(f"{at}.day", first, "occurred_at")
    slots: dict[str, Cell] = {"day": day, "days": sight.days(f"{at}.days", sight.now(), day)}
    because = [("waiting", waiting((sight.today - since).days), slots["days"])]
    if is_state(f"{last.subject} {last.body}", "asking"):
        because.append(("asks", Decimal(1), sight.keep(sight.named(f"{at}.asks", last, "subject"))))
    subject = sight.quote(f"{at}.object", last, "subject")
    template = "question_unanswered_bare"
    if subject is not None:
        template, slots["object"] = "question_unanswered", subject
    if len(messages) > 1:
        slots["n"] = sight.count(f"{at}.n", messages)
        because.append(("again", Decimal(len(messages) - 1), slots["n"]))
        template += "_again"
    return Finding(
        SituationKind.QUESTION_UNANSWERED,
        template,
        slots,
        since,
        day,
        tuple(because),
        contact_id=contact,
        deal_id=last.opportunity_id,
        about=last.subject or "",
    )
