"""Score a column of texts: a tidy table that keeps the row of each text, also where it fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from rotascope.analysis import Input
from rotascope.api import analyzer_of
from rotascope.errors import InputError, UsageError
from rotascope.reading import day_of
from rotascope.types import Analysis, Sentiment
from rotascope_feeds.markup import readable, readable_title

if TYPE_CHECKING:
    import pandas as pd

    from rotascope_models.base import SentimentModel

COLUMNS: dict[str, dict[str, str]] = {
    "scores": {
        "kind": "str",
        "group": "str",
        "score": "float64",
        "negative": "float64",
        "neutral": "float64",
        "positive": "float64",
        "relevance": "float64",
        "mentions": "Int64",
        "error": "str",
    },
    "flows": {
        "from": "str",
        "to": "str",
        "status": "str",
        "confidence": "float64",
        "attributed": "boolean",
        "evidence": "str",
        "error": "str",
    },
}
"""Table -> its columns and their pandas types."""

What = Literal["scores", "flows"]
_Row = dict[str, Any]


def score_frame(
    frame: pd.DataFrame,
    *,
    text: str = "text",
    title: str | None = None,
    published: str | None = None,
    what: What = "scores",
    model: str | SentimentModel | None = None,
) -> pd.DataFrame:
    """Score the texts of a column: rows in the order of `frame`, under its index labels.

    `text`, `title`, `published`: names of columns; a title alone is enough.  `published` holds the
    texts' dates, as for `analyze`; a cell without one that can be read counts as none.  `what`:
    - "scores": for each text a row of `kind` "overall", then one for each group and ticker found:
      `group`, `score` in [-1, 1], `negative`, `neutral`, `positive` (sum 1), `relevance` in [0, 1]
      and `mentions` (both missing for "overall").
    - "flows": a row for each flow: `from`, `to` (missing where unnamed), `status`, `confidence`,
      `attributed` and `evidence`; a text without any has no row.
    A text that cannot be scored (an empty cell, blanks, no string) is one row with its `error`,
    and all else missing; it never stops the others.  HTML is read as archives are: `evidence` holds
    the words as they are read.  `model`: as for `analyze`.
    Raises UsageError for a column that is not there or an unknown `what`, else as `analyze`.
    """
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        mend = "; make it one with .to_frame('text')" if isinstance(frame, pd.Series) else ""
        raise UsageError(f"score_frame takes a DataFrame, not {type(frame).__name__}{mend}")
    if what not in COLUMNS:
        raise UsageError(f"unknown table {what!r}; choose of {', '.join(COLUMNS)}")
    inputs = list(_inputs(frame, text, title, published))
    analyses = analyzer_of(model).analyze_many(one for one in inputs if isinstance(one, Input))
    rows: list[_Row] = []
    places: list[int] = []
    for place, one in enumerate(inputs):
        found = next(analyses) if isinstance(one, Input) else one
        made = list(_rows(found, what))
        rows += made
        places += [place] * len(made)
    columns = COLUMNS[what]
    table = pd.DataFrame(rows, index=frame.index.take(places), columns=list(columns))
    return table.astype(columns)


def _inputs(
    frame: pd.DataFrame, text: str, title: str | None, published: str | None
) -> Iterator[Input | InputError]:
    for name in (text, title, published):
        if name is not None:
            _check_column(frame.columns.tolist(), name)
    columns = (
        [None] * len(frame) if name is None else frame[name].tolist()
        for name in (text, title, published)
    )
    for body, head, day in zip(*columns, strict=True):
        yield _input(body, head, day)


def _check_column(held: list[object], name: str) -> None:
    if name not in held:
        below = any(isinstance(one, tuple) and name in one for one in held)  # of a MultiIndex
        mend = "; its columns have several levels: name one by its tuple" if below else ""
        told = ", ".join(map(str, held)) or "none"
        raise UsageError(f"there is no column {name!r}; the table has {told}{mend}")
    if held.count(name) > 1:
        raise UsageError(f"there are several columns {name!r}; rename them")


def _input(body: object, head: object, day: object) -> Input | InputError:
    body, head = (None if _missing(cell) else cell for cell in (body, head))
    for name, cell in (("text", body), ("title", head)):
        if cell is not None and not isinstance(cell, str):
            return InputError(f"a {name} is a string, not {type(cell).__name__}")
    if body is None and head is None:
        return InputError("the text is empty")
    published = None if _missing(day) else day_of(day)
    title = None if head is None else readable_title(str(head))
    return Input(readable(str(body or "")), title, published=published)


def _missing(cell: object) -> bool:
    """None, NaN, pandas' NA, or blanks."""
    import pandas as pd

    if isinstance(cell, str):
        return not cell.strip()
    return bool(pd.api.types.is_scalar(cell) and pd.isna(cell))


def _rows(found: Analysis | InputError, what: What) -> Iterator[_Row]:
    if isinstance(found, InputError):
        yield {"error": str(found)}
    elif what == "scores":
        yield {"kind": "overall", **_sentiment(found.overall)}
        for row in found.groups:
            named = {"kind": row.kind, "group": row.group}
            counted = {"relevance": row.relevance, "mentions": row.mentions}
            yield {**named, **_sentiment(row.sentiment), **counted}
    else:
        for flow in found.flows:
            yield {
                "from": flow.from_group,
                "to": flow.to_group,
                "status": flow.status,
                "confidence": flow.confidence,
                "attributed": flow.attributed,
                "evidence": flow.text,
            }


def _sentiment(sentiment: Sentiment) -> _Row:
    return {
        "score": sentiment.score,
        "negative": sentiment.negative,
        "neutral": sentiment.neutral,
        "positive": sentiment.positive,
    }
