"""Fixtures of the collectors: options, a site on loopback, a retriever that may reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from feed_server import Site, serve

from rotascope.cli.main import main
from rotascope.config import load_settings
from rotascope.ingest import fetch_options
from rotascope_feeds.options import FetchOptions

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


@pytest.fixture(scope="session")
def shipped() -> FetchOptions:
    """The shipped options."""
    return fetch_options(load_settings(env={}))


@pytest.fixture
def options(shipped: FetchOptions) -> FetchOptions:
    """The shipped options, but quick to give up, and loopback is allowed."""
    return replace(
        shipped,
        allow_private=True,
        timeout_seconds=1.0,
        total_seconds=1.5,
        round_seconds=20.0,
        max_wait_seconds=0.2,
        delay_seconds=0.0,
    )


@pytest.fixture
def plain(options: FetchOptions) -> FetchOptions:
    """Without pages."""
    return replace(options, pages=False)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def cli(db: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run the command in this process; gives exit code, stdout, stderr."""

    def call(*args: str) -> tuple[int, str, str]:
        code = main(["--db", str(db), *args])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call
