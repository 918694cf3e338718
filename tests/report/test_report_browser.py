"""The report in a real Chromium: a silent console, evidence at a click, every size and light."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import report_world as world

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


class Shown:
    """A page that is open, and everything that its console and its network said."""

    def __init__(self, context: Any, path: Path) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page = context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())


@pytest.fixture(params=["desk", "phone"])
def shown(request: pytest.FixtureRequest, chromium: Any, page_file: Path) -> Iterator[Shown]:
    context = chromium.new_context(viewport=PHONE if request.param == "phone" else DESK)
    yield Shown(context, page_file)
    context.close()


def visible(page: Any, start: str) -> Any:
    return page.locator(f'.chart:visible a[href^="#pick={start}"]').first


def test_it_loads_in_silence_and_asks_for_nothing(shown: Shown, page_file: Path) -> None:
    assert shown.said == []
    assert shown.asked == [page_file.as_uri()]


def test_nothing_scrolls_sideways(shown: Shown) -> None:
    wide, room = shown.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room


def test_a_click_on_a_cell_shows_its_sentences(shown: Shown) -> None:
    link = visible(shown.page, "score/energy/")
    link.click()
    dialog = shown.page.locator("dialog#evidence")
    assert dialog.is_visible()
    assert "Energy" in dialog.locator("h2").inner_text()
    assert "A sentence about energy." in dialog.inner_text()
    source = dialog.get_by_role("link", name="Money leaves technology").first
    assert source.get_attribute("href") == world.WEB_URL
    assert source.get_attribute("rel") == "noopener noreferrer"
    shown.page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert shown.said == []


def test_hostile_titles_do_not_run(shown: Shown) -> None:
    visible(shown.page, "score/energy/").click()
    dialog = shown.page.locator("dialog#evidence")
    assert "</script><script>" in dialog.inner_text()
    assert dialog.locator("script, img").count() == 0
    hrefs = dialog.locator("a").evaluate_all("links => links.map(link => link.href)")
    assert hrefs
    assert all(href.startswith("https://") for href in hrefs)
    assert "\u202e" not in dialog.inner_text()
    shown.page.wait_for_timeout(100)
    assert shown.page.evaluate("window.ran") is None
    assert shown.said == []


@pytest.mark.parametrize("start", ["flow/information_technology/", "net/utilities/", "score/"])
def test_flows_and_findings_have_evidence_too(shown: Shown, start: str) -> None:
    place = {"flow": ".flows a", "score": ".findings a"}.get(start.split("/", 1)[0])
    link = shown.page.locator(place).first if place else visible(shown.page, start)
    link.click()
    assert shown.page.locator("dialog .quote").count() > 0


def test_cells_can_be_reached_and_opened_by_the_keyboard(shown: Shown) -> None:
    visible(shown.page, "score/energy/").focus()
    shown.page.keyboard.press("Enter")
    assert shown.page.locator("dialog#evidence").is_visible()
    shown.page.locator("#close").click()
    assert not shown.page.locator("dialog#evidence").is_visible()


def paper_and_ink(page: Any) -> tuple[int, int]:
    """How bright background and text are, 0 to 255."""
    return tuple(
        page.evaluate(
            "['backgroundColor', 'color'].map(name => Math.max(..."
            "getComputedStyle(document.body)[name].match(/\\d+/g).map(Number)))"
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_and_the_button(
    chromium: Any, page_file: Path, scheme: str
) -> None:
    context = chromium.new_context(viewport=DESK, color_scheme=scheme)
    page = Shown(context, page_file).page
    paper, ink = paper_and_ink(page)
    assert (paper > ink) == (scheme == "light")
    page.locator("#theme").click()
    paper, ink = paper_and_ink(page)
    assert (paper > ink) == (scheme == "dark")
    context.close()


def test_paper_is_white_and_shows_the_wide_pictures(chromium: Any, page_file: Path) -> None:
    context = chromium.new_context(viewport=PHONE, color_scheme="dark")
    page = Shown(context, page_file).page
    page.emulate_media(media="print", color_scheme="dark")
    paper, ink = paper_and_ink(page)
    assert paper == 255
    assert ink < 80
    assert page.locator(".chart.wide").first.is_visible()
    assert not page.locator(".chart.narrow").first.is_visible()
    assert not page.locator("#theme").is_visible()
    assert "Money went from" in page.locator(".paper:visible").first.inner_text()
    assert page.pdf(format="A4").startswith(b"%PDF")
    context.close()


def test_without_script_the_pictures_are_there(chromium: Any, page_file: Path) -> None:
    context = chromium.new_context(viewport=DESK, java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert page.locator(".chart.wide svg").first.is_visible()
    assert page.locator(".findings li").count() > 3
    context.close()
