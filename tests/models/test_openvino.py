"""The engine on OpenVINO: what keeps it from stopping for ever, and its cache."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from rotascope_models import Example, load_model, openvino
from rotascope_models.batching import Batch
from rotascope_models.errors import EngineStalled, ModelError, ModelRejected
from rotascope_models.load import BUNDLED, WEIGHTS
from rotascope_models.openvino import KEPT, QUEUED, STALLED, OpenVinoEngine

FOLDER = WEIGHTS / BUNDLED
needs_openvino = pytest.mark.skipif(not openvino.installed(), reason="OpenVINO is not installed")


def batch(seed: int) -> Batch:
    rng = np.random.default_rng(seed)
    shape = (int(rng.integers(1, 9)), int(rng.integers(3, 30)))
    ids = rng.integers(1000, 20_000, shape)
    return Batch(tuple(range(shape[0])), ids, np.ones_like(ids))


@needs_openvino
def test_threads_that_share_an_engine_get_what_each_would_get_alone() -> None:
    engine = openvino.load(FOLDER, threads=2, why="")
    work = [[batch(10 * thread + i) for i in range(7)] for thread in range(4)]
    alone = [[logits for _, logits in engine.run(each)] for each in work]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(5):
            together = pool.map(lambda each: list(engine.run(each)), work)
            for batches, results, expected in zip(work, together, alone, strict=True):
                assert [b.ids.shape for b, _ in results] == [b.ids.shape for b in batches]
                for (_, logits), other in zip(results, expected, strict=True):
                    np.testing.assert_array_equal(logits, other)


@needs_openvino
def test_the_graph_for_bf16_keeps_the_attention_of_every_layer_apart() -> None:
    """One kernel of it would write beyond its memory, in bf16."""
    core = importlib.import_module("openvino").Core()
    hint = {"INFERENCE_PRECISION_HINT": "f32"}  # which every CPU knows
    compiled = core.compile_model(core.read_model(FOLDER / openvino.BF16_FILE), "CPU", hint)
    nodes = compiled.get_runtime_model().get_ops()
    kinds = [node.get_rt_info()["layerType"].astype(str) for node in nodes]
    layers = json.loads((FOLDER / "config.json").read_text("utf-8"))["layers"]
    assert kinds.count("Softmax") == layers
    assert "Subgraph" not in kinds


@needs_openvino
@pytest.mark.skipif(not openvino.multiplies_bf16(), reason="the CPU has no AMX")
def test_bf16_gives_the_labels_of_fp32() -> None:
    lines = (Path(__file__).parent / "blind.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    given = [Example(row["text"], row.get("start"), row.get("end")) for row in rows]
    exact, fast = load_model(), load_model(precision="bf16")
    assert "bf16" in fast.engine.precision
    wanted, found = exact.predict(given), fast.predict(given)
    assert (wanted.argmax(axis=1) == found.argmax(axis=1)).mean() >= 0.98
    assert 0 < np.abs(wanted - found).mean() < 0.01


@pytest.mark.parametrize(
    ("flags", "told"),
    [("fpu avx512_bf16 amx_bf16 sse", True), ("fpu avx512_bf16", False), ("my_amx_bf16x", False)],
)
def test_bf16_needs_tile_registers(tmp_path: Path, flags: str, told: bool) -> None:
    cpu = tmp_path / "cpuinfo"
    cpu.write_text(f"processor\t: 0\nmodel name\t: amx_bf16\nflags\t\t: {flags}\nbugs\t\t:\n")
    assert openvino.multiplies_bf16(cpu) is told
    assert not openvino.multiplies_bf16(tmp_path / "missing")


@needs_openvino
def test_a_precision_that_cannot_be_had_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openvino, "multiplies_bf16", lambda: False)
    with pytest.raises(ModelRejected, match="AMX"):
        load_model(backend="openvino", precision="bf16")
    with pytest.raises(ModelRejected, match="ONNX Runtime"):
        load_model(backend="onnx", precision="bf16")
    with pytest.raises(ModelError, match="there are auto, fp32, bf16"):
        load_model(precision="double")


@needs_openvino
@pytest.mark.skipif(sys.platform != "linux", reason="a thread has no priority of its own")
def test_the_threads_of_the_model_give_way() -> None:
    code = (
        "import os; from rotascope_models import Example, load_model; "
        "nice = lambda task: os.getpriority(os.PRIO_PROCESS, int(task)); own = nice(0); "
        "model = load_model(threads=2); model.predict([Example('Profit rose.')]); "
        "print(sorted({nice(task) - own for task in os.listdir('/proc/self/task')}))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    most = 19 - os.getpriority(os.PRIO_PROCESS, 0)
    assert json.loads(told.stdout) == [0, min(openvino.NICE, most)]


@needs_openvino
def test_the_converter_of_models_is_imported_by_those_who_need_it() -> None:
    code = (
        "import sys; from rotascope_models import load_model; load_model(); "
        "assert 'openvino.tools.ovc' not in sys.modules; import openvino.tools.ovc"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


class FakeRequest:
    """Answers with the row sums of its ids; fails for ids that begin with 0."""

    def __init__(self) -> None:
        self.busy = self.stuck = False
        self.waited = 0
        self.feed: dict[str, Any] = {}

    def start_async(self, feed: dict[str, Any]) -> None:
        assert not self.busy, "a request was given a second batch"
        self.busy, self.feed = True, feed

    def wait_for(self, _milliseconds: int) -> bool:
        self.waited += 1
        return not self.stuck

    def wait(self) -> None:
        self.busy = False
        if self.feed["input_ids"][0, 0] == 0:
            raise RuntimeError("bad batch")

    def get_output_tensor(self, _index: int) -> Any:
        class Tensor:
            data: npt.NDArray[np.float32] = self.feed["input_ids"].sum(axis=1, keepdims=True)

        return Tensor


def fake_engine() -> OpenVinoEngine:
    return OpenVinoEngine(None, tuple(FakeRequest() for _ in range(2 * QUEUED)), 2, "")


def test_no_request_is_made_while_another_computes() -> None:
    engine = fake_engine()  # it has no compiled model, so it can make none
    work = [batch(seed) for seed in range(20)]
    for _ in range(2):
        results = list(engine.run(work))
        assert [id(each) for each, _ in results] == [id(each) for each in work]
        for each, sums in results:
            np.testing.assert_array_equal(sums[:, 0], each.ids.sum(axis=1))


@pytest.mark.parametrize("bad", [0, 3, 19])
def test_after_a_batch_that_fails_the_engine_goes_on(bad: int) -> None:
    engine = fake_engine()
    work = [batch(seed) for seed in range(20)]
    work[bad].ids[0, 0] = 0
    with pytest.raises(RuntimeError, match="bad batch"):
        list(engine.run(work))
    assert not any(request.busy for request in engine.requests)
    assert len(list(engine.run([batch(1), batch(2)]))) == 2


def test_a_batch_that_never_ends_is_told() -> None:
    engine = fake_engine()
    engine.requests[-1].stuck = True  # the last is taken first
    with pytest.raises(EngineStalled, match=r"model\.backend: onnx"):
        list(engine.run([batch(1), batch(2)]))
    assert engine.requests[-1].waited == STALLED


def test_work_that_fails_leaves_nothing_running() -> None:
    engine = fake_engine()

    def work() -> Iterator[Batch]:
        yield batch(1)
        yield batch(2)
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        list(engine.run(work()))
    assert not any(request.busy for request in engine.requests)


@needs_openvino
def test_the_cache_keeps_the_newest_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openvino, "_cache_folder", lambda: tmp_path)
    for age in range(2 * KEPT):
        old = tmp_path / f"{age}.blob"
        old.write_bytes(b"")
        os.utime(old, (age, age))
    (tmp_path / "dropped by another process.blob").symlink_to(tmp_path / "none")
    openvino.load(FOLDER, threads=1, why="")
    (tmp_path / "dropped by another process.blob").unlink()
    left = {path.name for path in tmp_path.iterdir()}
    assert len(left) == KEPT
    assert {f"{age}.blob" for age in range(2 * KEPT)} - left == {
        f"{age}.blob" for age in range(KEPT + 1)
    }
