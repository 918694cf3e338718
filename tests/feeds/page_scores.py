"""Extraction against what people took out of real pages; `python page_scores.py` prints the table.

Precision, recall and F1 are of the words of each page as a bag, averaged over pages.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trafilatura
from lxml import html

from rotascope_feeds.extract import extract_page


@dataclass
class Scores:
    """Means over `pages`; segments that must and must not appear; pages without any text."""

    pages: int = 0
    precision: float = 0.0
    recall: float = 0.0
    f1: float = 0.0
    wanted: int = 0
    wanted_found: int = 0
    unwanted: int = 0
    unwanted_found: int = 0
    empty: list[str] = field(default_factory=list)


def score_pages(folder: Path) -> tuple[Scores, Scores]:
    """Ours, and trafilatura called plainly with the same options."""
    return score_ours(folder), _score(folder, _theirs)


def score_ours(folder: Path) -> Scores:
    """The collectors' extraction alone."""
    return _score(folder, _ours)


def _ours(body: bytes, url: str) -> str:
    return extract_page(body, url=url).text


def _theirs(body: bytes, url: str) -> str:
    found = trafilatura.bare_extraction(body, url=url, include_comments=False, include_tables=False)
    return getattr(found, "text", None) or ""


def _score(folder: Path, extract: Callable[[bytes, str], str]) -> Scores:
    scores = Scores()
    for row in json.loads((folder / "index.json").read_text(encoding="utf-8")):
        body = gzip.decompress((folder / row["file"]).read_bytes())
        text = extract(body, row["url"] or "https://example.com/article")
        if not text:
            scores.empty.append(row["file"])
        expected = _expected(folder, row)
        if isinstance(expected, dict):
            _count_segments(scores, text, expected)
        elif expected is not None:
            _add(scores, text, expected)
    if scores.pages:
        for name in ("precision", "recall", "f1"):
            setattr(scores, name, getattr(scores, name) / scores.pages)
    return scores


def _expected(folder: Path, row: dict[str, Any]) -> str | dict[str, Any] | None:
    """A text, or the segments of a page; None where the source has none for this very page."""
    if not row["expected_file"]:
        return None
    file, kind = folder / row["expected_file"], row["expected_kind"]
    told = file.read_text(encoding="utf-8")
    if kind.startswith("plain"):
        return told
    if kind.startswith("cleaned"):
        return str(html.fromstring(told).text_content())
    found = json.loads(told)
    return _fundus(found, row["title"]) if kind.startswith("fundus") else found


def _fundus(versions: dict[str, Any], title: str) -> str | None:
    """One file holds several pages of a publisher; the page's title tells which is meant."""
    for one in versions.values():
        wanted = _squeezed(one.get("title") or "")[:40]
        if wanted and wanted in _squeezed(title) and one.get("body"):
            parts = list(one["body"].get("summary", []))
            for section in one["body"]["sections"]:
                parts += section["headline"] + section["paragraphs"]
            return "\n".join(parts)
    return None


def _add(scores: Scores, text: str, expected: str) -> None:
    found, wanted = _words(text), _words(expected)
    both = sum((found & wanted).values())
    scores.pages += 1
    scores.precision += both / max(1, found.total())
    scores.recall += both / max(1, wanted.total())
    scores.f1 += 2 * both / max(1, found.total() + wanted.total())


def _count_segments(scores: Scores, text: str, expected: dict[str, Any]) -> None:
    squeezed = _squeezed(text)
    scores.wanted += len(expected["with"])
    scores.unwanted += len(expected["without"])
    scores.wanted_found += sum(_squeezed(part) in squeezed for part in expected["with"])
    scores.unwanted_found += sum(_squeezed(part) in squeezed for part in expected["without"])


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def main() -> None:
    """Print the table of docs/feeds.md."""
    names = ("collectors", "trafilatura alone")
    both = score_pages(Path(os.environ["ROTASCOPE_DATA"]) / "html")
    print("| text by | pages | precision | recall | F1 | wanted segments | unwanted segments |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, one in zip(names, both, strict=True):
        print(
            f"| {name} | {one.pages} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} "
            f"| {one.wanted_found} of {one.wanted} | {one.unwanted_found} of {one.unwanted} |"
        )


if __name__ == "__main__":
    main()
