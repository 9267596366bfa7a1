"""People of the customer who are new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tools.coaching.finding import Finding
from tools.coaching.schemas import SituationKind
from tools.coaching.sight import Sight
from tools.crm.models import Account, Contact

NEW_DAYS = 45
MOST_LINES = 2


def new_contacts(sight: Sight) -> Iterator[Finding]:
    """Contacts entered in the last weeks of an account that is older itself."""
    start = sight.today - timedelta(days=NEW_DAYS)
    account: Account = sight.account
    if account.created_on is None or account.created_on >= start:
        return
    for contact in sight.rows(Contact, Contact.created_on >= start, Contact.created_on <= sight.today, order=Contact.created_on.desc(), most=MOST_LINES):
        at = sight.place()
        who, (day, on) = sight.quote(f"{at}.who", contact, "name"), sight.dated(f"{at}.day", contact, "created_on")
        if who is None:
            continue
        slots, title = {"who": who, "day": day}, sight.quote(f"{at}.title", contact, "title")
        template = "contact_joined_bare"
        if title is not None:
            slots["title"], template = title, "contact_joined"
        yield Finding(SituationKind.CONTACT_JOINED, template, slots, on, who, contact_id=contact.id, named=True)
