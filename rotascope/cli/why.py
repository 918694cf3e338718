"""`rotascope why GROUP --period P`: the sentences behind one point of the series."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from rotascope.cli.common import App, echo_json, pass_app
from rotascope.cli.export import series_keywords, series_options
from rotascope.wording import one_line, plural

if TYPE_CHECKING:
    from rotascope.timeseries.why import Claim, Point, Reason


@click.command("why")
@click.argument("group")
@click.option("--period", required=True, metavar="DATE", help="Any date or time in the period.")
@click.option(
    "--to", "end", metavar="DATE", help="The table's --to: auto chooses the revision by it."
)
@series_options
@click.option("--limit", type=click.IntRange(min=1), default=20, help="Sentences shown.")
@click.option("--json", "as_json", is_flag=True, help="Everything, as one JSON object.")
@pass_app
def command(
    app: App,
    /,
    *,
    group: str,
    period: str,
    end: str | None,
    limit: int,
    as_json: bool,
    **options: Any,
) -> None:
    """List the sentences that made a point, with weights that add up to its score and flows."""
    from rotascope.timeseries.loading import PERIOD_END, load
    from rotascope.timeseries.params import make_params
    from rotascope.timeseries.why import last_moment, one_group, why

    given = series_keywords(options)
    as_of, revision = given.pop("as_of"), given.pop("revision")
    settings = app.settings
    params = make_params(settings.series, given)
    with app.store(create=False) as store:
        ask = partial(
            load,
            store,
            params=params,
            settings=settings,
            groups=[group],
            span=(None, end),
            window_given=given["window"] is not None,
        )
        loaded = ask(as_of=None if as_of == PERIOD_END else as_of, revision=revision)
        one_group(loaded.selection.groups)
        if as_of == PERIOD_END:
            # In the revision of the whole table, whatever had read most by the period's end.
            shown = loaded.corpus.revisions
            revision = shown[0] if len(shown) == 1 else revision
            loaded = ask(as_of=last_moment(loaded.periods, period), revision=revision)
        with store.connect() as connection:
            point = why(connection, loaded, period)
    if as_json:
        echo_json(_document(point), indent=2)
    else:
        _show(point, limit)


def _document(point: Point) -> dict[str, Any]:
    row = {name: _plain(value) for name, value in point.row.items()}
    claims = [asdict(claim) for claim in point.claims]
    for claim in claims:  # as the columns of `export --what flows` call them
        claim["from"], claim["to"] = claim.pop("source"), claim.pop("target")
    return {**row, "evidence": [asdict(reason) for reason in point.reasons], "claims": claims}


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
        click.echo(f"{point.group}, {label}: no score; {plural(row['n_stories'], 'story')}")
    else:
        click.echo(
            f"{point.group}, {label}: {row['score']:+.3f}"
            f" (90 % interval {row['lo']:+.2f} to {row['hi']:+.2f},"
            f" {plural(row['n_stories'], 'story')}, {plural(row['n_articles'], 'article')})"
        )
    for reason in point.reasons[:limit]:
        made = f"{reason.contribution:+.4f} = {reason.weight:.4f} x {reason.score:+.3f}"
        click.echo(f"\n{made}{_towards(reason)}")
        for line in _lines(reason):
            click.echo(f"    {line}")
    _rest(point.reasons, limit)
    _show_claims(point, limit)


def _towards(reason: Reason) -> str:
    """What the score is towards: two scores of one sentence are told apart by it."""
    if reason.source == "shrinkage":
        return ""
    if reason.source == "flow":
        return ", by the flow it tells of"
    words = f", towards “{one_line(reason.words)}”" if reason.words else ""
    return f"{words} ({reason.symbol})" if reason.symbol else words


def _lines(reason: Reason | Claim) -> list[str]:
    if reason.source == "shrinkage":
        return ["shrinkage towards neutral"]
    told = [one_line(reason.sentence) if reason.sentence else "(the text is not kept)"]
    when = f"{reason.published_at:%Y-%m-%d %H:%M} UTC" if reason.published_at else ""
    title = "" if reason.title == reason.sentence else reason.title or ""
    source = ", ".join(one_line(part) for part in (reason.publisher, title, when) if part)
    return [*told, source, *([one_line(reason.url)] if reason.url else [])]


def _rest(reasons: Sequence[Reason], limit: int) -> None:
    more = reasons[limit:]
    if more:
        total = sum(reason.contribution for reason in more)
        click.echo(f"\n{total:+.4f} from {len(more)} more (--limit, or --json for all)")
    if reasons:
        total = sum(reason.contribution for reason in reasons)
        click.echo(f"\n{total:+.4f} in all")


def _show_claims(point: Point, limit: int) -> None:
    if not point.claims:
        return
    row = point.row
    click.echo(f"\nFlows: in {row['inflow']:.2f}, out {row['outflow']:.2f}")
    for claim in point.claims[:limit]:
        ends = f"{claim.source or '…'} -> {claim.target or '…'}"
        told = f"{claim.status}, confidence {claim.confidence:.2f}"
        click.echo(f"\n{claim.direction} {claim.contribution:.2f}: {ends}, {told}")
        for line in _lines(claim):
            click.echo(f"    {line}")
    if len(point.claims) > limit:
        click.echo(f"\nand {len(point.claims) - limit} more (--limit, or --json for all)")
