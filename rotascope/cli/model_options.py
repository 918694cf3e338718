"""`--device` and `--backend`: where the model runs, for this call alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rotascope_models.devices import BACKENDS, DEVICES, contradict, is_device

if TYPE_CHECKING:
    from rotascope.config import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def _device(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not is_device(value):
        raise click.BadParameter(f"{value!r} is no device; there are {DEVICES}")
    return value


def device_options(command: Command) -> Command:
    """Add the options `--device` and `--backend`."""
    device = click.option(
        "--device",
        metavar="auto|cpu|cuda|cuda:N",
        callback=_device,
        help="Where the model runs; default: the configuration's.",
    )
    backend = click.option(
        "--backend",
        type=click.Choice(BACKENDS),
        help="What runs the model; default: the configuration's.",
    )
    return device(backend(command))


def with_model(
    settings: Settings,
    *,
    name: str | None = None,
    device: str | None = None,
    backend: str | None = None,
) -> Settings:
    """The settings with what was given on the command line in place of their own.

    Raises UsageError where device and backend then contradict each other.
    """
    given = {"name": name, "device": device, "backend": backend}
    update = {key: value for key, value in given.items() if value is not None}
    model = settings.model.model_copy(update=update)
    if (device or backend) and contradict(model.device, model.backend):
        raise click.UsageError(
            f"backend {model.backend} runs on the CPU, not on {model.device}; "
            "give --backend auto or torch, or --device cpu"
        )
    return settings.model_copy(update={"model": model})
