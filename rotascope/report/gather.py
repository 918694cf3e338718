"""What a report shows, read from the store at one moment: points, flows, and their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from rotascope.errors import UsageError
from rotascope.report import grid
from rotascope.report.contents import Report
from rotascope.report.evidence import MAX_QUOTES, Book, Cell, Quote, Source, cell
from rotascope.report.sheet import PICK, pick
from rotascope.store.dialect import chunks
from rotascope.store.schema import analyses, articles, evidence, flows, text_versions
from rotascope.timeseries.corpus import STATUSES
from rotascope.timeseries.flows import flow_table
from rotascope.timeseries.grid import lay_out, make_grid, story_flows
from rotascope.timeseries.groups import split_pair
from rotascope.timeseries.loading import Loaded, load, metadata
from rotascope.timeseries.params import make_params
from rotascope.timeseries.points import points
from rotascope.wording import plural

if TYPE_CHECKING:
    from rotascope.config import Settings
    from rotascope.store import Store

Ints = npt.NDArray[np.int64]

MAX_PERIODS = 30
"""Periods shown where no first one is asked for: what a page shows without scrolling sideways."""

_Best = dict[tuple[str, str], tuple[list[tuple[int, float]], int]]
_Claimed = dict[tuple[str | None, str | None, str], list[tuple[int, float]]]

MOST_PERIODS = 120
"""Periods of one page: more would be too many to read, and 3 MB and more to load."""

NO_TEXT = "(the text is not kept in this store)"


@dataclass(frozen=True, slots=True)
class _Text:
    """What an analysis was made of, and where it comes from."""

    source: Source
    title: str | None
    text: str | None

    def cut(self, field: str, start: int, end: int) -> str:
        whole = self.title if field == "title" else self.text
        return whole[start:end] if whole is not None else NO_TEXT


def gather(
    store: Store,
    *,
    settings: Settings,
    start: str | None = None,
    end: str | None = None,
    groups: Sequence[str] | None = None,
    as_of: str | None = None,
    revision: str | None = None,
    title: str | None = None,
    **options: Any,
) -> Report:
    """Everything for one page, for the window asked for or else the last `MAX_PERIODS` periods.

    `options`: `freq` and the others of `rotascope.series`.  Raises as that does.
    """
    params = make_params(settings.series, options)
    loaded = load(
        store,
        params=params,
        settings=settings,
        groups=groups,
        span=(start, end),
        as_of=as_of,
        revision=revision,
        window_given=options.get("window") is not None,
    )
    shown = loaded.periods.window(start, end)
    if start is None:
        shown = slice(max(shown.start, shown.stop - MAX_PERIODS), shown.stop)
    if shown.start >= shown.stop:
        raise UsageError("the window holds no period with news; choose other --from and --to")
    if shown.stop - shown.start > MOST_PERIODS:
        raise UsageError(
            f"{shown.stop - shown.start} periods are more than one page shows ({MOST_PERIODS});"
            " choose a later --from, or a longer --freq"
        )
    table = points(loaded.corpus, loaded.periods, loaded.selection, params, shown)
    moved = flow_table(
        loaded.corpus, loaded.periods, shown, loaded.selection.singles if groups else None
    )
    return Report(
        title=title or settings.report.title,
        freq=params.freq,
        points=table,
        flows=moved,
        book=_book(store, loaded, shown),
        facts=_facts(loaded, shown, as_of),
        method=_method(loaded),
        named=loaded.selection.named,
    )


def _facts(loaded: Loaded, shown: slice, as_of: str | None) -> list[str]:
    layout = lay_out(loaded.corpus, loaded.periods)
    inside = (layout.period >= shown.start) & (layout.period < shown.stop)
    first, last = (loaded.periods.labels[at] for at in (shown.start, shown.stop - 1))
    form = "%b %Y" if loaded.params.freq == "M" else f"{grid.axis_format('D')} %Y"
    facts = [
        " to ".join(dict.fromkeys(grid.written(label, form) for label in (first, last))),
        f"{plural(inside.sum(), 'article')} telling"
        f" {plural((inside & layout.counts).sum(), 'story')}",
    ]
    return [*facts, f"as known at {as_of}"] if as_of else facts


def _method(loaded: Loaded) -> dict[str, str]:
    made = metadata(loaded, "points", wide=False)
    params = {key: value for key, value in made["params"].items() if value is not None}
    method = {
        "Model": ", ".join(made["models"]),
        "Analysis revision": ", ".join(made["revisions"]),
        "As known at": made["as_of"] or "the time of writing",
        "Series": ", ".join(f"{key} {value}" for key, value in params.items()),
        "Rotascope": made["rotascope_version"],
    }
    if loaded.pending.total:
        count = loaded.pending.total
        method["Left out"] = f"{plural(count, 'text version')} that this revision has not analysed"
    return method


def _book(store: Store, loaded: Loaded, shown: slice) -> dict[str, Cell]:
    wanted = _best_articles(loaded, shown)
    claimed = _claims(loaded, shown)
    weighty = {analysis for rows, _ in wanted.values() for analysis, _ in rows}
    telling = {analysis for rows in claimed.values() for analysis, _ in rows[:MAX_QUOTES]}
    ids = sorted(weighty | telling)
    with store.connect() as connection:
        texts = _texts(connection, ids)
        scored = _scored(connection, sorted(weighty), texts)
        told = _told(connection, sorted(telling), texts)
    book = {}
    for (group, key), (rows, count) in wanted.items():
        quotes = [
            Quote(quote.source, quote.text, share * quote.weight, quote.score)
            for analysis, share in rows
            for quote in scored.get((analysis, group), ())
        ]
        book[_key("score", group, key)] = cell(quotes, count)
    book |= _pairs(loaded, book, {key for _, key in wanted})
    for (source, target, key), rows in claimed.items():
        ends = source, target
        quotes = [quote for analysis, _ in rows for quote in told.get((analysis, *ends), ())]
        book[_key("flow", source or "", target or "", key)] = cell(quotes, len(rows))
    return book


def _pairs(loaded: Loaded, book: Book, keys: Iterable[str]) -> dict[str, Cell]:
    """The evidence of a pair: of each of its ends the weightiest half."""
    found = {}
    for pair in set(loaded.selection.groups) - set(loaded.selection.singles):
        for key in keys:
            halves = [book.get(_key("score", end, key)) for end in split_pair(pair)]
            known = [half for half in halves if half]
            quotes = [quote for half in known for quote in half.quotes[: MAX_QUOTES // 2]]
            if quotes:
                found[_key("score", pair, key)] = cell(quotes, sum(half.total for half in known))
    return found


def _key(*parts: str) -> str:
    return pick(*parts).removeprefix(PICK)


def _best_articles(loaded: Loaded, shown: slice) -> _Best:
    """Per group and period: the stories that weigh most, as (analysis, share), and how many."""
    corpus, groups = loaded.corpus, loaded.selection.singles
    layout = lay_out(corpus, loaded.periods)
    sums = make_grid(corpus, layout, groups, len(loaded.periods), loaded.params)
    low, high = (at * len(groups) for at in (shown.start, shown.stop))
    inside = np.flatnonzero((sums.row_cells >= low) & (sums.row_cells < high))
    cells, share = sums.row_cells[inside], sums.means.share[inside]
    analysis = corpus.articles.analysis[corpus.scores.article[sums.rows[inside]]]
    order = np.lexsort((analysis, -share, cells))
    cells, share, analysis = cells[order], share[order], analysis[order]
    distinct, first, count = np.unique(cells, return_index=True, return_counts=True)
    keys = [grid.period_key(label) for label in loaded.periods.labels[shown]]
    found: _Best = {}
    for number, start, n in zip(distinct, first, count, strict=True):
        period, group = divmod(int(number), len(groups))
        best = range(int(start), int(start) + min(int(n), MAX_QUOTES))
        rows = [(int(analysis[at]), float(share[at])) for at in best]
        found[groups[group], keys[period - shown.start]] = rows, int(n)
    return found


def _claims(loaded: Loaded, shown: slice) -> _Claimed:
    """Per flow and period the analyses that make the claim, the strongest first."""
    corpus = loaded.corpus
    layout = lay_out(corpus, loaded.periods)
    rows, strength = story_flows(corpus, layout)
    names: tuple[str | None, ...] = (*corpus.groups, None)
    found: dict[tuple[str | None, str | None, str], dict[int, float]] = defaultdict(dict)
    for row, strong in zip(rows, strength, strict=True):
        article = int(corpus.claims.article[row])
        at = int(layout.period[article])
        if not shown.start <= at < shown.stop:
            continue
        ends = names[int(corpus.claims.source[row])], names[int(corpus.claims.target[row])]
        best = found[*ends, grid.period_key(loaded.periods.labels[at])]
        analysis = int(corpus.articles.analysis[article])
        best[analysis] = max(best.get(analysis, 0.0), float(strong))
    return {
        key: sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        for key, best in found.items()
    }


def _texts(connection: sa.Connection, ids: Sequence[int]) -> dict[int, _Text]:
    query = (
        sa.select(
            analyses.c.id,
            text_versions.c.title,
            text_versions.c.text,
            articles.c.url,
            articles.c.publisher,
            articles.c.published_at,
        )
        .join(text_versions, text_versions.c.id == analyses.c.version_id)
        .join(articles, articles.c.id == text_versions.c.article_id)
    )
    return {
        row.id: _Text(
            Source(
                title=row.title or "",
                publisher=row.publisher,
                published=f"{row.published_at:%Y-%m-%d %H:%M} UTC",
                url=row.url,
            ),
            row.title,
            row.text,
        )
        for row in _rows(connection, query, analyses.c.id, ids)
    }


def _scored(
    connection: sa.Connection, ids: Sequence[int], texts: Mapping[int, _Text]
) -> dict[tuple[int, str], list[Quote]]:
    """The sentences behind each group's score in an analysis; weights sum to 1 in each."""
    sums: dict[tuple[int, str, str, int, int], list[tuple[float, float]]] = defaultdict(list)
    query = sa.select(evidence).order_by(evidence.c.analysis_id, evidence.c.ordinal)
    for row in _rows(connection, query, evidence.c.analysis_id, ids):
        place = (row.analysis_id, row.group_id, row.field, row.sentence_start, row.sentence_end)
        sums[place].append((row.weight, row.positive - row.negative))
    found: dict[tuple[int, str], list[Quote]] = defaultdict(list)
    for (analysis, group, field, start, end), parts in sums.items():
        weight = sum(part for part, _ in parts)
        score = sum(part * value for part, value in parts) / weight if weight else 0.0
        text = texts[analysis]
        found[analysis, group].append(
            Quote(text.source, text.cut(field, start, end), weight, score)
        )
    return found


def _told(
    connection: sa.Connection, ids: Sequence[int], texts: Mapping[int, _Text]
) -> dict[tuple[int, str | None, str | None], list[Quote]]:
    """The sentences that tell of each flow."""
    found: dict[tuple[int, str | None, str | None], list[Quote]] = defaultdict(list)
    query = sa.select(flows).order_by(flows.c.analysis_id, flows.c.ordinal)
    for row in _rows(connection, query, flows.c.analysis_id, ids):
        text = texts[row.analysis_id]
        found[row.analysis_id, row.from_group, row.to_group].append(
            Quote(
                text.source,
                text.cut(row.field, row.start, row.end),
                weight=row.confidence * (1 + (row.status == STATUSES[0])),
                status=row.status,
            )
        )
    return found


def _rows(connection: sa.Connection, query: Any, column: Any, ids: Iterable[int]) -> Iterator[Any]:
    for part in chunks(list(ids)):
        yield from connection.execute(query.where(column.in_(part)))
