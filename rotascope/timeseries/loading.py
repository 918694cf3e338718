"""Read the store for a series: which revision, what was known, which periods and groups."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import sqlalchemy as sa

from rotascope import __version__
from rotascope.errors import StoreError, UsageError
from rotascope.linking import assign_stories
from rotascope.store import revisions
from rotascope.store.schema import (
    analyses,
    articles,
    feeds,
    from_micros,
    text_versions,
    to_micros,
    unanalyzed,
)
from rotascope.timeseries.columns import EXPORT_SCHEMA_VERSION
from rotascope.timeseries.corpus import Corpus
from rotascope.timeseries.groups import Selection, needs_tickers, select
from rotascope.timeseries.params import Params
from rotascope.timeseries.periods import Periods, make_periods, moment_micros
from rotascope.timeseries.read import History, read_corpus, read_history
from rotascope.timeseries.spoken import groups_revision, is_listed, read_as
from rotascope.wording import plural

if TYPE_CHECKING:
    from rotascope.config import Settings
    from rotascope.store import Store

log = logging.getLogger(__name__)

PERIOD_END = "period-end"
"""What `as_of` says to ask for each period as it was known at its own end."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Text versions of a series, or of some periods, that are left out.

    They were analysed by no revision, or only by others.
    """

    never: int
    by_others: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.never + self.by_others


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a series is made from, and what is left out.

    `unread`: groups of the configuration that the revision shown, made with other groups, lacks.
    """

    corpus: Corpus
    periods: Periods
    selection: Selection
    params: Params
    as_of: int | None
    pending: Pending
    unread: tuple[str, ...] = ()


def load(
    store: Store,
    *,
    params: Params,
    settings: Settings,
    groups: Sequence[str] | None = None,
    span: tuple[str | None, str | None] = (None, None),
    as_of: str | None = None,
    revision: str | None = None,
    window_given: bool = False,
) -> Loaded:
    """Read the store and lay out periods and groups; see `series` for what is raised.

    All is as of one moment: "period-end", which has one for each period, is refused.
    """
    if as_of == PERIOD_END:
        raise UsageError(
            f"{PERIOD_END} is for a series, period by period (export, plot, why); name one time"
            " here, such as the end of the last period"
        )
    moments = _check_span(span, params)
    known_at = None if as_of is None else moment_micros(as_of, params.timezone, end=True)
    until = None if span[1] is None else moments[-1]
    keys = assign_stories(store)
    with store.connect() as connection:
        asked = revision or settings.series.revision
        told = revisions.shown(connection, asked, until=until, seen_by=known_at)
        models = [(one.revision.id, one.revision.model) for one in told.chosen]
        corpus = read_corpus(
            connection, chosen=models, as_of=known_at, tickers=needs_tickers(groups), keys=keys
        )
        shown = [one.revision.id for one in told.chosen]
        pending = count_pending(connection, shown, until=until, seen_by=known_at)
        heard = _last_collected(connection) if known_at is None else _not_to_come(known_at)
    if revision is None and pending.by_others:
        _warn_of_others(told, pending.by_others, settings.series.revision)
    if not len(corpus.articles):
        when = f" by {as_of}" if as_of else ""
        raise StoreError(f"no analysed article was seen{when}; choose a later --as-of")
    kinds = dict(zip(corpus.groups, corpus.kinds, strict=True))
    selection = select(
        groups,
        known=kinds,
        custom=settings.groups,
        listed=partial(is_listed, settings),
        read_as=read_as,
    )
    periods = _periods_of(corpus, params, moments, known_at, heard)
    if window_given:
        data = periods.locate(corpus.articles.published)
        _check_window(params, int(data.max() - data.min()) + 1)
    unread = _unread(selection, corpus, told, settings)
    return Loaded(corpus, periods, selection, params, known_at, pending, unread)


def load_history(store: Store, loaded: Loaded, groups: Sequence[str] | None) -> History:
    """All that was ever known of what `loaded` shows; `groups`: those asked for."""
    keys = assign_stories(store)
    chosen = list(zip(loaded.corpus.revisions, loaded.corpus.models, strict=True))
    with store.connect() as connection:
        return read_history(connection, chosen=chosen, tickers=needs_tickers(groups), keys=keys)


def _periods_of(
    corpus: Corpus, params: Params, moments: list[int], known_at: int | None, heard: int | None
) -> Periods:
    """The periods of all articles, and those asked for as far as they are known.

    After the last article come those without news that were over by `heard`, until when somebody
    listened (None: nobody knows).
    """
    published = corpus.articles.published
    first = min([int(published.min()), *moments])
    last = max([int(published.max()), *map(_not_to_come, moments)])
    if known_at is not None:
        last = max(first, min(last, known_at))  # what comes after is not without news, but unknown
    if heard is None or heard <= last:
        return make_periods(params, first, last)
    periods = make_periods(params, first, heard)
    over = int(np.searchsorted(periods.bounds[1:], heard + 1, "right"))
    spoken = int(periods.locate(np.array([last]))[0]) + 1
    return periods.head(max(over, spoken))


