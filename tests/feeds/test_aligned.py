"""Where what is read of HTML stands in it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rotascope_feeds.aligned import align
from rotascope_feeds.markup import CONTROL, readable

PARTS = (
    "AT&amp;T rose", "<p>", "</p>", "<b>bold</b>", "&nbsp;", "\n", "&#8217;s", "<br/>", " x < y ",
    "<script>var a;</script>", "<!-- no -->", "&lt;p&gt;", "é", "<form>", "<a href='x>y'>", "&copy",
    "B&Q;", "\x00",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Shares of AT&amp;T <b>rose</b>.</p>", ["Shares", "of", "AT&amp;T", "rose</b>."]),
        ("S&amp;P 500 &lt;p&gt;up&lt;/p&gt;", ["S&amp;P", "500", "up"]),
        ("<style>p {}</style>Oil<br>up &#8217;s", ["Oil", "up", "&#8217;s"]),
        ("<p>Energy &amp;amp; oil</p>", ["Energy", "&amp;amp;", "oil"]),
        ("<p>B&Q; fell</p>", ["B&Q;", "fell"]),
    ],
)
def test_each_word_is_found_in_what_was_given(text: str, words: list[str]) -> None:
    found = align(text)
    assert found is not None
    assert found.text == readable(text).strip()
    spans = [match.span() for match in re.finditer(r"\S+", found.text)]
    assert [text[slice(*found.to_given(*span))] for span in spans] == words
    assert [found.to_read(*found.to_given(*span)) for span in spans] == spans


@pytest.mark.parametrize("text", ["", "Tech fell, x < y.", "<AAPL.O> rose & fell", "a\n\nb "])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert align(text) is None


def test_a_title_is_read_on_one_line() -> None:
    found = align("<p>Oil</p><p>up</p>", title=True)
    assert found is not None
    assert found.text == "Oil up"
    assert found.to_given(4, 6) == (13, 15)


def test_markup_alone_is_an_empty_span() -> None:
    found = align("<p>Oil</p> <p>up</p>")
    assert found is not None
    start, end = found.to_read(0, 3)
    assert start == end


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
@example("AT&amp;T rose\x00")  # what is no HTML keeps its control characters
def test_spans_hold_what_is_read_or_nothing_is_changed(text: str) -> None:
    found = align(text)
    if found is None:
        return
    assert found.text == readable(text).strip()
    for place, char in enumerate(found.text):
        start, end = found.to_given(place, place + 1)
        assert 0 <= start <= end <= len(text)
        if not (char.isspace() or CONTROL.match(char)):
            assert char in unescape(unescape(text[start:end]))


def test_all_fragments_of_real_feeds_are_aligned(data: Path) -> None:
    bodies = [
        path.read_bytes().decode("utf-8", "replace") for path in (data / "feeds").rglob("*.xml")
    ]
    texts = {
        text for body in bodies for text in re.findall(r"<!\[CDATA\[(.*?)\]\]>", body, re.DOTALL)
    }
    marked = [text for text in texts if readable(text).strip() != text.strip()]
    assert len(marked) > 150
    assert not [text for text in marked if align(text) is None]
