"""`rotascope evaluate`: measure a model, or the rotation rules, on labelled data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rotascope.cli.common import App, echo_json, pass_app


@click.command("evaluate")
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Labelled data: JSONL, or a public form (docs/quality.md).",
)
@click.option(
    "--task",
    type=click.Choice(["targeted", "sentence", "rotation"]),
    help="What to measure; told from the data if left out.",
)
@click.option("--model", metavar="M", help="Model name or folder; default: the configuration's.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--reference",
    type=click.Choice(["onnx", "openvino", "torch"]),
    help="Also run this backend, and say how far the two agree.",
)
@pass_app
def command(
    app: App,
    *,
    data: Path,
    task: str | None,
    model: str | None,
    as_json: bool,
    reference: str | None,
) -> None:
    """Measure the model (or, with --task rotation, the rotation rules) on labelled data."""
    from rotascope.errors import InputError

    if not data.is_file():
        raise InputError(f"there is no file {data}")
    if task == "rotation":
        figures = _rotation(app, data, model)
    else:
        figures = _model(app, data, task, model, reference)
    if as_json:
        echo_json(figures)
        return
    for line in _lines(figures):
        click.echo(line)


evaluate = command


def _model(
    app: App, data: Path, task: str | None, model: str | None, reference: str | None
) -> dict[str, Any]:
    from rotascope.evaluate.run import evaluate as measure
    from rotascope_models import load_model

    name = model or app.settings.model.name
    other = load_model(name, backend=reference) if reference else None
    return measure(data, load_model(name), task=task, reference=other)


def _rotation(app: App, data: Path, model: str | None) -> dict[str, Any]:
    from rotascope.evaluate.rotation import evaluate_rotation

    if model:
        raise click.UsageError("--task rotation takes no --model: it measures the rules")
    return dict(evaluate_rotation(data).as_dict())


def _lines(figures: dict[str, Any]) -> list[str]:
    from rotascope_models.base import LABELS

    out = []
    for key, value in figures.items():
        if key == "confusion":
            out.append("confusion (row: true, column: predicted)")
            out.append(" " * 12 + "".join(f"{label:>10}" for label in LABELS))
            for label, row in zip(LABELS, value, strict=True):
                out.append(f"  {label:<10}" + "".join(f"{n:>10}" for n in row))
        elif isinstance(value, dict):
            out.append(f"{key:<12}" + ", ".join(f"{k} {v}" for k, v in value.items()))
        else:
            out.append(f"{key:<23} {value}")
    return out
