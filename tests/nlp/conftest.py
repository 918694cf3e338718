from __future__ import annotations

import os
from pathlib import Path

import pytest

import rotascope_nlp


@pytest.fixture(scope="session")
def stage():
    return rotascope_nlp.load()


@pytest.fixture(scope="session")
def data() -> Path:
    folder = os.environ.get("ROTASCOPE_DATA")
    if not folder:
        pytest.skip("ROTASCOPE_DATA is not set")
    return Path(folder)
