"""`rotascope backup`: a checked copy of the store, made while it is in use."""

from __future__ import annotations

from pathlib import Path

import click

from rotascope.cli.common import App, echo_json, pass_app, progress
from rotascope.wording import plural


@click.command("backup")
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace DEST if it exists.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_app
def command(app: App, *, dest: Path, force: bool, as_json: bool) -> int:
    """Copy the store to the file DEST, also while `ingest` writes to it, and check the copy.

    DEST appears only when it is whole. Restoring is copying it back.
    """
    from rotascope.store.backup import backup

    with progress("copying", total=100) as advance:
        shown = 0

        def tell(done: int, total: int) -> None:
            nonlocal shown
            percent = 100 * done // max(total, 1)
            advance(percent - shown)
            shown = percent

        made = backup(app.store_location, dest, force=force, progress=tell)
    if as_json:
        echo_json(
            {
                "path": made.path,
                "bytes": made.bytes,
                "articles": made.articles,
                "schema": made.schema,
            }
        )
    else:
        size = f"{made.bytes / 1e6:,.1f} MB"
        click.echo(f"{made.path}: {plural(made.articles, 'article')}, {size}, checked")
    return 0
