"""`load_model`: from a name to a model that is ready to score."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rotascope_models import onnx, openvino, sanity
from rotascope_models.base import LABELS, ROLES
from rotascope_models.devices import (
    BACKENDS,
    CPU_BACKENDS,
    DEVICES,
    PRECISIONS,
    contradict,
    is_device,
)
from rotascope_models.errors import ModelError, ModelNotFound, ModelRejected
from rotascope_models.markers import CLOSE, OPEN
from rotascope_models.runtime import Engine, Model

BUNDLED = "bundled"
WEIGHTS = Path(__file__).parent / "weights"
FORMAT = 1


def load_model(
    name: str = BUNDLED,
    *,
    device: str = "auto",
    backend: str = "auto",
    precision: str = "auto",
    threads: int | None = None,
    check: bool = True,
) -> Model:
    """A model by name: "bundled", a folder, or a checkpoint's name on the Hugging Face hub.

    `device`: auto (a CUDA device if there is one, else the CPU), cpu, cuda, cuda:1.
    `backend`: auto, onnx, openvino, torch; other checkpoints than ours run in torch alone.
    `precision`, of what is not int8: auto (fp32 on a CPU, bf16 on a GPU), fp32, or bf16 (on a CPU
    with OpenVINO and AMX, or in torch).
    `threads`: CPU threads, all cores if not given.  `check`: refuse another checkpoint than the
    bundled one unless it reads three plain sentences rightly.

    Raises ModelNotFound, ModelRejected, ExtraMissing; their texts say what would mend it.
    """
    chosen = plan(name, device=device, backend=backend)
    if precision not in PRECISIONS:
        raise ModelError(f"no precision {precision!r}; there are {', '.join(PRECISIONS)}")
    if threads is not None and threads < 0:
        raise ModelError(f"no {threads} threads; give a number from 1 on, or None for all cores")
    count = threads or _cores()
    if chosen.settings is None:
        from rotascope_models import torch

        model = torch.load_checkpoint(
            name, device=chosen.device, precision=precision, threads=count, why=chosen.why
        )
    else:
        model = _exported(chosen, chosen.settings, precision=precision, threads=count)
    if check and name != BUNDLED:
        sanity.check(model)
    return model


@dataclass(frozen=True, slots=True)
class Plan:
    """What `load_model` will run.  `settings`: of an exported folder, None for a checkpoint.

    `device`: cpu, cuda, or cuda:N; which of them are there has not been asked.
    """

    folder: Path
    settings: dict[str, Any] | None
    backend: str
    device: str
    why: str


def plan(name: str, *, device: str = "auto", backend: str = "auto") -> Plan:
    """What `load_model` would run, without loading it; arguments and errors as there."""
    if backend not in BACKENDS:
        raise ModelError(f"no backend {backend!r}; there are {', '.join(BACKENDS)}")
    if not is_device(device):
        raise ModelError(f"no device {device!r}; there are {DEVICES}")
    folder = WEIGHTS / BUNDLED if name == BUNDLED else Path(name).expanduser()
    settings = _settings(folder, name)
    if settings is None and backend in CPU_BACKENDS:
        raise ModelRejected(
            f"{name} is a checkpoint for torch and does not run in {backend}; set model.backend "
            "to auto, or export it: python -m rotascope_models.training export"
        )
    if contradict(device, backend):
        raise ModelRejected(
            f"backend {backend} runs on the CPU, but device {device} was asked for; set "
            "model.backend to auto or torch, or model.device to auto or cpu"
        )
    return Plan(folder, settings, *_choice(device, backend, exported=settings is not None))


def _choice(device: str, backend: str, *, exported: bool) -> tuple[str, str, str]:
    """Backend, device and why, of what was asked for and does not contradict itself."""
    from rotascope_models import torch

    if backend in CPU_BACKENDS:
        return backend, "cpu", f"backend {backend} was asked for"
    first = ("cuda" if torch.has_gpu() else "cpu") if device == "auto" else device
    if not exported:
        return "torch", first, "a Hugging Face checkpoint runs in torch"
    if backend == "torch":
        return "torch", first, "backend torch was asked for"
    if device not in ("auto", "cpu"):
        return "torch", device, f"device {device} was asked for"
    if first == "cuda":
        return "torch", first, "a CUDA device is there"
    if openvino.installed():
        return "openvino", "cpu", "the fastest on this CPU"
    return "onnx", "cpu", "OpenVINO is not installed"


def _settings(folder: Path, name: str) -> dict[str, Any] | None:
    """The configuration of an exported folder; None for a checkpoint of another kind."""
    path = folder / "config.json"
    if not path.is_file():
        if name == BUNDLED:
            raise ModelNotFound(f"this installation has no bundled weights: {path} is missing")
        if folder.is_dir():
            raise ModelNotFound(f"the folder {folder} holds no model: it has no config.json")
        if folder.exists():
            raise ModelNotFound(f"{folder} is a file; name the folder that holds the model")
        return None
    try:
        settings: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except ValueError as exc:
        raise ModelNotFound(f"{path} is no JSON: {exc}") from exc
    if "format" not in settings:
        return None
    if settings["format"] != FORMAT:
        raise ModelRejected(
            f"{folder} has format {settings['format']}, this version reads {FORMAT}"
        )
    if settings["markers"] not in (None, [OPEN, CLOSE]):
        raise ModelRejected(f"{folder} was trained with other markers than {OPEN}, {CLOSE}")
    return settings


def _exported(chosen: Plan, settings: dict[str, Any], *, precision: str, threads: int) -> Model:
    from rotascope_models.encoding import Encoder, load_tokenizer

    encoder = Encoder(
        load_tokenizer(chosen.folder),
        targeted=bool(settings["markers"]),
        limit=settings["max_tokens"],
    )
    return Model(
        id=settings["name"],
        revision=settings["revision"],
        encoder=encoder,
        engine=_engine(chosen, settings, precision=precision, threads=threads),
        order=(0, 1, 2),
        temperature=settings["temperature"],
        roles=_role_columns(settings),
    )


def _role_columns(settings: dict[str, Any]) -> tuple[int, ...] | None:
    """Columns behind those of the labels, if they are the roles that this version knows."""
    if settings.get("roles") != list(ROLES):
        return None
    return tuple(range(len(LABELS), len(LABELS) + len(ROLES)))


def _engine(chosen: Plan, settings: dict[str, Any], *, precision: str, threads: int) -> Engine:
    folder, why = chosen.folder, chosen.why
    if chosen.backend == "openvino":
        return openvino.load(folder, threads=threads, precision=precision, why=why)
    if chosen.backend == "onnx":
        return onnx.load(folder, threads=threads, precision=precision, why=why)
    from rotascope_models import torch

    return torch.load_bundled(
        folder, settings, device=chosen.device, precision=precision, threads=threads, why=why
    )


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