def _unread(
    selection: Selection, corpus: Corpus, told: revisions.Shown, settings: Settings
) -> tuple[str, ...]:
    """Groups of one's own without any score, where no revision shown has these groups."""
    silent = {group for group in selection.singles if selection.kinds[group] == "custom"}
    silent -= set(corpus.groups)
    if not silent:
        return ()
    now = groups_revision(settings)
    known = any(one.revision.groups == now for one in told.chosen)
    return () if known else tuple(sorted(silent))


def _last_collected(connection: sa.Connection) -> int | None:
    """When a feed was read last: what was not in it by then was not there."""
    moment = connection.scalar(sa.select(sa.func.max(feeds.c.last_success_at)))
    return None if moment is None else to_micros(moment)


def _not_to_come(known_at: int) -> int:
    """The moment asked for, or this one: nobody has heard what is to come."""
    return min(known_at, time.time_ns() // 1000)


def _warn_of_others(told: revisions.Shown, left_out: int, asked: str) -> None:
    """Which revision is shown, how much each has read, and what takes in the rest.

    Only where nobody asked for this revision now.
    """
    shown, newest = told.chosen[0].revision.id, told.newest.revision.id
    done = told.counts.get(shown, 0)
    known = plural(done + left_out, "text")
    read = f"it has read {done:,} of the {known} that the table can rest on"
    if asked != revisions.AUTO:
        rest = (
            "others have read the rest: series.revision of the configuration asks for this one,"
            " --revision auto or mixed for others"
        )
    elif newest == shown:
        rest = (
            "only older ones have read the rest: `rotascope analyze --again` reads it (of texts"
            " that are kept), or --revision mixed takes it in"
        )
    else:
        rest = (
            f"the newest, {newest}, has read {told.counts.get(newest, 0):,} and is shown once"
            " `rotascope analyze --again` is through (of texts that are kept); --revision mixed"
            " takes in both"
        )
    log.warning("the series shows analysis revision %s: %s; %s", shown, read, rest)


def count_pending(
    connection: sa.Connection,
    revision_ids: Sequence[str],
    *,
    since: int | None = None,
    until: int | None = None,
    seen_by: int | None = None,
) -> Pending:
    """What the chosen revisions have not analysed, of what was published and seen then."""
    limits = revisions.within(since=since, until=until, seen_by=seen_by)
    every = sa.select(sa.func.count()).select_from(text_versions)
    chosen = sa.select(sa.func.count(analyses.c.version_id.distinct())).where(
        analyses.c.revision_id.in_(revision_ids)
    )
    if limits:
        every = every.join(articles, articles.c.id == text_versions.c.article_id).where(*limits)
        chosen = (
            chosen.join(text_versions, text_versions.c.id == analyses.c.version_id)
            .join(articles, articles.c.id == text_versions.c.article_id)
            .where(*limits)
        )
    total, never, done = (
        int(connection.scalar(query) or 0) for query in (every, every.where(unanalyzed), chosen)
    )
    return Pending(never=never, by_others=max(0, total - never - done))


def count_elsewhere(store: Store, loaded: Loaded, shown: slice) -> int:
    """Text versions of the periods `shown` that only other revisions have read."""
    bounds = loaded.periods.bounds[shown.start : shown.stop + 1]
    if not loaded.pending.by_others or len(bounds) < 2:
        return 0
    with store.connect() as connection:
        return count_pending(
            connection,
            loaded.corpus.revisions,
            since=int(bounds[0]),
            until=int(bounds[-1]) - 1,
            seen_by=loaded.as_of,
        ).by_others


def metadata(loaded: Loaded, what: str, *, wide: bool) -> dict[str, Any]:
    """How a table was made: the same inputs give the same metadata, whenever it is written."""
    known = None if loaded.as_of is None else from_micros(loaded.as_of).isoformat()
    return {
        "format": f"rotascope {what}",
        "schema_version": EXPORT_SCHEMA_VERSION,
        "rotascope_version": __version__,
        "form": "wide" if wide else "long",
        "timezone": loaded.params.timezone,
        "as_of": known,
        "revisions": list(loaded.corpus.revisions),
        "models": list(loaded.corpus.models),
        "params": loaded.params.as_dict(),
    }


def _check_span(span: tuple[str | None, str | None], params: Params) -> list[int]:
    start, end = span
    low = None if start is None else moment_micros(start, params.timezone)
    high = None if end is None else moment_micros(end, params.timezone, end=True)
    if low is not None and high is not None and low > high:
        raise UsageError(f"--from {start} is after --to {end}; swap them")
    return [moment for moment in (low, high) if moment is not None]


def _check_window(params: Params, count: int) -> None:
    if params.window > count:
        raise UsageError(
            f"a window of {plural(params.window, 'period')} is longer than the data, which has"
            f" {count}; choose --window {max(2, count // 2)} or a shorter --freq"
        )
