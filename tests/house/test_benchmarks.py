"""The benchmarks say how they are used, and refuse what they cannot read, in words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASELINE = "benchmarks/rotation/baseline.py"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
    )


@pytest.mark.parametrize("words", [(BASELINE,), ("-m", "benchmarks.export")])
def test_help_is_printed(words: tuple[str, ...]) -> None:
    done = run(*words, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("usage: ")


def test_the_baseline_names_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = run(BASELINE, str(tmp_path / "none.jsonl"))
    assert done.returncode == 2
    assert "none.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_baseline_prints_its_figures() -> None:
    done = run(BASELINE, "benchmarks/rotation/rotation.jsonl")
    assert done.returncode == 0, done.stderr
    assert '"passages": ' in done.stdout
