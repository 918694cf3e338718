"""What the verbs share: settings and store on demand, progress, JSON, exit codes."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rotascope.config import Loaded, Settings
    from rotascope.store import Store

EXIT_NOTHING = 1
"""Nothing of what was asked for could be answered."""


@dataclass
class App:
    """The global options, and what hangs on them; a verb gets it by `@click.pass_obj`."""

    config: Path | None = None
    db: str | None = None
    verbose: bool = False

    @cached_property
    def loaded(self) -> Loaded:
        """The settings with the source of each value; raises ConfigError."""
        from rotascope.config import load

        return load(self.config)

    @property
    def settings(self) -> Settings:
        """The configuration in force; raises ConfigError."""
        return self.loaded.settings

    @property
    def store_location(self) -> str:
        """Where the store is: `--db`, else the configuration, else the user's data folder."""
        from rotascope.config import default_store

        return self.db or self.settings.store.url or default_store()

    def store(self, *, create: bool = True, read_only: bool = False) -> Store:
        """Open the store (a context manager); raises StoreError that names the mend."""
        from rotascope.store import Store

        return Store.open(self.store_location, create=create, read_only=read_only)


pass_app = click.make_pass_decorator(App)


def now() -> datetime:
    """The wall clock, in UTC: the one place where the command line asks for it."""
    return datetime.now(UTC)


def echo_json(value: object, *, indent: int | None = None) -> None:
    """Print one JSON document; times as ISO 8601, tuples as lists."""
    click.echo(to_json(value, indent=indent, ascii_only=not _stdout_takes_unicode()))


def to_json(value: object, *, indent: int | None = None, ascii_only: bool = False) -> str:
    """`value` as JSON text.  A lone surrogate, which UTF-8 cannot hold, is escaped."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent, default=_plain)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(value, ensure_ascii=True, indent=indent, default=_plain)
    return text


def _stdout_takes_unicode() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


TELL_SECONDS = 60.0
"""How often progress is told where there is no terminal."""


@contextmanager
def progress(
    label: str, total: int | None = None, *, begin: bool = False
) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr on a terminal, else a line a minute; yields `advance(n)`.

    `begin`: without a terminal, a line at the beginning too.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        if begin:
            click.echo(label, err=True)
        yield _lines(label, total)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda n: bar.update(task, advance=n)


def _lines(label: str, total: int | None) -> Callable[[int], None]:
    done, told = 0, time.monotonic()

    def advance(count: int) -> None:
        nonlocal done, told
        done += count
        if time.monotonic() - told >= TELL_SECONDS:
            told = time.monotonic()
            of = "" if total is None else f" of {total:,}"
            click.echo(f"{label}: {done:,}{of}", err=True)

    return advance


def silence_broken_pipe() -> None:
    """Point stdout at the void, so that the flush at exit says nothing about the closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell_stacks() -> None:
    """Where every thread stands, on stderr: on SIGUSR1, which then ends nothing, and at a crash."""
    # Windows has no such signal; stderr may be no file, or closed.
    with contextlib.suppress(AttributeError, OSError, ValueError, RuntimeError):
        faulthandler.register(signal.SIGUSR1, all_threads=True)
        if not faulthandler.is_enabled():
            faulthandler.enable()
