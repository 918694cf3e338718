"""`rotascope feeds`: list, add, remove, check and discover feeds; OPML in and out."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rotascope.cli.common import EXIT_NOTHING, App, echo_json, now, pass_app
from rotascope.wording import one_line, plural

if TYPE_CHECKING:
    from datetime import datetime

    from rotascope.feedlist import ListedFeed
    from rotascope.ingest import FeedList
    from rotascope.store import StoredFeed
    from rotascope_feeds.health import Health
    from rotascope_feeds.types import FeedState

_private = click.option(
    "--allow-private-hosts", is_flag=True, help="Also fetch from loopback and private addresses."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group("feeds")
def command() -> None:
    """List, add, remove, check and discover feeds; import and export OPML."""


@command.command("list")
@click.option("--all", "named", is_flag=True, help="Also feeds that were only named to `ingest`.")
@_json
@pass_app
def list_(app: App, *, named: bool, as_json: bool) -> int:
    """The feeds of the configuration and those added, with how their last rounds went."""
    from rotascope.feedlist import listed_feeds

    with _known(app) as store:
        feeds = listed_feeds(app.settings, store, named=named)
    if as_json:
        echo_json({"feeds": [_listed_row(feed) for feed in feeds]})
        return 0
    click.echo(f"{'state':<9}{'last read, UTC':<18}{'entries':>7}  {'origin':<15}feed")
    for feed in feeds:
        state = feed.state
        read = _minute(state.last_success_at) if state else "-"
        count = state.entry_count if state else 0
        click.echo(f"{_state_word(feed):<9}{read:<18}{count:>7}  {feed.origin:<15}{_label(feed)}")
        if state and (trouble := _trouble(state)):
            click.echo(f"{'':<9}{trouble}")
    words = Counter(map(_state_word, feeds))
    click.echo(plural(len(feeds), "feed") + "".join(f", {n} {word}" for word, n in words.items()))
    return 0


def _trouble(state: FeedState) -> str:
    """What is wrong with the feed since when, and when it is tried again; or where it went."""
    if state.error_count:
        times = "an error" if state.error_count == 1 else f"{state.error_count} errors in a row"
        again = f"; next try {_minute(state.next_try_at)}" if state.next_try_at else ""
        return f"{times}, at {_minute(state.last_error_at)}: {state.last_error}{again}"
    if state.moved_to:
        from rotascope_feeds.secrets import mask_url

        return f"has moved to {mask_url(state.moved_to)}"
    return ""


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "-"


class _NoFeeds:
    """What a store that is not there knows."""

    def list_feeds(self) -> list[StoredFeed]:
        return []


@contextmanager
def _known(app: App) -> Iterator[FeedList]:
    """The store to read from, also a read-only one; one that is not there is not made."""
    from rotascope.errors import NoStore

    try:
        store = app.store(create=False)
    except NoStore:
        yield _NoFeeds()
        return
    with store:
        yield store


@command.command("add")
@click.argument("url")
@click.option("--name", default="", help="What to call it.")
@click.option("--publisher", default="", help="Who publishes it.")
@pass_app
def add(app: App, *, url: str, name: str, publisher: str) -> int:
    """Add a feed to those that `rotascope ingest` collects, or switch it on again."""
    from rotascope_feeds.types import FeedSource

    if not url.startswith(("http://", "https://")):
        raise click.UsageError(f"{url!r} is no feed URL: it begins with http:// or https://")
    with app.store() as store:
        fresh = store.add_feed(FeedSource(url, name, publisher), now=now())
    click.echo("added" if fresh else "it was there already")
    return 0


@command.command("remove")
@click.argument("url")
@pass_app
def remove(app: App, *, url: str) -> int:
    """Collect a feed no more; its articles stay. A feed of the configuration is switched off."""
    from rotascope.errors import InputError

    configured = any(feed.url == url for feed in app.settings.feeds)
    with app.store() as store:
        if configured:
            store.enable_feed(url, False, now=now())
            click.echo("switched off; `rotascope feeds add` switches it on again")
        elif store.remove_feed(url):
            click.echo("removed")
        else:
            raise InputError(f"{url}: there is no such feed; `rotascope feeds list` names them")
    return 0


@command.command("check")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@_private
@_json
@pass_app
def check(app: App, *, urls: tuple[str, ...], allow_private_hosts: bool, as_json: bool) -> int:
    """Fetch feeds and say how they are; nothing is stored. Without URLs: all that are listed."""
    from rotascope.feedlist import check_feeds
    from rotascope.ingest import configured_sources, named_sources

    with _known(app) as store:
        if urls:
            sources = named_sources(urls, app.settings, store)
        else:
            sources = configured_sources(app.settings, store)
    looks = check_feeds(sources, app.settings, allow_private=allow_private_hosts)
    if as_json:
        echo_json({"feeds": [_health_row(health) for health in looks]})
    else:
        _print_health(looks)
    return EXIT_NOTHING if looks and not any(health.ok for health in looks) else 0


@command.command("discover")
@click.argument("url")
@click.option("--add", "add_all", is_flag=True, help="Add what is found.")
@_private
@_json
@pass_app
def discover(app: App, *, url: str, add_all: bool, allow_private_hosts: bool, as_json: bool) -> int:
    """Find the feeds that a web page offers."""
    from rotascope.feedlist import discover_feeds
    from rotascope_feeds.types import FeedSource

    found = discover_feeds(url, app.settings, allow_private=allow_private_hosts)
    if add_all and found:
        with app.store() as store:
            sources = [FeedSource(health.final_url, health.title) for health in found]
            fresh = sum(store.add_feed(source, now=now()) for source in sources)
        click.echo(f"{fresh} added, {len(found) - fresh} there already", err=True)
    if as_json:
        echo_json({"feeds": [_health_row(health) for health in found]})
    else:
        for health in found:
            title = one_line(health.title)
            click.echo(f"{health.final_url}  {title} ({plural(health.entries, 'entry')})")
        if not found:
            click.echo(f"{url}: no feed found", err=True)
    return 0 if found else EXIT_NOTHING


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="OPML")
@pass_app
def import_(app: App, *, file: Path) -> int:
    """Add the feeds of an OPML file."""
    from rotascope.errors import InputError
    from rotascope.feedlist import listed_feeds
    from rotascope_feeds.opml import read_opml

    try:
        body = file.read_bytes()
    except OSError as exc:
        raise InputError(f"{file}: cannot be read: {exc.strerror}") from exc
    sources = read_opml(body)
    with app.store() as store:
        there = {feed.source.url for feed in listed_feeds(app.settings, store) if feed.enabled}
        new = [source for source in sources if source.url not in there]
        fresh = sum(store.add_feed(source, now=now()) for source in new)
    click.echo(f"{plural(len(sources), 'feed')} in the file, {fresh} added")
    return 0 if sources else EXIT_NOTHING


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path), metavar="OPML", required=False)
@pass_app
def export(app: App, *, file: Path | None) -> int:
    """Write the feeds as OPML, to a file, which is replaced, or to standard output."""
    from rotascope.feedlist import listed_feeds
    from rotascope.files import is_standard_output, save
    from rotascope_feeds.opml import write_opml

    with _known(app) as store:
        sources = [feed.source for feed in listed_feeds(app.settings, store) if feed.enabled]
    document = write_opml(sources, now=now())
    if file is None or is_standard_output(file):
        click.echo(document.decode(), nl=False)
        return 0
    save(file, lambda stream: stream.write(document), force=True)
    click.echo(f"{file}: {plural(len(sources), 'feed')}")
    return 0


def _listed_row(feed: ListedFeed) -> dict[str, object]:
    state = feed.state
    return {
        "url": feed.source.url,
        "name": feed.source.name,
        "publisher": feed.source.publisher,
        "origin": feed.origin,
        "enabled": feed.enabled,
        "retired": bool(state and state.retired),
        "last_success_at": state and state.last_success_at,
        "last_error_at": state and state.last_error_at,
        "last_error": state and state.last_error,
        "error_count": state.error_count if state else 0,
        "entries": state.entry_count if state else 0,
        "next_try_at": state and state.next_try_at,
        "moved_to": state and state.moved_to,
    }


def _state_word(feed: ListedFeed) -> str:
    rules: list[tuple[Callable[[ListedFeed], object], str]] = [
        (lambda one: not one.enabled, "off"),
        (lambda one: one.state and one.state.retired, "retired"),
        (lambda one: one.state and one.state.error_count, "failing"),
        (lambda one: not (one.state and one.state.last_success_at), "new"),
    ]
    return next((word for applies, word in rules if applies(feed)), "ok")


def _label(feed: ListedFeed) -> str:
    from rotascope_feeds.secrets import mask_url

    name = f"{feed.source.name}  " if feed.source.name else ""
    return name + mask_url(feed.source.url)


def _health_row(health: Health) -> dict[str, object]:
    return {
        "url": health.source.url,
        "ok": health.ok,
        "status": health.status,
        "kind": health.kind,
        "title": health.title,
        "entries": health.entries,
        "dated": health.dated,
        "newest": health.newest,
        "seconds": round(health.seconds, 3),
        "final_url": health.final_url,
        "problem": health.problem,
    }


def _print_health(looks: list[Health]) -> None:
    from rich.console import Console
    from rich.table import Table

    from rotascope_feeds.secrets import mask_url

    table = Table(box=None, pad_edge=False)
    for name in ("health", "http", "kind", "entries", "dated", "newest", "s", "feed", "problem"):
        table.add_column(name, overflow="fold", no_wrap=name not in ("feed", "problem"))
    for health in looks:
        newest = health.newest.strftime("%Y-%m-%d %H:%M") if health.newest else "-"
        table.add_row(
            "ok" if health.ok and not health.problem else "warning" if health.ok else "error",
            str(health.status or "-"),
            health.kind or "-",
            str(health.entries),
            str(health.dated),
            newest,
            f"{health.seconds:.1f}",
            mask_url(health.source.url),
            health.problem or "",
        )
    # In a pipe the table is as wide as it needs to be, so that no line is folded.
    width = None if sys.stdout.isatty() else 250
    Console(width=width, highlight=False, markup=False).print(table)
