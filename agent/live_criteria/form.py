"""A rule as a live model writes it: a flat list of numbered conditions and of how they are joined. Knows neither the sentence nor who asks.

Times, values and amounts are given by the ids of what was found in the criterion; none can be written out.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from agent.live_query import Written
from tools.journey.acts import Act, Role, Side, Status
from tools.journey.criteria.schemas import Deed, Kind, Move

MOST_CONDITIONS = 12
DEEDS = (*map(str, Act), *map(str, Move))
LiveDeed = Annotated[Deed, WithJsonSchema({"type": "string", "enum": list(DEEDS)})]


class Joining(StrEnum):
    """What else than an act, a role, a kind of record or a status a word may mean."""

    NOT = "not"
    BEFORE = "before"
    OR = "or"
    IN_A_ROW = "in_a_row"
    AT_MOST = "at_most"
    EXACTLY = "exactly"


Meant = Deed | Role | Kind | Status | Joining | Literal["third"]
Id = Annotated[str, Field(max_length=40)]
Phrase = Annotated[str, Field(min_length=1, max_length=120)]


class LiveCondition(Written):
    """Something that happened; or a saved rule; or what a deal is worth."""

    number: int = Field(ge=1, le=99, description="Its number, by which it is joined to others.")
    acts: tuple[LiveDeed, ...] = Field(default=(), max_length=6, description="What was done; any of these.")
    status: Status = Field(default=Status.DONE, description="done unless it was only promised, planned, refused, possible, or expressly not done.")
    record: Kind | None = Field(default=None, description="The kind of record or occasion, where the criterion names one.")
    side: Side | None = Field(default=None, description="Whose act it is: customer, us, third. None: either.")
    roles: tuple[Role, ...] = Field(default=(), max_length=6, description="Who did it, by role; any of these.")
    persons: tuple[Phrase, ...] = Field(default=(), max_length=4, description="Who did it, by name, word for word.")
    whom_side: Side | None = Field(default=None, description="The side of whoever it was done to or with.")
    whom_roles: tuple[Role, ...] = Field(default=(), max_length=6, description="Whom it was done to or with, by role.")
    whom_persons: tuple[Phrase, ...] = Field(default=(), max_length=4, description="Whom it was done to or with, by name, word for word.")
    objects: tuple[Phrase, ...] = Field(default=(), max_length=6, description="What it was done to, word for word as the criterion has it; any of these.")
    count: Id | None = Field(default=None, description="Id of how often (t1). None: at least once.")
    bound: Literal["at_most", "exactly"] | None = Field(default=None, description="How the count is meant, where another word of the criterion says so.")
    in_a_row: bool = Field(default=False, description="Whether nothing else of the kind may lie between.")
    within: Id | None = Field(default=None, description="Id of the length of time in which it must happen so often.")
    window: Id | None = Field(default=None, description="Id of the days in which it must happen.")
    saved: Phrase | None = Field(default=None, description="Instead of acts: the name of a saved rule that the account fulfils, word for word.")
    worth: Id | None = Field(default=None, description="Instead of acts: id of what a deal is worth (w1).")


class LiveJoint(Written):
    """How conditions are joined. It has a number of its own, by which a later joint may name it."""

    number: int = Field(ge=1, le=99)
    how: Literal["all", "any", "not", "after", "before"] = Field(
        description="all, any: of these. not: this one is not so. after, before: the second of the two lies after, or before, the first."
    )
    of: tuple[int, ...] = Field(min_length=1, max_length=MOST_CONDITIONS, description="Numbers of conditions, or of joints further up.")
    within: Id | None = Field(default=None, description="after, before: id of the length of time between the two.")
    denied: bool = Field(default=False, description="after, before: the second did not happen in that time.")
    still: bool = Field(default=False, description="after, before, denied: nor at any other time until today.")
    same: bool = Field(default=False, description="after, before: it was done to the same thing.")


class LiveAccount(Written):
    """What the account itself is, or is not."""

    values: tuple[Id, ...] = Field(min_length=1, max_length=20, description="Ids of found values (v1) of one field; any of them.")
    negated: bool = False


class LiveMeaning(Written):
    """What a word that is not known means in this rule."""

    word: Phrase = Field(description="The word or words, as the criterion has them.")
    means: tuple[Annotated[Meant, WithJsonSchema({"type": "string"})], ...] = Field(
        min_length=1, max_length=4, description="The acts, roles, record, status, or not, or, before, in_a_row, at_most, exactly, for which it stands."
    )


class StateRule(Written):
    """State the rule of the criterion, all of it and nothing else."""

    conditions: tuple[LiveCondition, ...] = Field(min_length=1, max_length=MOST_CONDITIONS)
    joints: tuple[LiveJoint, ...] = Field(default=(), max_length=MOST_CONDITIONS, description="None for a single condition. The last one joins all.")
    accounts: tuple[LiveAccount, ...] = Field(default=(), max_length=8)
    unknown_words: tuple[LiveMeaning, ...] = Field(default=(), max_length=12, description="What each unknown word means that is no part of a name or object.")


class CannotCompile(Written):
    """Say that the criterion can't be stated as a rule, because of words that have no part in any."""

    words: tuple[Phrase, ...] = Field(min_length=1, max_length=8, description="The words that are not understood, word for word.")
