"""The command line on a store of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rotascope.cli.main import main

Run = Callable[..., tuple[int, str, str]]
"""Arguments to exit code, stdout and stderr."""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*args: str) -> tuple[int, str, str]:
        code = main(["--db", str(tmp_path / "news.db"), *args])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call
