"""Working off the store's backlog: text versions that the present revision has not analysed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from rotascope.analysis import Analyzer, Input
from rotascope.errors import ConfigError, InputError

if TYPE_CHECKING:
    from rotascope.config import Settings
    from rotascope.config_model import ModelSettings
    from rotascope.store import Store
    from rotascope_models import Model
    from rotascope_nlp.pipeline import LanguageStage

COMMIT_TEXTS = 64
"""Analyses written in one transaction: what an interruption can cost, some seconds of work."""


@dataclass(frozen=True, slots=True)
class BacklogReport:
    """What one pass over the backlog did.  `failed`: texts that hold nothing to analyse."""

    revision: str
    analyzed: int
    failed: int


def load_language(settings: Settings) -> LanguageStage:
    """The language stage, with the user's own names and groups.

    Raises ConfigError where those do not fit the companies on file.
    """
    import rotascope_nlp
    from rotascope.config_names import user_names
    from rotascope_nlp.errors import GazetteerError

    try:
        return rotascope_nlp.load(user=user_names(settings))
    except GazetteerError as exc:
        if not settings.names.companies and not settings.groups:
            raise  # the shipped companies are at fault
        raise ConfigError(f"names or groups of the configuration: {exc}") from exc


def load_analyzer(
    settings: Settings, *, model: str | None = None, language: LanguageStage | None = None
) -> Analyzer:
    """The language stage and the model that the configuration asks for, or `model`."""
    chosen = settings.model if model is None else settings.model.model_copy(update={"name": model})
    return Analyzer(language or load_language(settings), load_sentiment(chosen))


def load_sentiment(chosen: ModelSettings) -> Model:
    """The model of the configuration's section `model`.  Raises `load_model`'s errors."""
    from rotascope_models import load_model

    return load_model(
        chosen.name,
        device=chosen.device,
        backend=chosen.backend,
        precision=chosen.precision,
        threads=chosen.threads,
    )


def analyze_backlog(
    store: Store,
    *,
    analyzer: Analyzer,
    again: bool = False,
    failed: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Callable[[int], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
    keep_text: bool = True,
) -> BacklogReport:
    """Analyse every text version that no analysis covers yet, oldest first.

    With `again` also those that only other revisions cover: their rows stay beside the new ones;
    with `failed` also those that were tried and that no revision could analyse.
    A text is read as one of the day its article was published (in UTC; first seen, where its source
    gives no date), so that an analysis is the same whenever it is made, and whatever copy says.
    What is written is whole: an interruption loses at most some `COMMIT_TEXTS` analyses, which the
    next pass makes again.  `stop` is asked before each text is taken up.  With `keep_text` off,
    texts are dropped once they are analysed; one that could not be stays, to be tried again.
    """
    revision = analyzer.revision
    store.save_revision(revision, now())
    analyzed = refused = 0
    versions: deque[int] = deque()

    def inputs() -> Iterator[Input]:
        waiting = store.pending(revision.id, again=again, failed=failed)
        for version, title, text, published in waiting:
            if stop():
                return
            versions.append(version)
            yield Input(text or "", title or None, published=published.date())

    results = analyzer.analyze_many(inputs())
    while batch := list(islice(results, COMMIT_TEXTS)):
        rows = [
            (versions.popleft(), str(result) if isinstance(result, InputError) else result)
            for result in batch
        ]
        store.save_analyses(revision.id, rows, now(), keep_text=keep_text)
        refused += sum(isinstance(result, str) for _, result in rows)
        analyzed += sum(not isinstance(result, str) for _, result in rows)
        if progress:
            progress(len(rows))
    return BacklogReport(revision.id, analyzed, refused)
