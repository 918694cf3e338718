"""A browser and a page for the tests of the report."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import report_world as world

from rotascope.report.contents import Report
from rotascope.report.page import render

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def report() -> Report:
    """A report over generated points and flows, with hostile evidence."""
    return world.report()


@pytest.fixture(scope="session")
def page_text(report: Report) -> str:
    """The report's HTML."""
    return render(report)


@pytest.fixture(scope="session")
def page_file(page_text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on disk."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page_text, "utf-8")
    return path


# By module: while Playwright runs, no other test of this process can start an event loop.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real Chromium; the tests that need it skip where there is none."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        pytest.skip("no Chromium here; `apt-get install chromium` brings it")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
