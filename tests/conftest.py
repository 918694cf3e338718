"""What every test gets: no configuration or store of the user's own, and the real data by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's user is read, and nothing is written there."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in os.environ:
        if name.startswith("ROTASCOPE_") and ("__" in name or name == "ROTASCOPE_CONFIG"):
            monkeypatch.delenv(name)


@pytest.fixture
def data() -> Path:
    """The folder of real data; the test is skipped where there is none."""
    folder = os.environ.get("ROTASCOPE_DATA")
    if not folder:
        pytest.skip("ROTASCOPE_DATA is not set: the real data is not here")
    return Path(folder)
