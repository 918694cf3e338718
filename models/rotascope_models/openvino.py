"""OpenVINO: the fastest on x86-64, and slower to start than ONNX Runtime."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rotascope_models.batching import Batch
from rotascope_models.errors import EngineStalled, ExtraMissing, ModelNotFound, ModelRejected

FILE, BF16_FILE = "openvino.onnx", "openvino-bf16.onnx"
"""The graph, and the one for bf16: see `training.graph`."""

CONVERTER = "openvino.tools.ovc"

KEPT = 4
"""Compiled models in the cache folder; each release and each OpenVINO leaves one of 25 MB."""

PREPARED = 1_000
"""Operations kept ready for the batch shapes they last met, of some 40 each.  With OpenVINO's own
5,000 memory grows for thousands of articles; with 64 of them scoring takes 3 % longer."""

NICE = 10
"""By how much the threads of the model are nicer than those of the process."""

QUEUED = 2
"""Batches a stream: one that it computes, one that waits for it, so that it never idles."""

STALLED = 300
"""Seconds for a batch, which takes one tenth of a second on two free cores."""


def installed() -> bool:
    """Whether OpenVINO can be imported, without importing it."""
    return importlib.util.find_spec("openvino") is not None


@dataclass(frozen=True, slots=True)
class OpenVinoEngine:
    """A compiled model and its requests; see `runtime.Engine`.

    The requests are made once, before anything is computed, and end with the engine: making or
    ending one while another computes can crash the process, or stop it for ever (2026.4).
    For the same reason OpenVINO owns their inputs, no Python object, and no callback is set, so
    that its threads never wait for the interpreter.
    """

    compiled: Any
    requests: tuple[Any, ...]
    parallel: int
    why: str
    backend: str = "openvino"
    precision: str = "int8, fixed scales; the rest fp32"
    tokens: int = 1024
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, work: Iterable[Batch]) -> Iterator[tuple[Batch, npt.NDArray[np.float32]]]:
        """Each batch with its logits, in the order given.  Threads wait for one another."""
        running: deque[tuple[Batch, Any]] = deque()
        with self.lock:
            idle = list(self.requests)
            try:
                for batch in work:
                    if not idle:
                        idle.append(running[0][1])
                        yield _result(*running.popleft())
                    request = idle.pop()
                    request.start_async({"input_ids": batch.ids, "attention_mask": batch.mask})
                    running.append((batch, request))
                while running:
                    yield _result(*running.popleft())
            finally:
                for _, request in running:
                    _wait(request)


def _result(batch: Batch, request: Any) -> tuple[Batch, npt.NDArray[np.float32]]:
    _wait(request)
    return batch, request.get_output_tensor(0).data.copy()


def _wait(request: Any) -> None:
    """Second by second, so that Ctrl-C is heard."""
    for _ in range(STALLED):
        if request.wait_for(1000):
            request.wait()  # raises what the batch failed with
            return
    raise EngineStalled(
        f"OpenVINO did not finish a batch in {STALLED} seconds; start again, and should it come"
        " back, use ONNX Runtime: model.backend: onnx"
    )


def multiplies_bf16(cpu: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the CPU has tile registers for bf16 (Intel AMX); only Linux tells.

    Elsewhere bf16 gains little, and takes twice the time where the CPU does not know it at all.
    """
    try:
        told = cpu.read_text("ascii", "replace")
    except OSError:
        return False
    return re.search(r"^flags.*\bamx_bf16\b", told, re.MULTILINE) is not None


def load(folder: Path, *, threads: int, precision: str = "auto", why: str) -> OpenVinoEngine:
    """The engine on a folder of weights; `precision`: see `devices.PRECISIONS`.

    Raises ModelNotFound if it has no graph, ExtraMissing if OpenVINO is not installed,
    ModelRejected for bf16 on a CPU without AMX.
    """
    if not installed():
        raise ExtraMissing("the backend openvino needs OpenVINO: pip install openvino")
    openvino = _import()
    half = precision == "bf16"
    path = folder / (BF16_FILE if half else FILE)
    if not path.is_file():
        raise ModelNotFound(f"{folder} has no {path.name}; export the checkpoint again")
    if half and not multiplies_bf16():
        raise ModelRejected(
            "precision bf16 needs a CPU with AMX, and this has none; set model.precision to auto"
        )
    core = openvino.Core()
    cache = _cache_folder()
    if cache is not None:
        core.set_property({"CACHE_DIR": str(cache)})
    with contextlib.suppress(RuntimeError):  # of a release that has no such property
        core.set_property("CPU", {"CPU_RUNTIME_CACHE_CAPACITY": PREPARED})
    settings = {
        "INFERENCE_PRECISION_HINT": "bf16" if half else "f32",
        "PERFORMANCE_HINT": "THROUGHPUT",
        "NUM_STREAMS": str(threads),
        "INFERENCE_NUM_THREADS": str(threads),
    }
    with ThreadPoolExecutor(1, initializer=_give_way) as maker:
        compiled = maker.submit(core.compile_model, core.read_model(path), "CPU", settings).result()
    if cache is not None:
        _drop_old(cache)
    requests = tuple(compiled.create_infer_request() for _ in range(QUEUED * threads))
    told = f"int8, fixed scales; the rest {'bf16' if half else 'fp32'}"
    return OpenVinoEngine(compiled, requests, threads, why, precision=told)


def _import() -> Any:
    """The module openvino, without its converter of models: half of the time that its import takes.

    `openvino.tools.ovc` can still be imported by whoever needs it.
    """
    if "openvino" in sys.modules:
        return sys.modules["openvino"]
    sys.modules[CONVERTER] = None  # type: ignore[assignment]  # openvino goes on without it
    try:
        import openvino
    finally:
        del sys.modules[CONVERTER]
    return openvino


def _give_way() -> None:
    """Have this thread, and those that it starts, give way to the rest of the process.

    The model has a thread for each core.  Besides, one thread reads the next articles, and must not
    wait for them: it takes the longer of the two.
    """
    if sys.platform == "linux":  # elsewhere a priority is that of the whole process
        me = threading.get_native_id()
        lower = os.getpriority(os.PRIO_PROCESS, me) + NICE
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, me, lower)


def _cache_folder() -> Path | None:
    """Where OpenVINO keeps the compiled model (25 MB): loading it takes a third of compiling.

    None where it cannot be written; then the model is compiled each time.
    """
    from platformdirs import user_cache_path

    folder = user_cache_path("rotascope") / "openvino"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def _drop_old(folder: Path) -> None:
    made: dict[Path, float] = {}
    for path in folder.glob("*.blob"):
        with contextlib.suppress(FileNotFoundError):  # another process drops old ones too
            made[path] = path.stat().st_mtime
    for path in sorted(made, key=made.__getitem__, reverse=True)[KEPT:]:
        path.unlink(missing_ok=True)
