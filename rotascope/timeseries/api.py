"""The series as one call: what to read, which periods and groups, and the table that results."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import sqlalchemy as sa

from rotascope import __version__
from rotascope.errors import StoreError, UsageError
from rotascope.linking import assign_stories
from rotascope.store import revisions
from rotascope.store.schema import analyses, from_micros, text_versions, unanalyzed
from rotascope.timeseries.columns import COLUMNS, EXPORT_SCHEMA_VERSION
from rotascope.timeseries.corpus import Corpus
from rotascope.timeseries.flows import flow_table
from rotascope.timeseries.groups import Selection, needs_tickers, select
from rotascope.timeseries.params import Params, make_params
from rotascope.timeseries.periods import Periods, make_periods, moment_micros
from rotascope.timeseries.points import points
from rotascope.timeseries.read import read_corpus
from rotascope.timeseries.wide import choose_values, widen

if TYPE_CHECKING:
    from rotascope.config import Settings
    from rotascope.store import Store
    from rotascope_nlp.gazetteer import Gazetteer

What = Literal["points", "flows"]
Moment = str | date | datetime | None

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pending:
    """Text versions that are left out: analysed by no revision, or only by others."""

    never: int
    by_others: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.never + self.by_others


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a series is made from, and what is left out."""

    corpus: Corpus
    periods: Periods
    selection: Selection
    params: Params
    as_of: int | None
    pending: Pending


def series(
    store: str | Path | Store | None = None,
    *,
    what: What = "points",
    start: Moment = None,
    end: Moment = None,
    freq: str | None = None,
    groups: str | Sequence[str] | None = None,
    as_of: Moment = None,
    revision: str | None = None,
    wide: bool = False,
    values: str | Sequence[str] | None = None,
    settings: Settings | None = None,
    **options: Any,
) -> pd.DataFrame:
    """The sector series, or the flows, as a table; its columns are those of docs/series.md.

    `store`: a path, a URL or an open Store; default: the configuration's.  `start`, `end`: the
    first and last period, by any date or time in it.  `groups`: a list, or names with commas.
    `as_of`: the series as it was known then.  `revision`: an analysis revision, "mixed" or
    "auto"; default the configuration's.
    `wide`: one row per period.  `values`: what wide points have a column for each group of; default
    its score, "all" for everything.  `options`: calendar, timezone, half_life_days, shrinkage,
    level_prior, confidence, min_count, window, min_periods, momentum; the configuration has their
    defaults.  `attrs["metadata"]` tells how it was made, `attrs["pending"]` how many text versions
    are left out, as `never` analysed or `by_others`: only by other revisions, which is also logged.
    Raises UsageError for what contradicts or is unknown, StoreError where there is nothing to read.
    """
    settings = settings or _load_settings()
    groups = groups.split(",") if isinstance(groups, str) else groups
    if what not in COLUMNS:
        raise UsageError(f"unknown table {what!r}; choose of {', '.join(COLUMNS)}")
    chosen = choose_values(values, what=what, wide=wide)
    params = make_params(settings.series, {"freq": freq, **options})
    with _opened(store, settings) as opened:
        loaded = load(
            opened,
            params=params,
            settings=settings,
            groups=groups,
            span=(_text(start), _text(end)),
            as_of=_text(as_of),
            revision=revision,
            window_given=options.get("window") is not None,
        )
    shown = loaded.periods.window(_text(start), _text(end))
    if what == "points":
        table = points(loaded.corpus, loaded.periods, loaded.selection, params, shown)
    else:
        wanted = loaded.selection.singles if groups else None
        table = flow_table(loaded.corpus, loaded.periods, shown, wanted)
    if wide:
        table = widen(table, what, loaded.periods, shown, values=chosen)
    table.attrs["metadata"] = metadata(loaded, what, wide=wide)
    table.attrs["pending"] = asdict(loaded.pending)  # pandas writes attrs as JSON
    return table


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
    """Read the store and lay out periods and groups; see `series` for what is raised."""
    moments = _check_span(span, params)
    known_at = None if as_of is None else moment_micros(as_of, params.timezone, end=True)
    keys = assign_stories(store)
    with store.connect() as connection:
        used = revisions.used(connection)
        chosen = revisions.choose(used, revision or settings.series.revision)
        models = [(one.revision.id, one.revision.model) for one in chosen]
        corpus = read_corpus(
            connection, chosen=models, as_of=known_at, tickers=needs_tickers(groups), keys=keys
        )
        pending = count_pending(connection, [one.revision.id for one in chosen])
    if revision is None and pending.by_others:
        _warn_of_others(used, chosen[0], pending.by_others, settings.series.revision)
    if not len(corpus.articles):
        when = f" by {as_of}" if as_of else ""
        raise StoreError(f"no analysed article was seen{when}; choose a later --as-of")
    kinds = dict(zip(corpus.groups, corpus.kinds, strict=True))
    selection = select(
        groups, known=kinds, custom=settings.groups, listed=partial(_is_listed, settings)
    )
    published = corpus.articles.published
    first = min([int(published.min()), *moments])
    last = max([int(published.max()), *moments])
    periods = make_periods(params, first, last)
    if window_given:
        data = periods.locate(published)
        _check_window(params, int(data.max() - data.min()) + 1)
    return Loaded(corpus, periods, selection, params, known_at, pending)


