"""The Python entry point for single texts; `frames` has the one for tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from threading import Lock
from types import NoneType

from rotascope.analysis import Analyzer
from rotascope.config import load_settings
from rotascope.errors import InputError, UsageError
from rotascope.pipeline import load_analyzer, load_language
from rotascope.types import Analysis
from rotascope_models.base import SentimentModel
from rotascope_nlp.pipeline import LanguageStage

_LOADING = Lock()
"""Held while anything loads: of two first calls at once the second waits for what the first has."""


def analyze(
    text: str,
    *,
    title: str | None = None,
    targets: Sequence[tuple[int, int]] | None = None,
    published: date | None = None,
    model: str | SentimentModel | None = None,
) -> Analysis:
    """Analyse one text: overall sentiment, mentions, groups and flows, with their evidence.

    `targets`: spans (start, end) of `text`, in code points, to score besides what is found; each
    has its row in `Analysis.targets`, in order, a bad span with its `error`.
    `published`: when the text was: "in 2021" is news in a text of 2021 and past in one of 2026.  No
    clock is read: without it the same text has the same analysis on any day.
    `model`: a name or folder, or a loaded model; default: the one of the configuration.
    Language stage and model are loaded at the first call and kept.
    Raises InputError where the text is no string or has no sentence, or a target is no pair;
    UsageError where `model` is none of these; ConfigError, NlpError or ModelError where the
    configuration, the language pipeline or the model cannot be loaded.
    """
    if not isinstance(text, str):  # NaN or None of a table's empty cell
        raise InputError(
            f"a text is a string, not {type(text).__name__}; score_frame scores a column of texts,"
            " empty cells too"
        )
    if not isinstance(title, (str, NoneType)):
        raise InputError(f"a title is a string or None, not {type(title).__name__}")
    if not isinstance(published, (date, NoneType)):
        raise InputError(f"published is a date or None, not {type(published).__name__}")
    if published != published:  # noqa: PLR0124  pandas' NaT is a date, and none
        published = None
    spans = _spans(targets)
    return analyzer_of(model).analyze(text, title=title, targets=spans, published=published)


def _spans(targets: Sequence[tuple[int, int]] | None) -> list[tuple[int, int]]:
    """The pairs, whatever they hold: a bad span is told in its row."""
    try:
        return [(start, end) for start, end in (() if targets is None else targets)]
    except (TypeError, ValueError) as exc:
        raise InputError("targets are pairs (start, end), as in [(0, 5)]") from exc


def analyzer_of(model: str | SentimentModel | None) -> Analyzer:
    """The language stage with a model; raises as `analyze` does where one cannot be loaded."""
    if not (isinstance(model, (str, NoneType)) or hasattr(model, "predict")):
        raise UsageError(
            f"model is a name or a folder, as text, or a loaded model, not {type(model).__name__}"
        )
    with _LOADING:
        if model is None or isinstance(model, str):
            return _loaded(model)
        return Analyzer(_loaded_language(), model)


@lru_cache(maxsize=2)
def _loaded(model: str | None) -> Analyzer:
    return load_analyzer(load_settings(), model=model, language=_loaded_language())


@lru_cache(maxsize=1)
def _loaded_language() -> LanguageStage:
    return load_language(load_settings())
