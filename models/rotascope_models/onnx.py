"""ONNX Runtime: runs everywhere, starts fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rotascope_models.batching import Batch
from rotascope_models.errors import ModelNotFound, ModelRejected

FILE = "onnxruntime.onnx"


@dataclass(frozen=True, slots=True)
class OnnxEngine:
    """A session of ONNX Runtime on the CPU; see `runtime.Engine`."""

    session: Any
    why: str
    backend: str = "onnx"
    parallel: int = 1
    precision: str = "int8, fixed scales; the rest fp32"
    tokens: int = 1024

    def run(self, work: Iterable[Batch]) -> Iterator[tuple[Batch, npt.NDArray[np.float32]]]:
        """Each batch with its logits, in the order given."""
        for batch in work:
            feed = {"input_ids": batch.ids, "attention_mask": batch.mask}
            yield batch, self.session.run(["logits"], feed)[0]


def load(folder: Path, *, threads: int, precision: str = "auto", why: str) -> OnnxEngine:
    """The engine on a folder of weights.

    Raises ModelNotFound if it has no graph, ModelRejected for bf16.
    """
    import onnxruntime

    path = folder / FILE
    if not path.is_file():
        raise ModelNotFound(f"{folder} has no {FILE}; export the checkpoint again")
    if precision == "bf16":
        raise ModelRejected(
            "ONNX Runtime computes in fp32 what is not int8; set model.precision to auto"
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return OnnxEngine(session, why)
