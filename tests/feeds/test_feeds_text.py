"""Texts: fragments of HTML, walls and furniture, and which source an article takes."""

from __future__ import annotations

import pytest
from feed_samples import page, story

from rotascope_feeds.extract import _MAX_TAGS, Page, choose_text, extract_page
from rotascope_feeds.language import language_of
from rotascope_feeds.markup import html_to_text, title_text
from rotascope_feeds.stubs import is_stub, strip_chrome
from rotascope_feeds.types import FeedEntry

URL = "https://news.example.com/a"


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("plain & simple", "plain & simple"),
        ("<p>One</p><p>Two<br/>Three</p>", "One\nTwo\nThree"),
        ("A <b>bold</b> move", "A bold move"),
        ("Tech &amp; energy", "Tech & energy"),
        ("a < b and c > d", "a < b and c > d"),
        ("<script>alert(1)</script>Text<style>p{}</style>", "Text"),
        ("one\x00two\x0b", "onetwo"),
        ("one\x9b31mtwo\x85three", "one31mtwo three"),
        ("\u202eone\u2066two\u2069", "onetwo"),
        ("  spaces \n\n\n and   tabs\t", "spaces\nand tabs"),
        ("<p>unclosed <b>tags", "unclosed tags"),
        ("<!-- only a comment -->", ""),
        ("", ""),
    ],
)
def test_html_to_text(fragment: str, text: str) -> None:
    assert html_to_text(fragment) == text


def test_deep_nesting_is_no_recursion() -> None:
    assert "deep" in html_to_text("<div>" * 1500 + "deep")
    assert "first" in html_to_text("first" + "<div>" * 100_000)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&amp;amp;T rises", "AT&T rises"),
        ("A\n  B", "A B"),
        ("<b>A</b> wins", "A wins"),
        ("S&P 500 < 5,000", "S&P 500 < 5,000"),
    ],
)
def test_title(written: str, title: str) -> None:
    assert title_text(written) == title


WALLS = [
    "Subscribe to read this article. Already a subscriber? Sign in.",
    "Please enable JavaScript and cookies to continue.",
    "We use cookies to make this site better. Accept all. Manage preferences.",
    "You've reached your limit of free articles. Sign up to keep reading.",
    "This article is for subscribers only.",
    "Checking your browser before accessing the site.",
    "Access to this page has been denied because we believe you are using automation tools.",
    "Verify you are human by completing the action below.",
    "Before you continue to our site, please choose your cookie settings.",
]


@pytest.mark.parametrize("wall", WALLS)
def test_walls_are_stubs(wall: str) -> None:
    assert is_stub(wall)


@pytest.mark.parametrize(
    "text",
    [
        story(1),
        "Shares of the streaming company fell after it said fewer people subscribe to its service.",
        "The retailer said it will accept all returns until January.",
        "Regulators fined the company over how it stores cookies. " + story(2),
        "",
    ],
)
def test_articles_are_no_stubs(text: str) -> None:
    assert not is_stub(text) or len(text) < 100


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Stocks fell.\nRead more: ten things", "Stocks fell."),
        ("Stocks fell. [Read more]", "Stocks fell."),
        ("Stocks fell. […]", "Stocks fell."),
        ("Stocks fell. Continue reading →", "Stocks fell."),
        ("Stocks fell. The post Stocks fall appeared first on Sample News.", "Stocks fell."),
        (
            "Share on Facebook\nTweet this\nStocks fell.\nAdvertisement\nOil rose.",
            "Stocks fell.\nOil rose.",
        ),
        ("Facebook | Twitter | LinkedIn\nStocks fell.", "Stocks fell."),
        ("Sign up for our daily newsletter\nStocks fell.", "Stocks fell."),
        ("Read more", ""),
        ("Share prices fell.", "Share prices fell."),
        ("Facebook shares rose.", "Facebook shares rose."),
        ("More companies follow.", "More companies follow."),
        ("X rose 3%.", "X rose 3%."),
        ("Copy link to this page (opens in new window)\nStocks fell.", "Stocks fell."),
        ("Print, save, e-mail, copy link\nStocks fell.", "Stocks fell."),
    ],
)
def test_furniture_is_taken_off(text: str, left: str) -> None:
    assert strip_chrome(text) == left


