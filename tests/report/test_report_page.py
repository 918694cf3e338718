"""The page as text: it loads nothing, and nothing from a feed is markup in it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import report_world as world

from rotascope.report.contents import Report
from rotascope.report.evidence import Cell
from rotascope.report.page import render


class Elements(HTMLParser):
    """Every element with its attributes, and the text of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag
        if tag in self.texts:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.texts:
            self.texts[self._inside][-1] += data


def elements(page: str) -> Elements:
    parser = Elements()
    parser.feed(page)
    return parser


def test_nothing_is_loaded_from_anywhere(page_text: str) -> None:
    for tag, attrs in elements(page_text).found:
        assert tag not in {"link", "iframe", "object", "embed", "base", "img", "image", "form"}
        assert "src" not in attrs, tag
        href = attrs.get("href") or attrs.get("xlink:href")
        assert href is None or href.startswith("#pick="), href
    assert "@import" not in page_text
    assert "url(http" not in page_text


def test_no_handler_and_no_style_stands_in_an_attribute(page_text: str) -> None:
    for tag, attrs in elements(page_text).found:
        assert not any(name.startswith("on") or name == "style" for name in attrs), tag


def test_hostile_titles_are_text_only(page_text: str) -> None:
    scripts = elements(page_text).texts["script"]
    assert len(scripts) == 3  # evidence, names, the page's own
    assert "<script>window.ran" not in page_text
    assert "<img" not in page_text
    assert "\u202e" not in page_text
    assert "javascript:" not in page_text.replace("\\u003a", ":")
    assert "<i>more</i>" not in page_text
    assert "&lt;i&gt;more&lt;/i&gt;" in page_text
    assert "<u>none" not in page_text


def test_a_sentence_on_paper_keeps_its_own_quotation_marks_and_gets_no_others() -> None:
    report = world.report()
    told = '“Money left "big tech",” he said.'
    book = {
        key: Cell(tuple(replace(quote, text=told) for quote in found.quotes), found.total)
        for key, found in report.book.items()
    }
    page = render(replace(report, book=book))
    printed = re.findall(r'<p class="paper">(.*?)</p>', page)
    assert printed
    for words in printed:
        assert words.startswith("<q>“Money left &#34;big tech&#34;,” he said.</q> ")
    assert ".paper q { quotes: none" in page


def test_a_headline_quoted_on_paper_is_not_told_twice() -> None:
    report = world.report()
    book = {
        key: Cell(
            tuple(replace(q, source=replace(q.source, title=q.text)) for q in found.quotes),
            found.total,
        )
        for key, found in report.book.items()
    }
    printed = re.findall(r'<p class="paper">(.*?)</p>', render(replace(report, book=book)))
    assert printed
    for words in printed:
        text = words.removeprefix("<q>").partition("</q>")[0]
        assert words.count(text) == 1


def test_the_policy_names_the_page_s_own_script_and_style_by_hash(page_text: str) -> None:
    parsed = elements(page_text)
    policy = next(
        attrs["content"]
        for tag, attrs in parsed.found
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        own = parsed.texts[kind][-1].encode()
        assert base64.b64encode(hashlib.sha256(own).digest()).decode() in policy


def test_the_same_inputs_give_the_same_page(page_text: str, report: Report) -> None:
    assert render(report) == page_text


def test_the_page_is_of_reasonable_size(page_text: str) -> None:
    assert len(page_text.encode()) < 3_000_000


def test_a_report_of_one_period_is_a_page() -> None:
    page = render(Report("One", "D", world.points(weeks=1), world.flows(weeks=1)))
    assert "One period only" in page
    assert 'id="rotation"' not in page


def test_a_report_without_flows_leaves_their_pictures_out() -> None:
    none = world.flows().iloc[:0]
    page = render(Report("Quiet", "W", world.points(), none))
    assert 'id="flows"' not in page
    assert 'id="sentiment"' in page


def test_ids_are_used_once(page_text: str) -> None:
    ids = [attrs["id"] for _, attrs in elements(page_text).found if attrs.get("id")]
    assert len(ids) == len(set(ids))


def test_group_names_of_the_user_s_own_are_escaped() -> None:
    name = "<img src=x onerror=alert(1)>/own"
    table = world.points(groups=["energy", name], weeks=3)
    page = render(Report("Own", "W", table, world.flows().iloc[:0]))
    assert "<img" not in page
    assert re.search(r"#pick=score/%3Cimg[^\"]*%2Fown/", page)


def test_companies_and_pairs_alone_are_a_page_too() -> None:
    table = world.points(groups=["NVDA", "value-growth"], weeks=3)
    table["kind"] = ["ticker", "pair"] * 3
    page = render(Report("Own", "W", table, world.flows().iloc[:0]))
    assert "Companies and pairs" in page
    assert "Value − Growth" in page


def test_a_group_without_news_is_shown_where_it_was_named() -> None:
    table = world.points(groups=["energy", "NVDA", "KO"], weeks=3)
    table["kind"] = ["sector"] * 3 + ["ticker"] * 6
    table.loc[table["group"] == "KO", ["score", "lo", "hi", "level", "momentum"]] = float("nan")
    none = world.flows().iloc[:0]
    assert ">KO<" not in render(Report("Own", "W", table, none))
    assert ">KO<" in render(Report("Own", "W", table, none, named=frozenset({"KO"})))


def test_a_phone_is_told_which_periods_it_shows() -> None:
    note = "On this narrow screen: the last 19 periods."
    few, many = (
        render(Report("Long", "D", world.points(groups=["energy"], weeks=weeks), world.flows()))
        for weeks in (19, 60)
    )
    assert note not in few
    assert note in many
