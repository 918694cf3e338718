"""The bundled weights hold the floors of `gate_floors.json`; see `gate.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import gate

from rotascope_models import load_model
from rotascope_models.base import SentimentModel

SETS = gate.read_floors()["sets"]


@pytest.fixture(scope="module")
def model() -> SentimentModel:
    return load_model()


@pytest.mark.parametrize("name", SETS)
def test_the_bundled_weights_hold_their_floors(name: str, model: SentimentModel) -> None:
    entry = SETS[name]
    path = gate.locate(entry)
    if path is None:
        pytest.skip("ROTASCOPE_DATA is not set")
    assert gate.digest(path) == entry["sha256"], "the data changed: measure anew, with gate.py"
    assert entry["floors"], "no floors: python tests/models/gate.py --raise"
    assert gate.below(gate.measure(path, entry["task"], model), entry["floors"]) == {}


def test_a_figure_under_its_floor_is_named() -> None:
    assert gate.below({"accuracy": 0.8, "macro_f1": 0.9}, {"accuracy": 0.85, "macro_f1": 0.9}) == {
        "accuracy": (0.8, 0.85)
    }


def test_floors_rise_by_themselves_and_fall_only_when_told() -> None:
    floors, figures = {"accuracy": 0.8, "macro_f1": 0.9}, {"accuracy": 0.85, "macro_f1": 0.7}
    assert gate.moved(floors, figures, lower=False) == {"accuracy": 0.845, "macro_f1": 0.9}
    assert gate.moved(floors, figures, lower=True) == {"accuracy": 0.845, "macro_f1": 0.695}


def test_lowering_needs_a_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["gate.py", "--lower"])
    with pytest.raises(SystemExit):
        gate.main()
    assert "--reason" in capsys.readouterr().err
