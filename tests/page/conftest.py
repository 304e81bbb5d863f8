"""The page under test: a real library with a toy encoder, scripted answers, and Chromium to look at it with."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from assistant.settings import Settings
from index.encoder import Encoder
from index.ingest import add_all
from index.library import Library
from page.scripted import ARTICLES, ScriptedDesk, serve_in_thread

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[ScriptedDesk]:
    """Articles of our own, answers from a script. Tests must leave the library as it is."""
    with Library(tmp_path_factory.mktemp("library"), encoder) as library:
        add_all(library, ARTICLES)
        yield ScriptedDesk(library, Settings.model_construct(), cast(Any, None))


@pytest.fixture(scope="session")
def address(desk: ScriptedDesk) -> Iterator[str]:
    yield from serve_in_thread(desk)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    if not _CHROMIUM.exists():
        missing = f"{_CHROMIUM} is not there, so the page was not tested in a browser."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(_CHROMIUM), args=_FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A browser tab, with what went wrong in it and whom it asked."""

    page: "Page"
    faults: list[str]
    hosts: set[str]


@pytest.fixture
def visit(browser: "Browser") -> Iterator[Any]:
    """Opens tabs: visit(address, width=…, dark=…). Afterwards no console error and no other host may show up."""
    visits: list[Visit] = []
    contexts: list[BrowserContext] = []

    def go(address: str, *, width: int = 1280, height: int = 900, dark: bool = False) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        page = context.new_page()
        opened = Visit(page, [], set())
        page.on("console", lambda m: opened.faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: opened.faults.append(str(error)))
        page.on("request", lambda request: opened.hosts.add(_host(request.url)))
        page.goto(address)
        page.get_by_label("Ask a question").wait_for()
        visits.append(opened)
        contexts.append(context)
        return opened

    yield go
    for context in contexts:
        context.close()
    for opened in visits:
        assert opened.faults == []
        assert opened.hosts <= {"127.0.0.1", ""}


def _host(url: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(url).hostname or ""
