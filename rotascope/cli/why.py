"""`rotascope why GROUP --period P`: the sentences behind one point of the series."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from rotascope.cli.common import App, echo_json, pass_app
from rotascope.cli.export import series_keywords, series_options

if TYPE_CHECKING:
    from rotascope.timeseries.why import Point, Reason

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


@click.command("why")
@click.argument("group")
@click.option("--period", required=True, metavar="DATE", help="Any date or time in the period.")
@series_options
@click.option("--limit", type=click.IntRange(min=1), default=20, help="Sentences shown.")
@click.option("--json", "as_json", is_flag=True, help="Everything, as one JSON object.")
@pass_app
def command(
    app: App, /, *, group: str, period: str, limit: int, as_json: bool, **options: Any
) -> None:
    """List the sentences that made a point, with weights that add up to its score."""
    from rotascope.timeseries.loading import load
    from rotascope.timeseries.params import make_params
    from rotascope.timeseries.why import one_group, why

    given = series_keywords(options)
    as_of, revision = given.pop("as_of"), given.pop("revision")
    settings = app.settings
    params = make_params(settings.series, given)
    with app.store(create=False) as store:
        loaded = load(
            store,
            params=params,
            settings=settings,
            groups=[group],
            as_of=as_of,
            revision=revision,
            window_given=given["window"] is not None,
        )
        one_group(loaded.selection.groups)
        with store.connect() as connection:
            point = why(connection, loaded, period)
    if as_json:
        echo_json(_document(point), indent=2)
    else:
        _show(point, limit)


def _document(point: Point) -> dict[str, Any]:
    row = {name: _plain(value) for name, value in point.row.items()}
    return {**row, "evidence": [asdict(reason) for reason in point.reasons]}


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        text: str = value.isoformat()
        return text[:10] if text.endswith("T00:00:00") else text
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value


def _show(point: Point, limit: int) -> None:
    row = point.row
    label = _plain(row["period"])
    if math.isnan(row["score"]):
        click.echo(f"{point.group}, {label}: no score; {row['n_stories']} stories")
    else:
        click.echo(
            f"{point.group}, {label}: {row['score']:+.3f}"
            f" (90 % interval {row['lo']:+.2f} to {row['hi']:+.2f},"
            f" {row['n_stories']} stories, {row['n_articles']} articles)"
        )
    for reason in point.reasons[:limit]:
        click.echo(f"\n{reason.contribution:+.4f} = {reason.weight:.4f} x {reason.score:+.3f}")
        for line in _lines(reason):
            click.echo(f"    {line}")
    _rest(point.reasons[limit:])


def _lines(reason: Reason) -> list[str]:
    if reason.source == "shrinkage":
        return ["shrinkage towards neutral"]
    told = [_clean(reason.sentence) if reason.sentence else "(the text is not kept)"]
    when = f"{reason.published_at:%Y-%m-%d %H:%M} UTC" if reason.published_at else ""
    source = ", ".join(
        _clean(part) for part in (reason.publisher, reason.title or "", when) if part
    )
    return [*told, source, *([_clean(reason.url)] if reason.url else [])]


def _clean(text: str) -> str:
    """One line without control characters: titles come from strangers, and a terminal obeys."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _rest(reasons: Sequence[Reason]) -> None:
    if reasons:
        total = sum(reason.contribution for reason in reasons)
        click.echo(f"\n{total:+.4f} from {len(reasons)} more (--limit, or --json for all)")
