"""`rotascope analyze`: work off what is stored and not yet analysed by the present revision."""

from __future__ import annotations

import click

from rotascope.cli.common import App, echo_json, now, pass_app, progress


@click.command("analyze")
@click.option("--model", metavar="M", help="Model name or folder; default: the configuration's.")
@click.option(
    "--again",
    is_flag=True,
    help="Also analyse what an older revision has analysed; its rows stay beside the new ones.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_app
def command(app: App, *, model: str | None, again: bool, as_json: bool) -> int:
    """Analyse the backlog: text versions that no analysis of the store covers yet.

    With --again also those which an older revision (model, rules, gazetteer or groups) covers.
    """
    from rotascope.pipeline import analyze_backlog, load_analyzer

    with app.store(create=False) as store:
        analyzer = load_analyzer(app.settings, model=model)
        total = store.count_pending(analyzer.revision.id, again=again)
        with progress("analysing", total) as advance:
            report = analyze_backlog(
                store,
                analyzer=analyzer,
                again=again,
                now=now,
                progress=advance,
                keep_text=app.settings.store.keep_text,
            )
        gone = store.count_gone(analyzer.revision.id) if again else 0
    if gone:
        click.echo(
            f"note: {gone:,} texts are not kept and cannot be analysed again;"
            " `export --revision mixed` shows them as older revisions read them",
            err=True,
        )
    if as_json:
        echo_json(
            {
                "revision": report.revision,
                "analyzed": report.analyzed,
                "failed": report.failed,
            }
        )
    else:
        failed = f", {report.failed} held nothing to analyse" if report.failed else ""
        click.echo(f"analysed {report.analyzed} texts{failed} (revision {report.revision})")
    return 0
