"""`rotascope score`: one text, page or URL, or a file of texts."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TextIO

import click

from rotascope.cli.common import App, echo_json, pass_app, progress, to_json
from rotascope.cli.model_options import device_options, with_model
from rotascope.wording import plural

if TYPE_CHECKING:
    from rotascope.analysis import Analyzer, Input
    from rotascope.marked import Back
    from rotascope.reading import Reading


@click.command("score")
@click.argument("source", required=False, metavar="[FILE|URL|-]")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object; --jsonl does so anyway."
)
@click.option("--jsonl", metavar="IN", help="Score a file of texts, one JSON object a line.")
@click.option(
    "--output",
    metavar="OUT",
    help="Where --jsonl writes: OUT is replaced when all is scored. Default standard output.",
)
@click.option("--model", metavar="M", help="Model name or folder; default: the configuration's.")
@device_options
@click.option(
    "--published", metavar="DATE", help="When the text was; default: as its page says, or today."
)
@click.option("--explain", is_flag=True, help="Also say how each mention was found or turned down.")
@click.option(
    "--allow-private-hosts", is_flag=True, help="Let a URL lead to a private or loopback address."
)
@pass_app
def command(
    app: App,
    *,
    source: str | None,
    as_json: bool,
    jsonl: str | None,
    output: str | None,
    model: str | None,
    device: str | None,
    backend: str | None,
    published: str | None,
    explain: bool,
    allow_private_hosts: bool,
) -> int:
    """Score one text, page or file of texts.

    SOURCE is a text or HTML file, a URL, or `-` for standard input.  With --jsonl, each line of IN
    is an object with "text" or "title", or both, and optionally "id", "published", "targets"; a
    line that cannot be scored yields an "error" and the rest go on.
    """
    if (source is None) == (jsonl is None):
        raise click.UsageError("give either one FILE, URL or '-', or --jsonl IN")
    if explain and (as_json or jsonl is not None):
        raise click.UsageError("--explain is for reading; as JSON: rotascope explain FILE --json")
    with_model(app.settings, device=device, backend=backend)  # wrong usage is told before any work
    load = partial(load_analyzer, app, model, device=device, backend=backend)
    if jsonl is not None:
        if published is not None:
            raise click.UsageError('--published is for one text; a line of IN has its "published"')
        return _score_lines(load, jsonl, output)
    if output is not None:
        raise click.UsageError("--output belongs to --jsonl; redirect standard output instead")
    assert source is not None
    told = told_day(published)
    given = read_source(app, source, allow_private=allow_private_hosts)
    _show(load(), given, published_day(told, given), as_json=as_json, explain=explain)
    return 0


def told_day(published: str | None) -> date | None:
    """What --published says; raises UsageError."""
    from rotascope.reading import day_of

    if published is None:
        return None
    if day := day_of(published):
        return day
    raise click.UsageError(
        f"--published {published!r} is no date from 1990 on; write it as 2024-07-05"
    )


def published_day(told: date | None, given: Reading) -> date:
    """The day of a text that somebody reads now: as told, else as its page says, else today."""
    return told or given.published or datetime.now().astimezone().date()


def load_analyzer(
    app: App, model: str | None, *, device: str | None = None, backend: str | None = None
) -> Analyzer:
    """The language stage and model in force; what is given goes before the configuration."""
    from rotascope.cli.memory import keep_for_good, keep_little
    from rotascope.pipeline import load_analyzer as load

    settings = with_model(app.settings, name=model, device=device, backend=backend)
    keep_little()
    analyzer = load(settings)
    keep_for_good()
    return analyzer


def read_source(app: App, source: str, *, allow_private: bool) -> Reading:
    """Read SOURCE; raises InputError, FeedsError or UsageError that says what to do."""
    from rotascope import reading
    from rotascope.errors import UsageError

    if hint := reading.hint_for_many(source):
        raise UsageError(hint)
    if source == "-":
        return reading.read_bytes(sys.stdin.buffer.read(), source="standard input")
    if reading.is_url(source):
        return reading.read_url(source, settings=app.settings, allow_private=allow_private)
    return reading.read_file(Path(source))


def _show(analyzer: Analyzer, given: Reading, day: date, *, as_json: bool, explain: bool) -> None:
    from rotascope.analysis import Input
    from rotascope.marked import as_read

    item, back = as_read(Input(given.text, given.title))
    analysis = analyzer.analyze(item.text, title=item.title, published=day)
    if as_json:
        from rotascope.contract import to_json as form

        echo_json({**back(form(analysis)), "id": given.source}, indent=2)
        return
    from rich.console import Console

    from rotascope.cli.render import render, render_links

    console = Console(highlight=False)
    render(analysis, console)
    if explain:
        render_links(analysis, console)


def _score_lines(load: Callable[[], Analyzer], path: str, output: str | None) -> int:
    _check_output(path, output)
    with ExitStack() as stack:
        lines = stack.enter_context(_reader(path))
        analyzer = load()
        out = stack.enter_context(_writer(output))
        advance = stack.enter_context(progress("scoring"))
        scored = total = 0
        for row in _rows(_unpacked(lines, path), analyzer):
            out.write(to_json(row) + "\n")
            total += 1
            scored += "error" not in row
            advance(1)
    if total == 0:
        click.echo(f"error: {path} holds no lines; each needs a JSON object", err=True)
    elif scored < total:
        click.echo(f"{total - scored:,} of {plural(total, 'line')} could not be scored", err=True)
    return 0 if scored else 1


def _unpacked(lines: TextIO, path: str) -> Iterator[str]:
    """The lines; raises InputError where what is compressed breaks off."""
    from rotascope.errors import InputError

    try:
        yield from lines
    except (gzip.BadGzipFile, EOFError, zlib.error) as exc:
        raise InputError(f"{path} is no whole gzip file ({exc}); get it again") from exc


def _rows(lines: Iterable[str], analyzer: Analyzer) -> Iterator[dict[str, Any]]:
    """Rows of the output, in the order of the lines; blank lines are passed over."""
    from rotascope.contract import parse_line, to_json
    from rotascope.errors import InputError
    from rotascope.marked import as_read

    waiting: deque[tuple[Any, InputError | Back]] = deque()

    def inputs() -> Iterator[Input]:
        for line in lines:
            if not line.strip():
                continue
            id_, item = parse_line(line)
            if isinstance(item, InputError):
                waiting.append((id_, item))
            else:
                read, back = as_read(item)
                waiting.append((id_, back))
                yield read

    def errors_next() -> Iterator[dict[str, Any]]:
        while waiting and isinstance(waiting[0][1], InputError):
            id_, error = waiting.popleft()
            yield {"id": id_, "error": str(error)}

    for result in analyzer.analyze_many(inputs()):
        yield from errors_next()
        id_, back = waiting.popleft()
        if isinstance(result, InputError):
            yield {"id": id_, "error": str(result)}
        elif not isinstance(back, InputError):
            yield back(to_json(result, id=id_))
    yield from errors_next()


def _reader(path: str) -> Any:
    from rotascope.errors import InputError

    if path == "-":
        return click.open_file("-", encoding="utf-8", errors="replace")
    opener: Callable[..., Any] = gzip.open if path.lower().endswith(".gz") else open
    try:
        return opener(path, "rt", encoding="utf-8-sig", errors="replace", newline="\n")
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {exc.strerror}; check the path") from exc


def _check_output(path: str, output: str | None) -> None:
    """Before the model is loaded, and hours are spent."""
    from rotascope.files import check_target, is_standard_output

    if output is None or is_standard_output(output):
        return
    check_target(Path(output), force=True)
    if Path(output).exists() and Path(path).exists() and Path(output).samefile(path):
        raise click.UsageError(f"{output} is the file of texts itself; name another --output")


@contextmanager
def _writer(path: str | None) -> Iterator[IO[str]]:
    """OUT, written beside itself and put in place when it is whole."""
    from rotascope.files import is_standard_output, opened

    if path is None or is_standard_output(path):
        with click.open_file("-", "w", encoding="utf-8") as stream:
            yield stream
        return
    with opened(Path(path), force=True) as raw:
        out = TextIOWrapper(raw, encoding="utf-8", newline="\n", write_through=True)
        yield out
        out.detach()
