"""The command `rotascope`: global options, lazily loaded verbs, and how errors are shown.

Exit codes: 0 everything asked for was answered, 1 nothing could be, 2 wrong usage or configuration,
130 stopped by Ctrl-C.  A verb lives in `rotascope.cli.<verb>` as a click command named `command`.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from rotascope.cli.common import EXIT_NOTHING, App, silence_broken_pipe, tell_stacks

VERBS: dict[str, str] = {
    "ingest": "Collect articles from feeds or an archive, and analyse them.",
    "analyze": "Analyse what was collected and is not analysed yet.",
    "score": "Score one text, page or file of texts.",
    "explain": "Say why a text has the tickers, groups and flows it has.",
    "export": "Write the sector series or the flows as CSV, Parquet, JSON or Excel.",
    "report": "Write one self-contained HTML report.",
    "plot": "Draw the series as PNG or SVG.",
    "why": "List the sentences behind one point of the series.",
    "feeds": "List, add, remove, check and discover feeds.",
    "backup": "Copy the store while it is in use, and check the copy.",
    "evaluate": "Measure the model and the rules on labelled data.",
    "demo": "Run everything once on a small set of feeds that comes along.",
    "info": "Show the configuration in force, versions, model and store.",
}
"""Verb -> its line in `rotascope --help`; the verb's module is imported only when it is called."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""A full disk or a quota: of what is printed, as a rule, since files name themselves."""

EXIT_USAGE = 2
EXIT_INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group whose verbs are imported when they are called, so that `--help` stays light."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"rotascope.cli.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            raise click.exceptions.NoSuchCommand(args[0], possibilities=list(VERBS), ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"rotascope {version('rotascope')}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Configuration that overlays the defaults.",
)
@click.option("--db", metavar="FILE|URL", help="The store: an SQLite file or a database URL.")
@click.option("--verbose", is_flag=True, help="Log what is done, and show tracebacks.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
@click.pass_context
def cli(ctx: click.Context, *, config: Path | None, db: str | None, verbose: bool) -> None:
    """News sentiment and directed sector rotation, as a point-in-time series.

    Global options stand before the verb; `rotascope VERB --help` tells of its own.
    """
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    tell_stacks()
    for noisy in ("httpcore", "httpx", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.INFO if verbose else logging.WARNING)
    ctx.obj = App(config=config, db=db, verbose=verbose)
    if config is not None:
        ctx.obj.loaded  # noqa: B018  a wrong file is told before any work, not in its midst


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; errors become one line on stderr.

    A verb may end by `ctx.exit(code)` or by returning its exit code.
    """
    args = list(sys.argv[1:] if argv is None else argv)
    try:
        result = cli.main(args=args, prog_name="rotascope", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except BrokenPipeError:
        silence_broken_pipe()
        return EXIT_NOTHING
    except SystemExit as exc:
        # click turns a broken pipe into SystemExit(1).
        return exc.code if isinstance(exc.code, int) else EXIT_NOTHING if exc.code else 0
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped; what was finished is stored", err=True)
        return EXIT_INTERRUPTED
    except click.ClickException as exc:
        exc.show()
        return exc.exit_code
    except Exception as exc:
        return _show(exc, verbose="--verbose" in args)


def _show(exc: Exception, *, verbose: bool) -> int:
    """Print `exc` as one line and return its exit code; the traceback only with `--verbose`."""
    from rotascope.errors import ConfigError, RotascopeError, UsageError
    from rotascope_feeds.errors import FeedsError
    from rotascope_models.errors import ModelError
    from rotascope_nlp.errors import NlpError

    if verbose:
        import traceback

        traceback.print_exception(exc)
    if isinstance(exc, (RotascopeError, FeedsError, NlpError, ModelError)):
        click.echo(f"error: {exc}", err=True)
        return EXIT_USAGE if isinstance(exc, (ConfigError, UsageError)) else EXIT_NOTHING
    if isinstance(exc, OSError) and exc.filename is None and exc.errno in _NO_ROOM:
        told = f"error: the output cannot be written: {exc.strerror}; what was stored is whole"
        with contextlib.suppress(OSError):
            click.echo(told, err=True)
        return EXIT_NOTHING
    hint = "" if verbose else " (rotascope --verbose … shows where)"
    text = " ".join(str(exc).split())
    click.echo(f"error: unexpected {type(exc).__name__}: {text}{hint}", err=True)
    return EXIT_NOTHING


if __name__ == "__main__":
    sys.exit(main())
