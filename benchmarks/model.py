"""Sentences a second of the bundled model in each backend, and of FinBERT as people run it.

Sentences have 22 to 28 tokens and are all different.  Peers: the Hugging Face pipeline on
FinBERT's own configuration at its best batch size, and the same model through torch in batches
sorted by length.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import (
    arguments,
    best_batch,
    finbert_folder,
    finbert_pipeline,
    finish,
    in_turns,
    machine,
    sentences,
)
from rotascope_models import Example, describe, load_model, openvino
from rotascope_models.runtime import Model

PIPELINE = "FinBERT, Hugging Face pipeline"
SORTED = "FinBERT, torch, sorted batches"
WARM = 64


def main() -> None:
    """Run the benchmark."""
    options = arguments(__doc__, turns=5, ours=1500, peer=64)
    started = machine()
    texts = sentences(WARM + options.ours)
    models = _models()
    with tempfile.TemporaryDirectory() as folder:
        pipe = finbert_pipeline(finbert_folder(Path(folder)))
        size = best_batch(lambda part, n: pipe(list(part), batch_size=n), texts)
        print(f"best batch size of the pipeline: {size}")
        work: dict[str, Callable[[int], float]] = {
            PIPELINE: _peer(lambda part: pipe(part, batch_size=size), texts, options.peer),
            SORTED: _peer(lambda part: _sorted(pipe, part), texts, options.peer),
        }
        for name, model in models.items():
            model.predict([Example(text) for text in texts[:WARM]])
            count = options.ours if name != "torch" else options.peer * 2
            work[f"Rotascope, {name}"] = _ours(model, texts[WARM:][:count])
        timed = in_turns(work, options.turns)
    base = timed[PIPELINE]
    rows: list[dict[str, Any]] = [
        {
            "what": name,
            "sentences/s": each.rate(),
            "ratio": each.rate() / base.rate(),
            "CPU ms a sentence": each.cpu_each() * 1000,
            "CPU ratio": base.cpu_each() / each.cpu_each(),
        }
        for name, each in timed.items()
    ]
    chosen = describe(load_model(device="cpu"))
    finish("model", "Model: sentences a second", rows, started, batch=size, auto=chosen)


def _models() -> dict[str, Model]:
    asked = [("onnx", "auto"), ("torch", "auto")]
    if openvino.installed():
        half = [("openvino", "bf16")] if openvino.multiplies_bf16() else []
        asked = [("openvino", "auto"), *half, *asked]
    return {
        backend if precision == "auto" else f"{backend}, {precision}": load_model(
            backend=backend, device="cpu", precision=precision
        )
        for backend, precision in asked
    }


def _peer(run: Callable[[list[str]], Any], texts: Sequence[str], count: int) -> Any:
    def do(turn: int) -> float:
        start = WARM + turn * count
        part = [texts[(start + i) % len(texts)] for i in range(count)]
        run(part)
        return count

    run(list(texts[:16]))
    return do


def _ours(model: Model, texts: Sequence[str]) -> Callable[[int], float]:
    def do(turn: int) -> float:
        # Other texts each turn: the model remembers what it has scored.
        model.predict([Example(f"{text} {turn}") for text in texts])
        return len(texts)

    return do


def _sorted(pipe: Any, texts: list[str]) -> None:
    import torch

    ordered = sorted(texts, key=len)
    with torch.inference_mode():
        for start in range(0, len(ordered), 32):
            part = ordered[start : start + 32]
            given = pipe.tokenizer(part, return_tensors="pt", padding=True)
            pipe.model(input_ids=given["input_ids"], attention_mask=given["attention_mask"])


if __name__ == "__main__":
    main()
