"""The series as one call: what to read, which periods and groups, and the table that results."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from rotascope.errors import UsageError
from rotascope.store.schema import from_micros
from rotascope.timeseries.columns import COLUMNS
from rotascope.timeseries.flows import flow_table
from rotascope.timeseries.groups import names_of
from rotascope.timeseries.loading import PERIOD_END, Loaded, count_elsewhere, load, metadata
from rotascope.timeseries.params import make_params
from rotascope.timeseries.points import points
from rotascope.timeseries.vintages import as_first_known
from rotascope.timeseries.wide import choose_values, widen

if TYPE_CHECKING:
    from rotascope.config import Settings
    from rotascope.store import Store

log = logging.getLogger(__name__)

What = Literal["points", "flows"]
Moment: TypeAlias = str | date | datetime | np.datetime64 | pd.Period | int | None


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
    first and last period, by any date or time in it, or a year.  `groups`: names in a list, or with
    commas.
    `as_of`: the series as it was known then; "period-end": each period as it was known at its own
    end (docs/series.md).  `revision`: an analysis revision, "mixed" or
    "auto"; default the configuration's.
    `wide`: one row per period.  `values`: what wide points have a column for each group of; default
    its score, "all" for everything.  `options`: calendar, timezone, half_life_days, shrinkage,
    level_prior, confidence, min_count, window, min_periods, momentum; the configuration has their
    defaults.  `attrs["metadata"]` tells how it was made, `attrs["pending"]` how many text versions
    are left out, as `never` analysed or `by_others`: only by other revisions, which is also logged,
    `attrs["articles"]` when the `first` and the `last` article was published, and whether the table
    is `quiet`: without any, and how many texts of its periods are read `elsewhere`: only by other
    revisions; `attrs["periods"]` the `first` and the `last` period of the window,
    which need not have a flow.  Groups of one's own that the revision shown was made without are
    logged and stand in `attrs["articles"]` as `unread`.
    Raises UsageError for what contradicts or is unknown, StoreError where there is nothing to read.
    """
    settings = settings or _load_settings()
    groups = None if groups is None else names_of(groups)
    if what not in COLUMNS:
        raise UsageError(f"unknown table {what!r}; choose of {', '.join(COLUMNS)}")
    chosen = choose_values(values, what=what, wide=wide)
    params = make_params(settings.series, {"freq": freq, **options})
    span = (_text("start", start), _text("end", end))
    known_at = _text("as_of", as_of)
    each_at_its_end = known_at == PERIOD_END
    with _opened(store, settings) as opened:
        loaded = load(
            opened,
            params=params,
            settings=settings,
            groups=groups,
            span=span,
            as_of=None if each_at_its_end else known_at,
            revision=revision,
            window_given=options.get("window") is not None,
        )
        _warn_of_unread(loaded)
        shown = loaded.periods.window(*span)
        table = _table(loaded, shown, what, named=bool(groups))
        elsewhere = count_elsewhere(opened, loaded, shown)
        if each_at_its_end:
            table = as_first_known(opened, loaded, shown, table, what=what, groups=groups)
    table = _with_text(table, what)
    quiet = not table["n_articles"].any()
    if wide:
        groups = [
            group for group in loaded.selection.groups if group not in loaded.selection.sparse
        ]
        table = widen(
            table,
            what,
            loaded.periods,
            shown,
            values=chosen,
            groups=groups,
            revisions=loaded.corpus.revisions,
        )
    made = metadata(loaded, what, wide=wide)
    table.attrs["metadata"] = {**made, "as_of": PERIOD_END} if each_at_its_end else made
    # pandas writes attrs as JSON
    table.attrs["pending"] = asdict(loaded.pending)
    table.attrs["articles"] = {**_span(loaded), "quiet": quiet, "elsewhere": elsewhere}
    table.attrs["articles"]["unread"] = list(loaded.unread)
    labels = loaded.periods.labels[shown]
    ends = {"first": labels[0], "last": labels[-1]} if len(labels) else {}
    table.attrs["periods"] = {end: label.isoformat() for end, label in ends.items()}
    return table


def _table(loaded: Loaded, shown: slice, what: What, *, named: bool) -> pd.DataFrame:
    """The table of the periods shown; `named`: flows of the groups asked for alone."""
    corpus, periods, selection = loaded.corpus, loaded.periods, loaded.selection
    if what == "points":
        return points(corpus, periods, selection, loaded.params, shown)
    return flow_table(corpus, periods, shown, selection.singles if named else None)


def _warn_of_unread(loaded: Loaded) -> None:
    if loaded.unread:
        log.warning(
            "analysis revision %s was made with other groups than the configuration's and has no"
            " news of %s; `rotascope analyze --again` reads it (in texts that are kept)",
            ", ".join(loaded.corpus.revisions),
            ", ".join(loaded.unread),
        )


def _span(loaded: Loaded) -> dict[str, str]:
    published = loaded.corpus.articles.published
    first, last = from_micros(int(published.min())), from_micros(int(published.max()))
    return {"first": first.isoformat(), "last": last.isoformat()}


def _with_text(table: pd.DataFrame, what: What) -> pd.DataFrame:
    """Text columns as text, also where they are empty or hold nothing but missing values."""
    text = pd.Series(["text"]).dtype
    return table.astype({spec.name: text for spec in COLUMNS[what] if spec.type == "text"})


def _text(name: str, moment: Moment) -> str | None:
    """`moment` as `parse_moment` reads it; raises UsageError that names the argument."""
    if moment is None or isinstance(moment, str):
        return moment
    if isinstance(moment, np.datetime64):
        # By its unit a day, a month or a year, or else a time.
        dated = np.datetime_data(moment)[0] in ("D", "M", "Y")
        return str(moment) if dated else pd.Timestamp(moment).isoformat()
    if isinstance(moment, pd.Period):
        return str(moment)
    if isinstance(moment, int | np.integer) and 1000 <= moment <= 9999:
        return str(moment)
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC).isoformat()
    if isinstance(moment, date):
        return moment.isoformat()
    raise UsageError(f"{name} is a date, a time, a year or text, not {moment!r}")


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