def _warn_of_others(
    used: Sequence[revisions.Used], shown: revisions.Used, left_out: int, asked: str
) -> None:
    """Tell what the series leaves out, and what takes it in; nobody asked for this revision now."""
    newest = [one for one in used if one.analyses][-1]
    newer = (
        ""
        if newest.revision.id == shown.revision.id
        else f"; the newest, {newest.revision.id}, has analysed {newest.analyses:,} of"
        f" {shown.analyses + left_out:,}"
    )
    mend = (
        "`rotascope analyze --again` (of texts that are kept), or --revision mixed, takes them in"
        if asked == revisions.AUTO
        else "series.revision of the configuration asks for it, --revision auto or mixed for others"
    )
    log.warning(
        "%s text versions are analysed by other revisions only and left out of the series of"
        " revision %s%s; %s",
        f"{left_out:,}",
        shown.revision.id,
        newer,
        mend,
    )


def count_pending(connection: sa.Connection, revision_ids: Sequence[str]) -> Pending:
    """What the chosen revisions have not analysed."""
    every = sa.select(sa.func.count()).select_from(text_versions)
    chosen = sa.select(sa.func.count(analyses.c.version_id.distinct())).where(
        analyses.c.revision_id.in_(revision_ids)
    )
    total, never, done = (
        int(connection.scalar(query) or 0) for query in (every, every.where(unanalyzed), chosen)
    )
    return Pending(never=never, by_others=max(0, total - never - done))


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
            f"a window of {params.window} periods is longer than the data, which has {count};"
            f" choose --window {max(2, count // 2)} or a shorter --freq"
        )


def _is_listed(settings: Settings, symbol: str) -> bool:
    """Whether a company has this symbol, in the listings or in the configuration."""
    own = {company.symbol for company in settings.names.companies}
    return symbol in own or _listings().company(symbol) is not None


@lru_cache(maxsize=1)
def _listings() -> Gazetteer:
    from rotascope_nlp.gazetteer import load_gazetteer

    return load_gazetteer()


def _text(moment: Moment) -> str | None:
    if moment is None or isinstance(moment, str):
        return moment
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC).isoformat()
    return moment.isoformat()


def _load_settings() -> Settings:
    from rotascope.config import load_settings

    return load_settings()


@contextmanager
def _opened(store: str | Path | Store | None, settings: Settings) -> Iterator[Store]:
    from rotascope.config import default_store
    from rotascope.store import Store as StoreClass

    if isinstance(store, StoreClass):
        yield store
        return
    location = store or settings.store.url or default_store()
    with StoreClass.open(location, create=False) as opened:
        yield opened
