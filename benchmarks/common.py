"""What the benchmarks share: turns, the machine, results as table and JSON, texts and peers."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).resolve().parent / "results"
LIBRARIES = ("onnxruntime", "openvino", "torch", "transformers", "spacy")
BUSY_LOAD = 0.5
"""Runnable processes a core, beside this one, above which a run is called busy."""


@dataclass(slots=True)
class Timed:
    """Seconds of several turns of the same work: wall clock, and CPU of the whole process tree."""

    units: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def rate(self) -> float:
        """Units a second of wall clock, median over the turns."""
        return statistics.median(u / w for u, w in zip(self.units, self.wall, strict=True))

    def cpu_each(self) -> float:
        """CPU seconds a unit, median over the turns."""
        return statistics.median(c / u for u, c in zip(self.units, self.cpu, strict=True))


def in_turns(work: Mapping[str, Callable[[int], float]], turns: int) -> dict[str, Timed]:
    """Run each piece of work once a turn, `turns` turns, so that all meet the same machine.

    Work gets the number of the turn and returns how many units it did.
    """
    timed = {name: Timed() for name in work}
    for turn in range(turns):
        for name, do in work.items():
            before = _cpu()
            start = time.perf_counter()
            units = do(turn)
            timed[name].wall.append(time.perf_counter() - start)
            timed[name].cpu.append(_cpu() - before)
            timed[name].units.append(units)
            print(f"  turn {turn + 1}/{turns}  {name}: {timed[name].wall[-1]:.2f} s", flush=True)
    return timed


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def command(*arguments: str, timeout: float = 3600, env: Mapping[str, str] | None = None) -> str:
    """The output of `python -m rotascope.cli.main` with `arguments`; an error ends the run."""
    return python("-m", "rotascope.cli.main", *arguments, timeout=timeout, env=env)


def all_scored(out: Path, ids: Sequence[object]) -> None:
    """End the run unless the file that `score --jsonl` wrote has a score for each of `ids`."""
    with out.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    failed = [row for row in rows if "error" in row]
    if failed:
        sys.exit(f"{len(failed)} of {len(rows)} articles have no score: {failed[0]['error']}")
    if [row["id"] for row in rows] != list(ids):
        sys.exit(f"{len(ids)} articles were given, {len(rows)} came back, or in another order")


def python(*arguments: str, timeout: float = 3600, env: Mapping[str, str] | None = None) -> str:
    """The output of this Python with `arguments`; an error ends the run."""
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)[:200]} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def machine() -> dict[str, Any]:
    """What the figures were measured on, and whether it was busy with other things."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cpu": _cpu_name(),
        "cores": cores,
        "memory_gb": _memory_gb(),
        "load": round(load, 2),
        "busy": load > BUSY_LOAD * (cores or 1),
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def _version(name: str) -> str:
    with contextlib.suppress(Exception):
        return version(name)
    return "not installed"


def _cpu_name() -> str:
    with contextlib.suppress(OSError):
        text = Path("/proc/cpuinfo").read_text()
        name = re.search(r"model name\s*:\s*(.+)", text)
        known = set(re.findall(r"avx512_vnni|avx512_bf16|avx_vnni|amx_int8|avx2\b", text))
        if name:
            return f"{name.group(1).strip()} ({', '.join(sorted(known))})"
    return platform.processor()


def _memory_gb() -> int | None:
    with contextlib.suppress(OSError, ValueError):
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)
    return None


def finish(
    name: str, title: str, rows: Sequence[Mapping[str, Any]], started: dict[str, Any], **more: Any
) -> None:
    """Print the table and write `results/NAME.json`.  `started`: `machine()` before the run."""
    print(f"\n{title}\n\n{table(rows)}\n")
    RESULTS.mkdir(exist_ok=True)
    result = {
        "name": name,
        "title": title,
        "command": "python -m benchmarks." + name + _arguments(),
        "measured": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": started,
        "rows": list(rows),
        **more,
    }
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {path.relative_to(ROOT)}")


