"""The quality gate: figures of the bundled weights, and the floors below which none may fall.

python tests/models/gate.py              show figures against floors
python tests/models/gate.py --raise      raise the floors to what is measured (less MARGIN)
python tests/models/gate.py --lower --reason "..."   set them lower; the reason is kept
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from rotascope.evaluate.run import evaluate
from rotascope_models import load_model
from rotascope_models.base import SentimentModel

HERE = Path(__file__).parent
FLOORS = HERE / "gate_floors.json"
MARGIN = 0.005
"""How far below the measured figure a floor is set: processors round int8 kernels differently."""


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    """The floors, by the name of their data set."""
    return dict(json.loads(path.read_text(encoding="utf-8")))


def locate(entry: dict[str, Any]) -> Path | None:
    """The file of an entry: beside this one, or under ROTASCOPE_DATA; None where that is unset."""
    if "shipped" in entry:
        return HERE / entry["shipped"]
    folder = os.environ.get("ROTASCOPE_DATA")
    return Path(folder) / entry["data"] if folder else None


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measure(path: Path, task: str, model: SentimentModel) -> dict[str, float]:
    """The gated figures; every one is better when higher."""
    figures = evaluate(path, model, task=task)
    found = {"accuracy": figures["accuracy"], "macro_f1": figures["macro_f1"]}
    if figures["conflict"]["n"] >= 100:
        found["conflict_macro_f1"] = figures["conflict"]["macro_f1"]
    return found | {"one_minus_ece": round(1 - figures["ece"], 4)}


def below(figures: dict[str, float], floors: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Figures under their floor: (figure, floor)."""
    return {k: (figures[k], floor) for k, floor in floors.items() if figures[k] < floor}


def moved(floors: dict[str, float], figures: dict[str, float], *, lower: bool) -> dict[str, float]:
    """New floors: raised where the figures allow it, and lowered only if told so."""
    wanted = {k: round(v - MARGIN, 4) for k, v in figures.items()}
    if lower:
        return wanted
    return {k: max(v, floors.get(k, 0.0)) for k, v in wanted.items()}


def main() -> int:
    """Show the figures, or move the floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="up", action="store_true")
    parser.add_argument("--lower", action="store_true")
    parser.add_argument("--reason", default="")
    options = parser.parse_args()
    if options.lower and not options.reason.strip():
        parser.error("--lower needs --reason, which is kept beside the floors")
    entries, model, failed = read_floors(), load_model(), False
    for name, entry in entries["sets"].items():
        path = locate(entry)
        if path is None:
            print(f"{name}: skipped, ROTASCOPE_DATA is not set")
            continue
        figures = measure(path, entry["task"], model)
        under = below(figures, entry["floors"])
        failed = failed or bool(under)
        print(f"{name}: {figures}" + (f"  BELOW {under}" if under else ""))
        if options.up or options.lower:
            entry["floors"] = moved(entry["floors"], figures, lower=options.lower)
            entry["sha256"] = digest(path)
    if options.lower:
        entries["lowered"].append({"revision": model.revision, "reason": options.reason.strip()})
    if options.up or options.lower:
        FLOORS.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
        return 0
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
