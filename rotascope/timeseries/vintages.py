"""Each period as it was known at its own end: what somebody could have acted on right then.

The latest view of a period holds articles that were published in it and seen after it, and texts
that were edited since.  Periods without any such are the same in both views.  The others are made
in the order of time from one reading of the store: from one end to the next only those periods
are summed up again of which something came to be known in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import sqlalchemy as sa

from rotascope.store.schema import articles, text_versions
from rotascope.timeseries.flows import flow_table
from rotascope.timeseries.levels import fade, nothing_faded
from rotascope.timeseries.loading import Loaded, load_history
from rotascope.timeseries.periods import Periods
from rotascope.timeseries.points import period_sums, points_of
from rotascope.timeseries.read import History
from rotascope.timeseries.tables import DAY_HOURS, news_at
from rotascope.timeseries.unfolding import Unfolding

if TYPE_CHECKING:
    from rotascope.store import Store

Ints = npt.NDArray[np.int64]


def as_first_known(
    store: Store,
    loaded: Loaded,
    shown: slice,
    latest: pd.DataFrame,
    *,
    what: str,
    groups: Sequence[str] | None,
) -> pd.DataFrame:
    """`latest`, the table of the periods `shown`, with each period as it was known at its end.

    `what`: points or flows; `groups`: those asked for.  Only periods are made again of which
    something, or of earlier ones, was seen after them.
    """
    ends = loaded.periods.bounds[1:]
    places = [at for at in late_periods(store, ends) if shown.start <= at < shown.stop]
    if not places:
        return latest
    history = load_history(store, loaded, groups)
    if what == "points":
        made = _points(loaded, history, places)
    else:
        made = _flows(loaded, history, places, loaded.selection.singles if groups else None)
    parts = [latest[~latest["period_end"].isin(_moments(ends[places]))], *made]
    filled = [part for part in parts if len(part)]
    joined = pd.concat(filled) if filled else latest.iloc[:0]
    return joined.sort_values("period_end", kind="stable", ignore_index=True)


def _points(loaded: Loaded, history: History, places: Sequence[int]) -> Iterator[pd.DataFrame]:
    """The points of each of `places`, in their order."""
    periods, selection, params = loaded.periods, loaded.selection, loaded.params
    unfolding = Unfolding(history, periods)
    sums = period_sums(*unfolding.nothing(), selection, len(periods), params)
    faded = nothing_faded(sums.single["weight"].shape)
    done = 0
    for place in places:
        changed = unfolding.go_to_end_of(place)
        for other in changed:
            sums.put(other, period_sums(*unfolding.period(other), selection, 1, params))
        head, so_far, running = (
            _slice(periods, 0, place + 1),
            sums.head(place + 1),
            faded.head(place + 1),
        )
        fade(
            running,
            so_far.single["mean"],
            so_far.single["weight"],
            head,
            params,
            start=min([done, *changed]),
        )
        done = place + 1
        yield points_of(so_far, head, selection, params, slice(place, place + 1), running)


def _flows(
    loaded: Loaded, history: History, places: Sequence[int], groups: Sequence[str] | None
) -> Iterator[pd.DataFrame]:
    """The flows of each of `places`, in their order."""
    unfolding = Unfolding(history, loaded.periods)
    for place in places:
        unfolding.go_to_end_of(place)
        corpus, layout = unfolding.period(place)
        alone = _slice(loaded.periods, place, place + 1)
        yield flow_table(corpus, alone, slice(0, 1), groups, layout)


def late_periods(store: Store, ends: Ints) -> list[int]:
    """The periods after whose end a text of them, or of an earlier one, was seen; `ends`: theirs.

    At its own end a period is over: what is seen at that very moment is late.
    """
    query = sa.select(
        articles.c.published_at,
        articles.c.first_seen_at,
        text_versions.c.seen_at,
        DAY_HOURS,
    ).join(text_versions, text_versions.c.article_id == articles.c.id)
    steps = np.zeros(len(ends) + 1, np.int64)
    with store.connect() as connection:
        cursor = connection.execute(query).cursor
        while rows := cursor.fetchmany(10_000):
            published, first_seen, seen, hours = np.array(rows, np.int64).T
            news = news_at(published, first_seen, hours)
            first, stop = (np.searchsorted(ends, moment, "right") for moment in (news, seen))
            np.add.at(steps, first, 1)
            np.add.at(steps, np.maximum(first, stop), -1)
    return np.flatnonzero(np.cumsum(steps[:-1])).tolist()


def _slice(periods: Periods, start: int, stop: int) -> Periods:
    return replace(
        periods, labels=periods.labels[start:stop], bounds=periods.bounds[start : stop + 1]
    )


def _moments(micros: Ints) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(micros.astype("datetime64[us]")).tz_localize("UTC")
