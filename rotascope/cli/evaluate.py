"""`rotascope evaluate`: measure a model, or the reading of rotation, on labelled data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rotascope.cli.common import App, echo_json, pass_app
from rotascope.cli.model_options import device_options, with_model
from rotascope.wording import plural
from rotascope_models.devices import BACKENDS, CPU_BACKENDS

if TYPE_CHECKING:
    from rotascope.config import Settings
    from rotascope.evaluate.rotation import RotationFigures
    from rotascope_models.runtime import Model

Figures = dict[str, Any]


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
    help="What to measure; told from the data if left out, rotation excepted.",
)
@click.option("--model", metavar="M", help="Model name or folder; default: the configuration's.")
@device_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--reference",
    type=click.Choice([each for each in BACKENDS if each != "auto"]),
    help="Also run this backend, and say how far the two agree.",
)
@pass_app
def command(
    app: App,
    *,
    data: Path,
    task: str | None,
    model: str | None,
    device: str | None,
    backend: str | None,
    as_json: bool,
    reference: str | None,
) -> None:
    """Measure the model (or, with --task rotation, flows and stances) on labelled data."""
    from rotascope.errors import InputError

    if str(data) == "-":
        raise click.UsageError(
            "--data cannot read standard input: the file's ending tells its form"
        )
    if task == "rotation" and reference:
        raise click.UsageError(
            "--reference compares sentiment; it does not go with --task rotation"
        )
    settings = with_model(app.settings, name=model, device=device, backend=backend)
    if not data.is_file():
        raise InputError(f"there is no file {data}")
    if task == "rotation":
        figures, lines = _rotation(settings, data)
    else:
        figures = _sentiment(settings, data, task, reference)
        lines = _sentiment_lines(figures)
    if as_json:
        echo_json(figures)
    else:
        click.echo("\n".join(lines))


def _sentiment(settings: Settings, data: Path, task: str | None, reference: str | None) -> Figures:
    from rotascope.evaluate.run import evaluate as measure

    other = _load(settings, reference) if reference else None
    return measure(data, _load(settings), task=task, reference=other)


def _load(settings: Settings, reference: str | None = None) -> Model:
    """The configuration's model, or the same in the backend `reference`."""
    from rotascope.pipeline import load_sentiment

    if reference is None:
        return load_sentiment(settings.model)
    device = "cpu" if reference in CPU_BACKENDS else settings.model.device
    update = {"backend": reference, "device": device, "precision": "auto"}
    return load_sentiment(settings.model.model_copy(update=update))


def _rotation(settings: Settings, data: Path) -> tuple[Figures, list[str]]:
    from rotascope.evaluate.rotation import load_passages, score_passages
    from rotascope.evaluate.run import identity
    from rotascope.pipeline import load_analyzer

    passages = load_passages(data, groups=settings.groups)
    analyzer = load_analyzer(settings)
    figures = score_passages(passages, analyzer.analyze)
    computed = {
        "file": data.name,
        "task": "rotation",
        **identity(analyzer.model),
        "analysis_revision": analyzer.revision.id,
    }
    lines = [*_fields(computed), "", *_rotation_lines(figures)]
    return computed | figures.as_dict(), lines


def _rotation_lines(figures: RotationFigures) -> list[str]:
    """Two tables: flows and ends by precision and recall, then shares with their counts."""
    out = [
        f"{'':<31}{'right':>7}{'claimed':>9}{'in gold':>9}{'precision':>11}{'recall':>8}{'F1':>7}"
    ]
    for name, counts in (
        ("directed flows", figures.flows),
        ("groups left or entered", figures.ends),
    ):
        out.append(
            f"{name:<31}{counts.found:>7}{counts.predicted:>9}{counts.expected:>9}"
            f"{counts.precision:>11.3f}{counts.recall:>8.3f}{counts.f1:>7.3f}"
        )
    shares = (
        ("no rotation, none asserted", figures.no_rotation_clean, figures.no_rotation),
        ("status, of the flows right", figures.status_right, figures.flows.found),
        ("stances with a row", figures.stances_found, figures.stances),
        ("sign right, of these", figures.stances_right, figures.stances_found),
    )
    of_all = f"of {plural(figures.passages, 'passage')}"
    out += ["", f"{of_all:<31}{'count':>7}{'of':>9}{'share':>9}"]
    for name, count, of in shares:
        share = f"{count / of:.3f}" if of else "-"
        out.append(f"{name:<31}{count:>7}{of:>9}{share:>9}")
    return out


def _sentiment_lines(figures: Figures) -> list[str]:
    from rotascope_models.base import LABELS

    rest = dict(figures)
    table = rest.pop("confusion", None)
    out = _fields(rest)
    if table is not None:
        out.append("confusion (row: true, column: predicted)")
        out.append(" " * 12 + "".join(f"{label:>10}" for label in LABELS))
        for label, row in zip(LABELS, table, strict=True):
            out.append(f"  {label:<10}" + "".join(f"{n:>10}" for n in row))
    return out


def _fields(figures: Figures) -> list[str]:
    return [
        f"{key:<12}" + ", ".join(f"{k} {v}" for k, v in value.items())
        if isinstance(value, dict)
        else f"{key:<23} {value}"
        for key, value in figures.items()
    ]
