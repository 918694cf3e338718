"""Each period as it was known at its own end: what somebody could have acted on right then.

The latest view of a period holds articles that were published in it and seen after it, and texts
that were edited since.  Periods without any such are the same in both views.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import sqlalchemy as sa

from rotascope.store.schema import articles, from_micros, text_versions
from rotascope.timeseries.loading import Loaded
from rotascope.timeseries.periods import Periods
from rotascope.timeseries.read import news_at
from rotascope_feeds.types import DATE_DAY

if TYPE_CHECKING:
    from rotascope.store import Store

Ints = npt.NDArray[np.int64]

PERIOD_END = "period-end"
"""What `as_of` says to ask for it."""


def as_first_known(
    store: Store,
    loaded: Loaded,
    shown: slice,
    latest: pd.DataFrame,
    *,
    ask: Callable[..., Loaded],
    make: Callable[[Loaded, slice], pd.DataFrame],
) -> pd.DataFrame:
    """`latest`, the table of the periods `shown`, with each period as it was known at its end.

    `ask` loads the series anew, `make` makes the table of some of its periods.  A period is read
    again only where something of it, or of earlier ones, was seen after it.
    """
    ends = loaded.periods.bounds[1:]
    places = [at for at in late_periods(store, ends) if shown.start <= at < shown.stop]
    if not places:
        return latest
    used = loaded.corpus.revisions
    parts = [latest[~latest["period_end"].isin(_moments(ends[places]))]]
    for place in places:
        known = ask(
            as_of=from_micros(int(ends[place]) - 1).isoformat(),
            revision=used[0] if len(used) == 1 else "mixed",
            within=_up_to(loaded.periods, place),
        )
        parts.append(make(known, slice(place, place + 1)))
    filled = [part for part in parts if len(part)]
    joined = pd.concat(filled) if filled else latest.iloc[:0]
    return joined.sort_values("period_end", kind="stable", ignore_index=True)


def late_periods(store: Store, ends: Ints) -> list[int]:
    """The periods after whose end a text of them, or of an earlier one, was seen; `ends`: theirs.

    At its own end a period is over: what is seen at that very moment is late.
    """
    query = sa.select(
        articles.c.published_at,
        articles.c.first_seen_at,
        text_versions.c.seen_at,
        articles.c.flags.contains(DATE_DAY),
    ).join(text_versions, text_versions.c.article_id == articles.c.id)
    steps = np.zeros(len(ends) + 1, np.int64)
    with store.connect() as connection:
        cursor = connection.execute(query).cursor
        while rows := cursor.fetchmany(10_000):
            published, first_seen, seen, only_day = np.array(rows, np.int64).T
            news = news_at(published, first_seen, only_day.astype(bool))
            first, stop = (np.searchsorted(ends, moment, "right") for moment in (news, seen))
            np.add.at(steps, first, 1)
            np.add.at(steps, np.maximum(first, stop), -1)
    return np.flatnonzero(np.cumsum(steps[:-1])).tolist()


def _up_to(periods: Periods, place: int) -> Periods:
    return replace(periods, labels=periods.labels[: place + 1], bounds=periods.bounds[: place + 2])


def _moments(micros: Ints) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(micros.astype("datetime64[us]")).tz_localize("UTC")
