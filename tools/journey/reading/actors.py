"""Tells who a phrase means: on which side, in which role, by which name. Knows the people of the record, and no verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, cast

from tools.journey.acts import Act, Role, Side
from tools.journey.reading.lexicon import Lexicon, Tags, load_lexicon
from tools.journey.reading.tokens import Token, name_parts, simplified

Direction = Literal["inbound", "outbound"]
WRITTEN = ("mail", "email", "message", "ticket", "request", "chat")
TOGETHER = ("US", "YOU", "THEM", "THIRD", "ROLE", "PERSON", "RANK", "OPEN")
ALONE = frozenset(
    {
        "他",
        "她",
        "对方",
        "客户",
        "he",
        "she",
        "customer",
        "client",
        "the customer",
        "the client",
        "客户方",
        "甲方",
        "he's",
        "she's",
        "his",
        "her",
        "对方那边",
        "him",
        "she'll",
        "he'll",
    }
)
PLURAL = frozenset(
    {
        "我们",
        "我方",
        "我司",
        "咱们",
        "we",
        "us",
        "our",
        "我公司",
        "本公司",
        "our side",
        "our team",
        "my team",
        "we've",
        "we're",
        "we'll",
        "我们这边",
        "我方这边",
        "敝司",
        "我部",
        "our company",
    }
)
OWN_ACTS = frozenset({Act.SEND, Act.SHOW, Act.MEET, Act.ANSWER, Act.INSTALL, Act.START, Act.COMPLETE})
PERSONAL = frozenset({Act.ASK, Act.OBJECT, Act.CONFIRM, Act.RECOMMEND, Act.COMPARE})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a record knows, with the title."""

    name: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a text: its day, who it is about and who wrote it. ``people`` are further known persons of the customer, ``members`` our own."""

    day: date | None = None
    kind: str | None = None
    direction: str | None = None
    contact: Person | None = None
    owner: str | None = None
    people: tuple[Person, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def by_customer(self) -> bool:
        """Whether the customer wrote it: “we” is then the customer, “you” are we."""
        return self.direction == "inbound" and (self.kind or "").lower() in WRITTEN

    @property
    def by_us(self) -> bool:
        """Whether it is a letter to the customer: “you” are the customer."""
        return self.direction == "outbound" and (self.kind or "").lower() in WRITTEN


@dataclass(frozen=True, slots=True)
class Who:
    """An actor as a text names one."""

    text: str = ""
    side: Side = "unknown"
    role: Role | None = None
    person: str | None = None
    start: int = -1
    explicit: bool = True


def names_of(note: Note) -> dict[str, Tags]:
    """The tags of every way in which the known people may be called."""
    found: dict[str, Tags] = {}
    for member in (*note.members, *((note.owner,) if note.owner else ())):
        for part in name_parts(member):
            found[part] = {"PERSON": member, "ROLE": "", "OURS": "1"}
    for person in (*note.people, *((note.contact,) if note.contact else ())):
        for part in name_parts(person.name):
            found[part] = {"PERSON": person.name, "ROLE": role_of_title(person.title) or ""}
    return found


@lru_cache(maxsize=4096)
def role_of_title(title: str | None) -> Role | None:
    """The role that a title says: the longest word of the lexicon in it, a department before a rank."""
    if not title:
        return None
    text, lexicon = simplified(title).strip(), load_lexicon()
    best: tuple[bool, int, int, str] = (False, 0, 0, "")
    at = 0
    while at < len(text):
        length, role = _role_at(text, at, lexicon)
        if role:
            best = max(best, (role not in {"management", "secretary"} or length > 8, length, at, role))
        at += max(1, length)
    return cast("Role", best[3]) if best[3] else None


def _role_at(text: str, at: int, lexicon: Lexicon) -> tuple[int, str]:
    """The longest word of a role that begins here: its length (a Han character counts for two), and the role."""
    if at and text[at - 1].isascii() and text[at - 1].isalnum() and text[at].isascii():
        return 0, ""
    for words, tags in lexicon.latin.get(_word(text, at), ()):
        phrase = " ".join(words)
        if tags.get("ROLE") and text.startswith(phrase, at) and not text[at + len(phrase) : at + len(phrase) + 1].isalnum():
            return len(phrase), tags["ROLE"]
    for word, tags in lexicon.han.get(text[at], ()):
        if tags.get("ROLE") and text.startswith(word, at):
            return len(word), tags["ROLE"]
    return 0, ""


def _word(text: str, at: int) -> str:
    end = at
    while end < len(text) and (text[end].isalnum() or text[end] in "&-'") and text[end] < "\u3000":
        end += 1
    return text[at:end]


def who_in(run: Sequence[Token], note: Note) -> Who:
    """The one whom adjacent words name (客户 + CTO, our + legal + team, CFO + Dana)."""
    marks = {tag for token in run for tag in token.tags if tag in TOGETHER or tag == "OURS"}
    words = [token.word for token in run]
    person = next((token for token in run if "PERSON" in token.tags), None)
    role = next((token.tags["ROLE"] for token in run if token.tags.get("ROLE")), "")
    contact_role = role_of_title(note.contact.title) if note.contact else None
    side: Side = "customer"
    if "OURS" in marks or ("US" in marks and not note.by_customer) or ("YOU" in marks and note.by_customer):
        side = "us"
    elif "THIRD" in marks or role == "consultant":
        side = "third"
    known = person.tags["PERSON"] if person else None
    if person is not None and side == "customer" and not role and known is not None and len(known) == 1 and _is_contact(known, note):
        role, known = contact_role or "", note.contact.name if note.contact else known
    elif side == "customer" and not role and person is None and _means_contact(words, marks, note):
        role = contact_role or ""
    return Who(" ".join(words) if run[0].latin else "".join(words), side, cast("Role | None", role or None), known, run[0].start)


def _is_contact(surname: str, note: Note) -> bool:
    return note.contact is not None and simplified(note.contact.name).startswith(surname)


def _means_contact(words: list[str], marks: set[str], note: Note) -> bool:
    if note.contact is None or "OPEN" in marks or "RANK" in marks:
        return False
    if "THEM" in marks:
        return any(word in ALONE for word in words)
    singular = not any(word in PLURAL for word in words)
    return singular and (("US" in marks and note.by_customer) or ("YOU" in marks and note.by_us and "那边" not in "".join(words)))


def default_actor(act: Act, note: Note) -> Who:
    """Whom a text means that names nobody."""
    contact_role = role_of_title(note.contact.title) if note.contact else None
    if note.by_customer:
        return Who("", "customer", contact_role if act in PERSONAL else None, None, -1, explicit=False)
    if act in OWN_ACTS or (act is Act.ASK and note.direction == "outbound"):
        return Who("", "us", None, None, -1, explicit=False)
    return Who("", "customer", contact_role if act in PERSONAL else None, None, -1, explicit=False)
