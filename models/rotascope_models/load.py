"""`load_model`: from a name to a model that is ready to score."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from rotascope_models import onnx, openvino, sanity
from rotascope_models.base import LABELS, ROLES
from rotascope_models.errors import ModelError, ModelNotFound, ModelRejected
from rotascope_models.markers import CLOSE, OPEN
from rotascope_models.runtime import Engine, Model

BUNDLED = "bundled"
BACKENDS = ("auto", "onnx", "openvino", "torch")
WEIGHTS = Path(__file__).parent / "weights"
FORMAT = 1


def load_model(
    name: str = BUNDLED,
    *,
    device: str = "auto",
    backend: str = "auto",
    threads: int | None = None,
    check: bool = True,
) -> Model:
    """A model by name: "bundled", a folder, or a checkpoint's name on the Hugging Face hub.

    `device`: auto (a CUDA device if there is one, else the CPU), cpu, cuda, cuda:1.
    `backend`: auto, onnx, openvino, torch; other checkpoints than ours run in torch alone.
    `threads`: CPU threads, all cores if not given.  `check`: refuse another checkpoint than the
    bundled one unless it reads three plain sentences rightly.

    Raises ModelNotFound, ModelRejected, ExtraMissing; their texts say what would mend it.
    """
    if backend not in BACKENDS:
        raise ModelError(f"no backend {backend!r}; there are {', '.join(BACKENDS)}")
    count = threads or _cores()
    folder = WEIGHTS / BUNDLED if name == BUNDLED else Path(name).expanduser()
    settings = _settings(folder, name)
    if settings is None:
        model = _checkpoint(name, device=device, backend=backend, threads=count)
    else:
        model = _exported(folder, settings, device=device, backend=backend, threads=count)
    if check and name != BUNDLED:
        sanity.check(model)
    return model


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


def _exported(
    folder: Path, settings: dict[str, Any], *, device: str, backend: str, threads: int
) -> Model:
    from rotascope_models.encoding import Encoder, load_tokenizer

    encoder = Encoder(
        load_tokenizer(folder), targeted=bool(settings["markers"]), limit=settings["max_tokens"]
    )
    return Model(
        id=settings["name"],
        revision=settings["revision"],
        encoder=encoder,
        engine=_engine(folder, settings, device=device, backend=backend, threads=threads),
        order=(0, 1, 2),
        temperature=settings["temperature"],
        roles=_role_columns(settings),
    )


def _role_columns(settings: dict[str, Any]) -> tuple[int, ...] | None:
    """Columns behind those of the labels, if they are the roles that this version knows."""
    if settings.get("roles") != list(ROLES):
        return None
    return tuple(range(len(LABELS), len(LABELS) + len(ROLES)))


def _engine(
    folder: Path, settings: dict[str, Any], *, device: str, backend: str, threads: int
) -> Engine:
    from rotascope_models import torch

    asked = f"backend {backend} was asked for"
    if backend == "torch" or device not in ("auto", "cpu"):
        chosen = "cpu" if device == "cpu" or (device == "auto" and not torch.has_gpu()) else device
        chosen = "cuda" if chosen == "auto" else chosen
        why = asked if backend == "torch" else f"device {device} was asked for"
        return torch.load_bundled(folder, settings, device=chosen, threads=threads, why=why)
    if backend == "auto" and device == "auto" and torch.has_gpu():
        why = "a CUDA device is there"
        return torch.load_bundled(folder, settings, device="cuda", threads=threads, why=why)
    if backend == "onnx":
        return onnx.load(folder, threads=threads, why=asked)
    if backend == "openvino":
        return openvino.load(folder, threads=threads, why=asked)
    if openvino.installed():
        return openvino.load(folder, threads=threads, why="the fastest on this CPU")
    return onnx.load(folder, threads=threads, why="OpenVINO is not installed")


def _checkpoint(name: str, *, device: str, backend: str, threads: int) -> Model:
    from rotascope_models import torch

    if backend not in ("auto", "torch"):
        raise ModelRejected(
            f"{name} is a checkpoint for torch and does not run in {backend}; leave --backend out, "
            "or export it: python -m rotascope_models.training export"
        )
    chosen = ("cuda" if torch.has_gpu() else "cpu") if device == "auto" else device
    why = "a Hugging Face checkpoint runs in torch"
    return torch.load_checkpoint(name, device=chosen, threads=threads, why=why)


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
