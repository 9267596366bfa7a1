"""What a command works with; the composition root puts it into the context of every command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

import typer

from integrations.terminal.ways_out import sentences

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from agent.copilot import Copilot
    from integrations.settings import Settings
    from integrations.watching import Lookout
    from tools.access.principal import Principal
    from tools.sandbox.capabilities.calling import CapabilityCaller


Changed = TypeVar("Changed")


class ReadSettings(Protocol):
    """Settings from the environment and the day that a command counts from."""

    def __call__(self, today: str | None = None) -> Settings:
        """Raises what is said of settings that are unknown or contradict each other."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """The ways to settings, store, copilot and speaker. Nothing is opened before a command asks for it."""

    settings: ReadSettings
    open: Callable[[Settings], Engine]
    copilot: Callable[[Settings, Engine], Copilot]
    lookout: Callable[[Settings, Copilot], Lookout]
    speaker: Callable[[Engine, str | None], Principal]
    caller: Callable[[Settings, Engine], CapabilityCaller]


def changed(house: House, member: str | None, change: Callable[[Session, Principal, datetime], Changed]) -> Changed:
    """What a change by a member, as of now, made of it; committed."""
    from tools.store.engine import open_sessions

    engine = house.open(house.settings())
    with open_sessions(engine)() as session:
        made = change(session, house.speaker(engine, member), datetime.now(UTC))
        session.commit()
    return made


@contextmanager
def at_work(context: typer.Context, as_json: bool, language: str | None = None) -> Iterator[House]:
    """The house of a running command; what goes wrong inside is told as one sentence."""
    with sentences(as_json, language):
        yield context.ensure_object(House)
