"""The torch backend: any Hugging Face checkpoint, and the bundled weights on a GPU.

Needs the extra: pip install 'rotascope[torch]'.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rotascope_models.batching import Batch
from rotascope_models.encoding import Encoder as TextEncoder
from rotascope_models.encoding import has_markers
from rotascope_models.errors import ExtraMissing, ModelNotFound, ModelRejected
from rotascope_models.labels import columns, role_columns
from rotascope_models.markers import CLOSE, MAX_TOKENS, OPEN
from rotascope_models.runtime import Model

PIP = "pip install 'rotascope[torch]'"
GPU_TOKENS = 16_384
CPU_TOKENS = 1_024


@dataclass(frozen=True, slots=True)
class TorchEngine:
    """A module of `(input_ids, attention_mask) -> logits`; see `runtime.Engine`."""

    module: Any
    device: str
    precision: str
    why: str
    tokens: int
    backend: str = "torch"
    parallel: int = 1

    def run(self, work: Iterable[Batch]) -> Iterator[tuple[Batch, npt.NDArray[np.float32]]]:
        """Each batch with its logits, in the order given.

        On a GPU all batches are asked for before the first answer is read, so that it never waits.
        """
        import torch

        with torch.inference_mode():
            asked = ((batch, self._forward(torch, batch)) for batch in work)
            for batch, logits in list(asked) if self.device != "cpu" else asked:
                yield batch, logits.float().cpu().numpy()

    def _forward(self, torch: Any, batch: Batch) -> Any:
        ids = torch.from_numpy(batch.ids).to(self.device, non_blocking=True)
        mask = torch.from_numpy(batch.mask).to(self.device, non_blocking=True)
        return self.module(ids, mask)


def installed() -> bool:
    """Whether torch can be imported, without importing it."""
    return importlib.util.find_spec("torch") is not None


def has_gpu() -> bool:
    """Whether a CUDA device is there, asked without importing torch where there is no driver."""
    if not (installed() and (Path("/dev/nvidiactl").exists() or os.name == "nt")):
        return False
    import torch

    return bool(torch.cuda.is_available())


def check_device(device: str) -> None:
    """Raise ExtraMissing or ModelRejected unless torch is installed and has this device.

    Imports torch only to ask for a CUDA device.
    """
    if not installed():
        raise _missing("torch")
    if device == "cpu":
        return
    cuda = _require("torch").cuda
    if not cuda.is_available():
        raise ModelRejected(
            f"device {device} was asked for, but torch sees no CUDA device; "
            "set model.device to auto or cpu"
        )
    number, count = int(device.partition(":")[2] or 0), cuda.device_count()
    if number >= count:
        raise ModelRejected(
            f"device {device} was asked for, but the last that torch sees is cuda:{count - 1}"
        )


def load_checkpoint(name: str, *, device: str, precision: str, threads: int, why: str) -> Model:
    """A `BertForSequenceClassification` or the like, from a folder or by its name on the hub.

    Raises ExtraMissing, ModelNotFound, ModelRejected.
    """
    transformers = _require("transformers")
    torch = _require("torch")
    logging: Any = importlib.import_module("transformers.utils.logging")
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    local = {"local_files_only": True} if _offline(name) else {}
    config = _fetch(name, lambda: transformers.AutoConfig.from_pretrained(name, **local))
    order, roles = columns(config.id2label, name=name), role_columns(config.id2label)
    auto = transformers.AutoModelForSequenceClassification
    module, report = _fetch(
        name, lambda: auto.from_pretrained(name, output_loading_info=True, **local)
    )
    if report["missing_keys"]:
        missing = ", ".join(sorted(report["missing_keys"])[:3])
        raise ModelRejected(f"{name} is no sentiment classifier: it has no weights for {missing}")
    fast = _fetch(name, lambda: transformers.AutoTokenizer.from_pretrained(name, **local))
    tokenizer = fast.backend_tokenizer
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Model(
        id=_short(name),
        revision=_revision(name, config),
        encoder=TextEncoder(
            tokenizer,
            targeted=has_markers(tokenizer, (OPEN, CLOSE)),
            limit=min(MAX_TOKENS, int(getattr(config, "max_position_embeddings", MAX_TOKENS)) - 2),
            pad=int(config.pad_token_id or 0),
        ),
        engine=_engine(
            torch, _Logits(module), device=device, precision=precision, threads=threads, why=why
        ),
        order=order,
        temperature=float(getattr(config, "rotascope_temperature", None) or 1.0),
        roles=roles,
    )


def load_bundled(
    folder: Path,
    settings: dict[str, Any],
    *,
    device: str,
    precision: str,
    threads: int,
    why: str,
) -> TorchEngine:
    """The engine for a folder of our own weights, made floating point."""
    torch = _require("torch")
    from safetensors.torch import load_file

    from rotascope_models.encoder import Encoder, dequantised

    path = folder / "weights.safetensors"
    if not path.is_file():
        raise ModelNotFound(f"{folder} has no weights.safetensors")
    module = Encoder(
        dequantised(load_file(path)),
        layers=settings["layers"],
        heads=settings["heads"],
        eps=settings["eps"],
    )
    return _engine(torch, module, device=device, precision=precision, threads=threads, why=why)


@dataclass(frozen=True, slots=True)
class _Logits:
    """A classifier of transformers as `(input_ids, attention_mask) -> logits`."""

    classifier: Any

    def to(self, *args: Any) -> _Logits:
        self.classifier.to(*args)
        return self

    def eval(self) -> _Logits:
        self.classifier.eval()
        return self

    def __call__(self, ids: Any, mask: Any) -> Any:
        return self.classifier(input_ids=ids, attention_mask=mask).logits


def _engine(
    torch: Any, module: Any, *, device: str, precision: str, threads: int, why: str
) -> TorchEngine:
    gpu = device != "cpu"
    check_device(device)
    if not gpu:
        torch.set_num_threads(threads)
    half = precision == "bf16" or (gpu and precision == "auto")
    return TorchEngine(
        module.to(device, torch.bfloat16 if half else torch.float32).eval(),
        device,
        "bf16" if half else "fp32",
        why,
        GPU_TOKENS if gpu else CPU_TOKENS,
    )


def _require(package: str) -> Any:
    try:
        return importlib.import_module(package)
    except ImportError as exc:
        raise _missing(package) from exc


def _missing(package: str) -> ExtraMissing:
    return ExtraMissing(f"this model needs {package}, which is not installed: {PIP}")


def _fetch(name: str, read: Any) -> Any:
    """What `read` gives, its many errors as ModelNotFound."""
    try:
        return read()
    except (OSError, ValueError, ImportError) as exc:
        first = str(exc).strip().splitlines()[0] if str(exc).strip() else type(exc).__name__
        if Path(name).is_dir():
            raise ModelNotFound(f"the folder {name} holds no usable checkpoint: {first}") from exc
        raise ModelNotFound(
            f"no model {name!r}: it is no folder here, and the Hugging Face hub did not give it "
            f"({first}). Check the spelling and the network, or name a folder with the checkpoint"
        ) from exc


def _offline(name: str) -> bool:
    """Whether the hub is out of reach: asked once, where its client would try for half a minute."""
    if Path(name).is_dir() or os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy"):
        return False
    host = os.environ.get("HF_ENDPOINT", "https://huggingface.co").split("://")[-1].split("/")[0]
    try:
        socket.create_connection((host.split(":")[0], 443), timeout=3).close()
    except OSError:
        return True
    return False


def _short(name: str) -> str:
    return Path(name).resolve().name if Path(name).is_dir() else name


def _revision(name: str, config: Any) -> str:
    """The hub's commit, or a hash of the folder's weights and configuration."""
    commit = getattr(config, "_commit_hash", None)
    if commit:
        return str(commit)[:12]
    digest = hashlib.sha256()
    for path in sorted(Path(name).glob("*")):
        if path.suffix in (".json", ".safetensors", ".bin", ".txt") and path.is_file():
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]