@pytest.mark.parametrize(
    "line",
    [
        "copy link " * 35 + "zzz",
        "share " + "email " * 60 + "zzz",
        "print save " * 30 + "zzz",
        "share" + " " * 380 + "zzz",
    ],
)
def test_words_of_buttons_before_another_word_are_refused_without_trying_every_reading(
    line: str,
) -> None:
    assert strip_chrome(line) == line


def test_page() -> None:
    head = "<link rel='canonical' href='/articles/1?utm_source=x'>"
    found = extract_page(page(1, head=head).encode(), url=URL)
    assert found.canonical == "https://news.example.com/articles/1?utm_source=x"
    assert story(1).split("\n")[1] in found.text
    assert "Read more" not in found.text
    assert "rights reserved" not in found.text
    assert found.title == "Money leaves technology, part 1"


@pytest.mark.parametrize("wall", WALLS)
def test_wall_pages_have_no_text(wall: str) -> None:
    assert extract_page(page(1, body=wall).encode(), url=URL).text == ""


@pytest.mark.parametrize(
    "body", [b"", b"%PDF-1.7 \x00\x01", b'{"a": 1}', b"\x89PNG\r\n", b"\xff" * 99]
)
def test_what_is_no_html(body: bytes) -> None:
    found = extract_page(body, url=URL)
    assert (found.text, found.flags) == ("", ("not_html",))


def test_a_page_of_too_many_tags_is_not_extracted() -> None:
    body = page(1).encode()
    for tags, flags in ((0, ()), (_MAX_TAGS, ("page_too_large",))):
        found = extract_page(body.replace(b"</article>", b"<br>" * tags + b"</article>"), url=URL)
        assert (found.flags, bool(found.text)) == (flags, not flags)


def entry(*, title: str = "A title", summary: str = "", content: str = "") -> FeedEntry:
    return FeedEntry(URL, "1", URL, title, summary, content, None)


LONG, SHORT = story(1), "A summary of what happened."


@pytest.mark.parametrize(
    ("told", "found", "source", "text"),
    [
        (entry(summary=SHORT), Page("T", LONG, None), "page", LONG),
        (entry(summary=SHORT, content=LONG), Page("T", SHORT, None), "content", LONG),
        (entry(summary=SHORT, content=LONG), None, "content", LONG),
        (entry(summary=SHORT), Page("T", "", None, ("stub",)), "summary", SHORT),
        (entry(summary=SHORT), Page("T", "Tiny.", None), "summary", SHORT),
        (entry(summary=WALLS[0]), None, "title", ""),
        (entry(content=WALLS[0], summary=SHORT), None, "summary", SHORT),
        (entry(summary="A title"), None, "title", ""),
        (entry(), None, "title", ""),
    ],
)
def test_the_best_text_is_chosen(
    told: FeedEntry, found: Page | None, source: str, text: str
) -> None:
    chosen = choose_text(told, found)
    assert (chosen.source, chosen.text, chosen.title) == (source, text, "A title")


def test_a_page_about_something_else_is_not_taken() -> None:
    """A link that ends at a home page or a consent page of any length."""
    told = entry(title="Insurers prepare for quarterly storm losses", summary=SHORT)
    chosen = choose_text(told, Page("Home", LONG, None))
    assert (chosen.source, chosen.flags) == ("summary", ("page_other",))
    near = entry(title="Utilities and small companies gain on Monday", summary=SHORT)
    assert choose_text(near, Page("Home", LONG, None)).source == "page"


def test_a_missing_title_comes_from_the_page_unless_it_is_a_wall() -> None:
    assert choose_text(entry(title=""), Page("From the page", LONG, None)).title == "From the page"
    assert choose_text(entry(title=""), Page("Subscribe to read", "", None)).title == ""


@pytest.mark.parametrize(
    ("text", "declared", "code"),
    [
        (story(1), "de", "en"),
        ("Die Anleger zogen am Montag viel Geld aus großen Technologiewerten ab und kauften dafür "
         "Aktien von Versorgern und Banken.", "en", "de"),
        ("华尔街股市周二收高，科技股领涨", None, "zh"),
        ("Stocks rise", "en", "en"),
        ("Stocks rise", None, None),
        ("", "fr", "fr"),
    ],
)  # fmt: skip
def test_language(text: str, declared: str | None, code: str | None) -> None:
    assert language_of(text, declared) == code
