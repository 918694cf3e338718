"""OpenVINO: the fastest on x86-64, and slower to start than ONNX Runtime."""

from __future__ import annotations

import importlib.util
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import local
from typing import Any

import numpy as np
import numpy.typing as npt

from rotascope_models.batching import Batch
from rotascope_models.errors import ExtraMissing, ModelNotFound

FILE = "openvino.onnx"


def installed() -> bool:
    """Whether OpenVINO can be imported, without importing it."""
    return importlib.util.find_spec("openvino") is not None


@dataclass(frozen=True, slots=True)
class OpenVinoEngine:
    """A compiled model; see `runtime.Engine`.

    One request a core, each with a thread of its own: none waits for another at every layer.
    OpenVINO's own AsyncInferQueue is not used, since its callbacks can wait for the interpreter
    while its end waits for them, and then neither ever goes on (2026.4).
    """

    compiled: Any
    parallel: int
    why: str
    backend: str = "openvino"
    precision: str = "int8, fixed scales"
    tokens: int = 1024

    def run(self, work: Iterable[Batch]) -> Iterator[tuple[Batch, npt.NDArray[np.float32]]]:
        """Each batch with its logits, in the order given."""
        mine = local()

        def infer(batch: Batch) -> tuple[Batch, npt.NDArray[np.float32]]:
            if not hasattr(mine, "request"):
                mine.request = self.compiled.create_infer_request()
            feed = {"input_ids": batch.ids, "attention_mask": batch.mask}
            out = mine.request.infer(feed, share_inputs=True)
            return batch, out[0].copy()

        with ThreadPoolExecutor(self.parallel, thread_name_prefix="openvino") as pool:
            waiting: deque[Future[tuple[Batch, npt.NDArray[np.float32]]]] = deque()
            for batch in work:
                waiting.append(pool.submit(infer, batch))
                if len(waiting) > 2 * self.parallel:
                    yield waiting.popleft().result()
            for each in waiting:
                yield each.result()


def load(folder: Path, *, threads: int, why: str) -> OpenVinoEngine:
    """The engine on a folder of weights.

    Raises ModelNotFound if it has no graph, ExtraMissing if OpenVINO is not installed.
    """
    if not installed():
        raise ExtraMissing("the backend openvino needs OpenVINO: pip install openvino")
    import openvino

    path = folder / FILE
    if not path.is_file():
        raise ModelNotFound(f"{folder} has no {FILE}; export the checkpoint again")
    core = openvino.Core()
    cache = _cache_folder()
    if cache is not None:
        core.set_property({"CACHE_DIR": str(cache)})
    compiled = core.compile_model(
        core.read_model(path),
        "CPU",
        {
            "INFERENCE_PRECISION_HINT": "f32",
            "PERFORMANCE_HINT": "THROUGHPUT",
            "NUM_STREAMS": str(threads),
            "INFERENCE_NUM_THREADS": str(threads),
        },
    )
    return OpenVinoEngine(compiled, threads, why)


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
