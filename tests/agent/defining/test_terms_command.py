"""The words on the command line: listed with their definition, shown with their history, forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from agent.catalog import Catalogs
from integrations.terminal.terms import forget_term, list_terms, show_term
from tests.agent.defining.conftest import NOW, OWNER, TODAY, TOM, Say
from tools.definitions.errors import DefinitionUnknown


def test_listed_words_say_what_they_mean_and_for_whom(converse: Say, store: Engine) -> None:
    converse("by whales we mean deals above 500k", "for the company")

    with Session(store) as session:
        rows = list_terms(session, Catalogs(lambda: TODAY, "UTC").current(session), TOM, TODAY, "en")

    assert (rows[0]["name"], rows[0]["means"], rows[0]["level"]) == ("whales", "deals over 500,000", "company")
    assert {row["level"] for row in rows[1:]} == {"shipped"}


def test_forgotten_word_is_still_shown_with_its_end(converse: Say, store: Engine) -> None:
    converse("by whales we mean deals above 500k", "yes")

    with Session(store) as session:
        forget_term(session, OWNER, "whales", NOW)
        rows = show_term(session, Catalogs(lambda: TODAY, "UTC").current(session), OWNER, "whales", TODAY, "en")

    assert [row["ended_at"] is not None for row in rows] == [True]


def test_unknown_word_cannot_be_forgotten(store: Engine) -> None:
    with Session(store) as session, pytest.raises(DefinitionUnknown):
        forget_term(session, OWNER, "whales", NOW)
