"""An analysis for a person: the verdict first, then groups, tickers and flows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from rotascope.types import Analysis, MentionScore, Sentiment
from rotascope.wording import one_line
from rotascope_nlp.groups import display_name
from rotascope_nlp.types import Flow

BAR_CELLS = 10
"""Cells on each side of a bar's middle."""
CLEAR = 0.1
"""Scores nearer to zero than this are called neutral."""
MAX_TICKERS = 20


def render(analysis: Analysis, console: Console) -> None:
    """Print the analysis."""
    console.print(_verdict(analysis))
    for heading, body in (
        ("Groups", _groups(analysis)),
        ("Tickers", _tickers(analysis.mentions)),
        ("Flows", _flows(analysis.flows)),
    ):
        console.print(Text(f"\n{heading}", style="bold"))
        console.print(Padding(body or Text("none found", style="dim"), (0, 0, 0, 2)))
    if analysis.flows:
        console.print(Text(f"  rotation intensity {analysis.intensity:.2f} of 1", style="dim"))


def render_links(analysis: Analysis, console: Console) -> None:
    """Two tables: what was taken and how, and what was turned down and why."""
    groups = Column("groups", no_wrap=True)  # a name cut short could be another's
    taken = Table("at", "text", "is", groups, "found by", "confidence", "score", box=None)
    for row in analysis.mentions:
        mention = row.mention
        taken.add_row(
            _place(mention.field, mention.start),
            escape(one_line(mention.text)),
            escape(one_line(mention.symbol or mention.name or mention.kind)),
            escape("\n".join(mention.groups)),
            mention.method,
            f"{mention.confidence:.2f}",
            f"[{color(row.sentiment.score)}]{row.sentiment.score:+.2f}[/]",
        )
    console.print("\n[bold]Linked[/bold]")
    console.print(taken if analysis.mentions else "  nothing")
    refused = Table("at", "text", "was not", "because", box=None)
    for no in analysis.rejected:
        refused.add_row(
            _place(no.field, no.start),
            escape(one_line(no.text)),
            escape(one_line(no.candidate)),
            escape(one_line(no.reason)),
        )
    console.print("\n[bold]Turned down[/bold]")
    console.print(refused if analysis.rejected else "  nothing")


def word(score: float) -> str:
    """`positive`, `negative`, or `neutral` within `CLEAR` of zero."""
    return "positive" if score > CLEAR else "negative" if score < -CLEAR else "neutral"


def color(score: float) -> str:
    """The colour of `word(score)`."""
    return {"positive": "green", "negative": "red", "neutral": "yellow"}[word(score)]


def bar(score: float) -> Text:
    """A bar from the middle: to the left for negative, to the right for positive."""
    cells = round(abs(score) * BAR_CELLS)
    left = ("█" * cells if score < 0 else "").rjust(BAR_CELLS)
    right = ("█" * cells if score > 0 else "").ljust(BAR_CELLS)
    return Text.assemble((left, "red"), ("│", "dim"), (right, "green"))


def _verdict(analysis: Analysis) -> RenderableType:
    sentiment = analysis.overall
    count = len(analysis.sentences)
    line = Text.assemble(
        (word(sentiment.score).upper(), f"bold {color(sentiment.score)}"),
        (f" {sentiment.score:+.2f}", f"bold {color(sentiment.score)}"),
        f"   {_probabilities(sentiment)}",
    )
    source = Text(f"{count} sentence{'s' * (count != 1)}, {analysis.revision.model}", style="dim")
    title = [Text(one_line(analysis.title), style="bold")] if analysis.title else []
    return Group(*title, line, source)


def _probabilities(sentiment: Sentiment) -> str:
    return (
        f"negative {sentiment.negative:.0%}, neutral {sentiment.neutral:.0%},"
        f" positive {sentiment.positive:.0%}"
    )


def _plain_table() -> Table:
    return Table(box=None, show_header=True, header_style="dim", pad_edge=False)


def _groups(analysis: Analysis) -> RenderableType | None:
    rows = [row for row in analysis.groups if row.kind != "ticker"]
    if not rows:
        return None
    table = _plain_table()
    for name, justify in (("group", "left"), ("", "left"), ("score", "right")):
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    table.add_column("mentions", justify="right")
    table.add_column("relevance", justify="right")
    for row in rows:
        score = row.sentiment.score
        table.add_row(
            escape(display_name(row.group)),
            bar(score),
            Text(f"{score:+.2f}", style=color(score)),
            str(row.mentions),
            f"{row.relevance:.2f}",
        )
    return table


def _tickers(mentions: Sequence[MentionScore]) -> RenderableType | None:
    by_symbol: dict[str, list[MentionScore]] = {}
    for row in mentions:
        if row.mention.symbol:
            by_symbol.setdefault(row.mention.symbol, []).append(row)
    if not by_symbol:
        return None
    table = _plain_table()
    for name in ("symbol", "name", "sector"):
        table.add_column(name)
    for name in ("mentions", "score", "relevance"):
        table.add_column(name, justify="right")
    order = sorted(by_symbol.items(), key=lambda pair: (-pair[1][0].relevance, pair[0]))
    for symbol, rows in order[:MAX_TICKERS]:
        first = rows[0].mention
        score = sum(row.sentiment.score for row in rows) / len(rows)
        table.add_row(
            escape(one_line(symbol)),
            escape(one_line(first.name or "")),
            display_name(first.sector) if first.sector else "",
            str(len(rows)),
            Text(f"{score:+.2f}", style=color(score)),
            f"{rows[0].relevance:.2f}",
        )
    if len(order) > MAX_TICKERS:
        return Group(table, Text(f"and {len(order) - MAX_TICKERS} more (--json)", style="dim"))
    return table


def _flows(flows: Sequence[Flow]) -> RenderableType | None:
    """Arrows, those of one sentence together, each bundle followed by its sentence."""
    lines: list[RenderableType] = []
    for _, bundle in groupby(flows, key=lambda flow: (flow.field, flow.start, flow.end)):
        same = list(bundle)
        lines += [*map(arrow, same), _quote(same[0])]
    return Group(*lines) if lines else None


def arrow(flow: Flow) -> Text:
    """`from -> to`, with status and confidence; an end that is not named is an ellipsis."""
    ends = [display_name(end) if end else "…" for end in (flow.from_group, flow.to_group)]
    attributed = ", attributed" if flow.attributed else ""
    return Text.assemble(
        (f"{ends[0]} -> {ends[1]}", "bold" if flow.status == "asserted" else ""),
        (f"   {flow.status}{attributed}, confidence {flow.confidence:.2f}", "dim"),
    )


def _quote(flow: Flow) -> RenderableType:
    return Padding(Text(f"“{one_line(flow.text)}”", style="italic"), (0, 0, 0, 2))


def _place(field: str, start: int) -> str:
    return f"title {start}" if field == "title" else str(start)
