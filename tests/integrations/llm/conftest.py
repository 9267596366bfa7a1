"""Copilots on one small company: with the embedded planner, and with a live model behind a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine

from agent.copilot import Copilot, CopilotParts
from integrations.llm import live_model
from integrations.settings import Settings
from tests.integrations.llm.company import TODAY, open_company
from tests.integrations.llm.server import ChatServer, Payload, Reply, chat_server
from tools.sandbox.row_scope import PolicyScope
from tools.store.engine import open_sessions
from tools.trace.signing import InstallationKey

TIMEOUT_S = 1.0


@pytest.fixture(scope="package")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_company(tmp_path_factory.mktemp("company") / "plumbline.db")
    yield engine
    engine.dispose()


@pytest.fixture(scope="package")
def key(tmp_path_factory: pytest.TempPathFactory) -> InstallationKey:
    return InstallationKey.open(tmp_path_factory.mktemp("key"))


def settings_for(url: str, folder: Path, timeout_s: float = TIMEOUT_S) -> Settings:
    return Settings(data_dir=folder, llm_base_url=url, llm_model="tiny", llm_timeout_s=timeout_s, today=TODAY)


def open_copilot(company: Engine, key: InstallationKey, settings: Settings | None = None) -> Copilot:
    live = None if settings is None else lambda: live_model(settings)
    return Copilot(CopilotParts(open_sessions(company), PolicyScope(), key, lambda: TODAY, live=live, rewords=settings is not None))


@pytest.fixture
def embedded(company: Engine, key: InstallationKey) -> Copilot:
    return open_copilot(company, key)


Live = Callable[..., tuple[Copilot, ChatServer]]


@pytest.fixture
def live(company: Engine, key: InstallationKey, tmp_path: Path) -> Iterator[Live]:
    """Opens a server with a script, and a copilot that asks it."""
    with ExitStack() as stack:

        def open_live(script: Callable[[Payload], Reply], timeout_s: float = TIMEOUT_S) -> tuple[Copilot, ChatServer]:
            server = stack.enter_context(chat_server(script))
            return open_copilot(company, key, settings_for(server.url, tmp_path, timeout_s)), server

        yield open_live
