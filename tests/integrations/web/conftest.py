from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from integrations.settings import Settings
from integrations.web import create_app
from tests.integrations.web.fake_copilot import FakeCopilot

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Visit:
    """A served chat in a browser: what it asked for and what it complained about."""

    def __init__(self, copilot: FakeCopilot, url: str, context: BrowserContext) -> None:
        self.copilot, self.url, self.context = copilot, url, context
        self.requested: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.requested.append(request.url))
        context.on("console", lambda message: self.complaints.append(message.text) if message.type in {"error", "warning"} else None)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.goto(url)

    def ask(self, question: str) -> None:
        self.page.locator("#question").fill(question)
        self.page.keyboard.press("Enter")

    def ask_to_the_end(self, question: str) -> None:
        self.ask(question)
        self.page.locator(".turn:last-child .about").wait_for()


@pytest.fixture
def copilot(tmp_path: Path) -> FakeCopilot:
    return FakeCopilot(tmp_path)


@pytest.fixture
def served(copilot: FakeCopilot, tmp_path: Path) -> Iterator[str]:
    """The chat over real HTTP on a free port of this machine."""
    app = create_app(copilot, Settings(data_dir=tmp_path))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed, so the pages can't be tested.")
        pytest.skip("Chromium is not installed here, so the pages were not looked at.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def visit_with(copilot: FakeCopilot, served: str, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens the chat with the given options of a browser context."""
    contexts: list[BrowserContext] = []

    def begin(**options: object) -> Visit:
        contexts.append(browser.new_context(**options))  # type: ignore[arg-type]
        return Visit(copilot, served, contexts[-1])

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture
def visit(visit_with: Callable[..., Visit]) -> Visit:
    """An English reader at a desk."""
    return visit_with(locale="en-US", viewport={"width": 1280, "height": 860})
