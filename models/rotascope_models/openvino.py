"""OpenVINO: the fastest on x86-64, and slower to start than ONNX Runtime."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
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
    """A compiled model; see `runtime.Engine`.  One request a core: no thread waits for another."""

    compiled: Any
    requests: int
    why: str
    backend: str = "openvino"
    precision: str = "int8, fixed scales"
    tokens: int = 1024

    def run(self, work: Iterable[Batch]) -> Iterator[tuple[Batch, npt.NDArray[np.float32]]]:
        """Each batch with its logits, as they are done."""
        import openvino

        done: list[tuple[Batch, npt.NDArray[np.float32]]] = []
        queue = openvino.AsyncInferQueue(self.compiled, self.requests)
        queue.set_callback(
            lambda request, batch: done.append((batch, request.get_output_tensor(0).data.copy()))
        )
        for batch in work:
            feed = {"input_ids": batch.ids, "attention_mask": batch.mask}
            queue.start_async(feed, batch, share_inputs=True)
            while done:
                yield done.pop()
        queue.wait_all()
        yield from done


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