def _arguments() -> str:
    return "".join(f" {word}" for word in sys.argv[1:] if "/" not in word)


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """`rows` as a Markdown table; numbers to three digits."""
    heads = list(rows[0])
    cells = [[_cell(row.get(head)) for head in heads] for row in rows]
    widths = [max(len(head), *(len(c[i]) for c in cells)) for i, head in enumerate(heads)]
    lines = [heads, ["-" * w for w in widths], *cells]
    return "\n".join(
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return str(value)


def arguments(description: str | None, **defaults: int) -> argparse.Namespace:
    """Command line options, each a number with its default."""
    parser = argparse.ArgumentParser(description=description)
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=default, help=f"default {default}")
    return parser.parse_args()


def sentences(count: int, *, seed: int = 1) -> list[str]:
    """Different news-like sentences of our own, 22 to 28 tokens each, 25 in the mean."""
    from rotascope_models.encoding import load_tokenizer
    from rotascope_models.load import BUNDLED, WEIGHTS
    from rotascope_models.training.sentences.grammar import generate
    from rotascope_models.training.sentences.slots import SLOTS

    tokenizer = load_tokenizer(WEIGHTS / BUNDLED)
    parts = [s.text for s in generate(SLOTS, seed=seed, per_template=40)]
    random.Random(seed).shuffle(parts)
    found: list[str] = []
    for number, text in enumerate(parts * 9):
        joined = f"{text} {parts[(number * 7 + 1) % len(parts)]}"
        encoded = tokenizer.encode(joined)
        ends = [end for _, end in encoded.offsets[1:-1]]
        wanted = 22 + number % 7
        if len(ends) >= wanted:
            found.append(joined[: ends[wanted - 3]])
        if len(set(found)) >= count:
            break
    return list(dict.fromkeys(found))[:count]


def articles(count: int) -> list[dict[str, str]]:
    """Rows of the JSONL contract: the real archive if ROTASCOPE_DATA names one, else our samples.

    Past their number they come again with a changed first sentence, so that none is a copy.
    """
    folder = os.environ.get("ROTASCOPE_DATA")
    found = _archive(Path(folder)) if folder else []
    if not found:
        found = _own_articles()
    rows = []
    for number in range(count):
        title, text = found[number % len(found)]
        round_ = number // len(found)
        text = f"This is report {round_} of the day. {text}" if round_ else text
        rows.append({"id": str(number), "title": title, "text": text})
    return rows


def _archive(folder: Path) -> list[tuple[str, str]]:
    found = []
    for path in sorted((folder / "archive").glob("yahoo_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row.get("maintext"):
                found.append((row.get("title") or "", row["maintext"]))
    return found


def _own_articles() -> list[tuple[str, str]]:
    pool = [f"{text.rstrip('.')}." for text in sentences(2_400)]
    return [(f"Markets, day {n}", " ".join(pool[n::100])) for n in range(100)]


def finbert_folder(folder: Path) -> Path:
    """A checkpoint on FinBERT's own configuration: BERT-base, weights at random.

    Weights do not matter for time.  The tokenizer is BERT's own, as FinBERT's is.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    from rotascope_models.load import BUNDLED, WEIGHTS

    torch.manual_seed(1)
    labels = {0: "positive", 1: "negative", 2: "neutral"}
    config = BertConfig(id2label=labels, label2id={v: k for k, v in labels.items()})
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(WEIGHTS / BUNDLED / "tokenizer.json"),
        model_max_length=512,
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        unk_token="[UNK]",
    )
    tokenizer.save_pretrained(folder)
    return folder


def finbert_pipeline(folder: Path) -> Any:
    """The pipeline that users of FinBERT run."""
    from transformers import pipeline
    from transformers.utils import logging

    logging.set_verbosity_error()
    with contextlib.redirect_stderr(io.StringIO()):
        return pipeline("text-classification", model=str(folder), device="cpu", truncation=True)


def best_batch(run: Callable[[Sequence[str], int], Any], texts: Sequence[str]) -> int:
    """The batch size at which `run(texts, size)` is fastest, of 1, 8, 16, 32, by CPU time."""
    found: dict[int, float] = {}
    for size in (1, 8, 16, 32):
        part = texts[: max(size, 16)]
        start = time.perf_counter()
        run(part, size)
        found[size] = (time.perf_counter() - start) / len(part)
    return min(found, key=found.__getitem__)
