"""Evidence that travels inside the page: safe, whole where it fits, smaller where it does not."""

from __future__ import annotations

import json

import pytest

from rotascope.report.evidence import (
    MAX_QUOTES,
    MAX_SENTENCE,
    Quote,
    Source,
    cell,
    embedded,
    plain,
    safe_url,
)

SOURCE = Source("A title", "A paper", "2026-01-05", "https://news.example/a")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//news.example/a",
        "/a",
        "http://",
        "https://user@evil.example/",
        "https://news.example/\u202egpj",
        "https://[bad",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize(
    "url", ["https://news.example/a?b=1&c=2#d", "http://127.0.0.1:8000/x", "HTTPS://news.example/"]
)
def test_web_addresses_stay_as_they_are(url: str) -> None:
    assert safe_url(url) == url


def test_no_character_can_end_the_element() -> None:
    quote = Quote(Source("</script><!--", "&", "x"), "</SCRIPT \u2028 ]]>", 1.0, 0.5)
    text = embedded({"score/energy/2026-01-05": cell([quote], 1)})
    assert not set("<>&\u2028\u2029") & set(text)
    book = json.loads(text)
    assert book["sources"][0]["title"] == "</script><!--"


def test_marks_of_direction_and_controls_are_dropped() -> None:
    assert plain("a\u202eb\u2066c\x00d\n e") == "a b c d e"


def test_a_lone_surrogate_can_be_written() -> None:
    quote = Quote(SOURCE, "bad \ud800 text", 1.0)
    assert embedded({"k": cell([quote], 1)}).encode("utf-8")


def test_the_weightiest_sentences_are_kept_and_all_stories_counted() -> None:
    quotes = [Quote(SOURCE, f"s{number}", number / 100) for number in range(20)]
    kept = cell(quotes, 17)
    assert [quote.text for quote in kept.quotes] == [f"s{19 - n}" for n in range(MAX_QUOTES)]
    assert kept.total == 17


def test_an_article_stands_once_however_often_it_is_quoted() -> None:
    book = {f"score/g/{n}": cell([Quote(SOURCE, "s", 1.0)], 1) for n in range(50)}
    assert len(json.loads(embedded(book))["sources"]) == 1


def test_a_long_sentence_is_cut() -> None:
    quote = Quote(SOURCE, "word " * 1000, 1.0)
    row = json.loads(embedded({"k": cell([quote], 1)}))["cells"]["k"]["quotes"][0]
    assert len(row["text"]) <= MAX_SENTENCE
    assert row["text"].endswith("…")


def test_too_much_evidence_loses_its_lightest_sentences_first() -> None:
    quotes = [Quote(SOURCE, f"{number} " + "x" * 300, 1 - number / 10) for number in range(6)]
    book = {f"score/g/{n}": cell(quotes, 6) for n in range(20)}
    whole = len(embedded(book).encode())
    small = embedded(book, max_bytes=whole // 2)
    assert len(small.encode()) <= whole // 2
    cells = json.loads(small)["cells"]
    assert len(cells) == 20
    assert all(found["quotes"][0]["text"].startswith("0 ") for found in cells.values())


def test_evidence_that_never_fits_is_left_out_whole() -> None:
    book = {"k": cell([Quote(SOURCE, "x" * 300, 1.0)], 1)}
    assert json.loads(embedded(book, max_bytes=100))["cells"] == {}
