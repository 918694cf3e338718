"""The demo's invented news, read from `news/*.yaml`: outlets, and what each posted when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any, Literal

import yaml

FeedFormat = Literal["rss", "atom", "json"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher of the demo: its folder on the server, its feed's path and format."""

    id: str
    name: str
    feed: str
    format: FeedFormat


OUTLETS = (
    Outlet("harbor", "Harbor Street Daily", "/harbor/rss.xml", "rss"),
    Outlet("tape", "The Tape Room", "/tape/atom.xml", "atom"),
    Outlet("wire", "Meridian Newswire", "/wire/feed.json", "json"),
)


@dataclass(frozen=True, slots=True)
class Version:
    """A posting as it stood from `at` on."""

    at: datetime
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posting:
    """An article at one outlet; an edit gives it a further version."""

    outlet: Outlet
    slug: str
    author: str
    versions: tuple[Version, ...]

    @property
    def published(self) -> datetime:
        """When it appeared."""
        return self.versions[0].at

    @property
    def path(self) -> str:
        """Its address on the server."""
        return f"/{self.outlet.id}/{self.published:%Y/%m/%d}/{self.slug}.html"

    def at(self, moment: datetime) -> Version | None:
        """The text that stood at `moment`; None before it appeared."""
        shown = [version for version in self.versions if version.at <= moment]
        return shown[-1] if shown else None


def load_world() -> tuple[Posting, ...]:
    """Every posting of the demo, by time; syndicated copies are postings of their own."""
    found = (
        posting
        for file in sorted(files(__package__).joinpath("news").iterdir(), key=lambda f: f.name)
        if file.name.endswith(".yaml")
        for row in yaml.safe_load(file.read_text("utf-8"))
        for posting in _postings(row)
    )
    return tuple(sorted(found, key=lambda posting: (posting.published, posting.path)))


def _postings(row: dict[str, Any]) -> Iterator[Posting]:
    outlets = {outlet.id: outlet for outlet in OUTLETS}
    author = str(row["author"])
    versions = tuple(_version(part) for part in (row, row.get("edit")) if part)
    yield Posting(outlets[row["source"]], str(row["id"]), author, versions)
    for copy in row.get("copies", ()):
        version = _version({**copy, "text": row["text"]})
        trimmed = version.paragraphs[: copy["paragraphs"]]
        copied = Version(version.at, version.title, trimmed)
        yield Posting(outlets[copy["source"]], f"{row['id']}-copy", author, (copied,))


def _version(row: dict[str, Any]) -> Version:
    paragraphs = tuple(" ".join(part.split()) for part in row["text"].split("\n\n"))
    return Version(row["published"], str(row["title"]), paragraphs)
