from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from rotascope.analysis import Analyzer
from rotascope.cli import explain, score
from rotascope.cli.main import main
from rotascope.config import load_settings
from rotascope.pipeline import load_analyzer


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """The bundled model and the language stage, loaded once for all tests."""
    return load_analyzer(load_settings(env={}))


@pytest.fixture
def run(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Run the command line in this process, with the analyzer that is loaded already."""
    for verb in (score, explain):
        monkeypatch.setattr(verb, "load_analyzer", lambda *_, **__: analyzer)

    def run(*args: object) -> Ran:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run
