"""Rounds of collecting and analysing, as `rotascope ingest` runs them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from rotascope.cli.analyze import tell_failed, tell_older
from rotascope.cli.common import App, now, progress
from rotascope.cli.score import load_analyzer
from rotascope.wording import plural

if TYPE_CHECKING:
    from rotascope.analysis import Analyzer
    from rotascope.ingest import RoundReport
    from rotascope.store import Store

_EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
"""No clock that is right shows less; one without a battery starts in 1970, or where it stopped."""


@dataclass(frozen=True, slots=True)
class Analyzed:
    """Texts of the backlog that were analysed, and those that could not be.

    `note`: what there is to say of texts that only older revisions cover.
    """

    texts: int = 0
    failed: int = 0
    note: str = ""

    def __str__(self) -> str:
        return f"{plural(self.texts, 'text')} analysed{tell_failed(self.failed)}"


class Job:
    """One way of collecting, for one round or many; the model is loaded when it is first needed."""

    def __init__(
        self,
        app: App,
        urls: Sequence[str],
        *,
        pages: bool | None,
        allow_private: bool,
        analysis: bool,
        keep_text: bool,
        model: str | None,
    ) -> None:
        self.app = app
        self.urls = urls
        self._pages = pages
        self._allow_private = allow_private
        self._analysis = analysis
        self._keep_text = keep_text
        self._model = model
        self._analyzer: Analyzer | None = None
        self._noted = False

    def collect(
        self,
        store: Store,
        *,
        stop: Callable[[], bool] = lambda: False,
        show_progress: bool = True,
        wait_seconds: float = 0.0,
    ) -> RoundReport:
        """One round of collecting, under the lock."""
        from rotascope.errors import UsageError
        from rotascope.ingest import configured_sources, ingest_round, named_sources
        from rotascope.schedule import ingest_lock

        _check_clock(now())
        settings = self.app.settings
        if self.urls:
            sources = named_sources(self.urls, settings, store)
        else:
            sources = configured_sources(settings, store)
        if not sources:
            raise UsageError("there are no feeds: name URLs, or `rotascope feeds add URL`")
        bar = _bar("feeds", len(sources), show=show_progress)
        with ingest_lock(self.app.store_location, wait_seconds=wait_seconds), bar as advance:
            return ingest_round(
                store,
                sources,
                settings=settings,
                now=now,
                pages=self._pages,
                allow_private=self._allow_private,
                force=bool(self.urls),
                stop=stop,
                on_result=lambda _report: advance(1),
            )

    def analyze(self, store: Store, *, stop: Callable[[], bool] = lambda: False) -> Analyzed:
        """Work off the backlog."""
        if not self._analysis or stop() or self._nothing_to_analyze(store):
            return Analyzed()
        from rotascope.pipeline import analyze_backlog

        if self._analyzer is None:
            self._analyzer = load_analyzer(self.app, self._model)
        total = store.count_pending(self._analyzer.revision.id)
        with progress("analysing", total) as advance:
            report = analyze_backlog(
                store,
                analyzer=self._analyzer,
                now=now,
                stop=stop,
                progress=advance,
                keep_text=self._keep_text,
            )
        return Analyzed(report.analyzed, report.failed, self._note(store, report.revision))

    def _note(self, store: Store, revision_id: str) -> str:
        """Told once, not with each round."""
        if self._noted:
            return ""
        self._noted = True
        return tell_older(store, revision_id)

    def _nothing_to_analyze(self, store: Store) -> bool:
        """Whether loading the model can be spared: every text was analysed by some revision."""
        if self._analyzer is not None or self._model is not None:
            return False
        return store.count_pending("") == 0


def tell_note(analyzed: Analyzed) -> None:
    """On stderr, so that JSON stays clean."""
    if analyzed.note:
        click.echo(analyzed.note, err=True)


def _check_clock(moment: datetime) -> None:
    """No article is dated later than it is seen: a clock of 1970 would spoil its date for good."""
    from rotascope.errors import RotascopeError

    if moment < _EARLIEST:
        raise RotascopeError(
            f"the clock of this machine says {moment:%Y-%m-%d %H:%M} UTC; set it, or wait until"
            " the time service has: articles would get false dates"
        )


def _bar(label: str, total: int, *, show: bool) -> AbstractContextManager[Callable[[int], None]]:
    return progress(label, total) if show else nullcontext(_ignore)


def _ignore(_count: int) -> None:
    pass
