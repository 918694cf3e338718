"""`rotascope analyze`: work off what is stored and not yet analysed by the present revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rotascope.cli.common import App, echo_json, now, pass_app, progress
from rotascope.cli.score import load_analyzer
from rotascope.wording import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rotascope.store import Store
    from rotascope.store.analyses import Failure

_SHOWN_FAILURES = 20


@click.command("analyze")
@click.option("--model", metavar="M", help="Model name or folder; default: the configuration's.")
@click.option(
    "--again",
    is_flag=True,
    help="Also analyse what an older revision has analysed; its rows stay beside the new ones.",
)
@click.option(
    "--failed",
    is_flag=True,
    help="Also try again what could not be analysed, and list what still cannot be.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_app
def command(app: App, *, model: str | None, again: bool, failed: bool, as_json: bool) -> int:
    """Analyse the backlog: text versions that no analysis of the store covers yet.

    With --again also those which an older revision (model, rules, gazetteer or groups) covers.
    """
    from rotascope.pipeline import analyze_backlog

    with app.store(create=False) as store:
        analyzer = load_analyzer(app, model)
        total = store.count_pending(analyzer.revision.id, again=again, failed=failed)
        with progress("analysing", total) as advance:
            report = analyze_backlog(
                store,
                analyzer=analyzer,
                again=again,
                failed=failed,
                now=now,
                progress=advance,
                keep_text=app.settings.store.keep_text,
            )
        gone = store.count_gone(analyzer.revision.id) if again else 0
        older = tell_older(store, analyzer.revision.id)
        failures = store.failures() if failed else []
    if gone:
        click.echo(
            f"note: {plural(gone, 'text is', 'texts are')} not kept and cannot be analysed again;"
            " `export --revision mixed` shows them as older revisions read them",
            err=True,
        )
    if older:
        click.echo(older, err=True)
    if as_json:
        rows = [{"url": one.url, "title": one.title, "reason": one.reason} for one in failures]
        echo_json(
            {
                "revision": report.revision,
                "analyzed": report.analyzed,
                "failed": report.failed,
                **({"failures": rows} if failed else {}),
            }
        )
    else:
        _print_failures(failures)
        told = tell_failed(report.failed, hint=not failed)
        click.echo(f"analysed {plural(report.analyzed, 'text')}{told} (revision {report.revision})")
    return 0


def tell_failed(count: int, *, hint: bool = True) -> str:
    """The end of a sentence about texts analysed: those that could not be, and what shows them."""
    if not count:
        return ""
    return f", {count} could not be" + (
        " (`rotascope analyze --failed` lists them)" if hint else ""
    )


def tell_older(store: Store, revision_id: str) -> str:
    """How many texts an upgrade has left to older revisions, and what mends it; or nothing."""
    count = store.count_older(revision_id)
    if not count:
        return ""
    return (
        f"note: {plural(count, 'text is', 'texts are')} analysed by older revisions only;"
        f" `rotascope analyze --again` takes the present one, {revision_id}. Until that is"
        " through, a series may show an older one"
    )


def _print_failures(failures: Sequence[Failure]) -> None:
    from rotascope_feeds.secrets import mask_url

    for one in failures[:_SHOWN_FAILURES]:
        where = mask_url(one.url) if one.url else one.title or "a text without URL and title"
        click.echo(f"{one_line(where)}: {one.reason}", err=True)
    if len(failures) > _SHOWN_FAILURES:
        more = len(failures) - _SHOWN_FAILURES
        click.echo(f"... and {more} more; --json lists them all", err=True)
