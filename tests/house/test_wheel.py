"""The wheel holds what the tree holds: every module, every data file, the configuration."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "rotascope": ROOT / "rotascope",
    "rotascope_feeds": ROOT / "feeds" / "rotascope_feeds",
    "rotascope_nlp": ROOT / "nlp" / "rotascope_nlp",
    "rotascope_models": ROOT / "models" / "rotascope_models",
}


def _build(kind: str, out: Path) -> Path:
    """Built by hatchling as installed: no isolation, so no network."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = out.iterdir()
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(_build("wheel", tmp_path_factory.mktemp("wheel"))) as opened:
        yield opened


def _tree() -> set[str]:
    return {
        f"{name}/{path.relative_to(folder).as_posix()}"
        for name, folder in PACKAGES.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def _packed(wheel: zipfile.ZipFile) -> set[str]:
    return {name for name in wheel.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_the_tree_and_the_configuration(wheel: zipfile.ZipFile) -> None:
    assert _packed(wheel) == _tree() | {"rotascope/config.yaml"}
    assert wheel.read("rotascope/config.yaml") == (ROOT / "config.yaml").read_bytes()


def test_only_four_names_are_taken(wheel: zipfile.ZipFile) -> None:
    assert {name.partition("/")[0] for name in _packed(wheel)} == set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_is_typed(wheel: zipfile.ZipFile, package: str) -> None:
    assert f"{package}/py.typed" in _packed(wheel)


def test_licence_command_and_extras(wheel: zipfile.ZipFile) -> None:
    by_end = {name.rpartition("dist-info/")[2]: name for name in wheel.namelist()}
    assert wheel.read(by_end["licenses/LICENSE"]) == (ROOT / "LICENSE").read_bytes()
    assert b"rotascope = rotascope.cli.main:main" in wheel.read(by_end["entry_points.txt"])
    metadata = wheel.read(by_end["METADATA"]).decode()
    for extra in ("torch", "train", "postgres", "dev"):
        assert f"Provides-Extra: {extra}\n" in metadata
    assert "\nRequires-Dist: torch" in metadata
    plain = [line for line in metadata.splitlines() if line.startswith("Requires-Dist: torch")]
    assert all("extra ==" in line for line in plain), "torch is no default dependency"


def test_the_source_archive_holds_what_is_needed_and_no_more(tmp_path: Path) -> None:
    """Nothing of what lies about in a checkout, such as a virtual environment of gigabytes."""
    with tarfile.open(_build("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"config.yaml", "constraints.txt", "LICENSE", "Makefile", "pyproject.toml"} <= names
    packages = [ROOT / name for name in ("rotascope", "feeds", "nlp", "models")]
    modules = {str(path.relative_to(ROOT)) for folder in packages for path in folder.rglob("*.py")}
    assert modules <= names
    folders = {name.partition("/")[0] for name in names if "/" in name}
    assert folders <= {"rotascope", "feeds", "nlp", "models", "tests", "benchmarks", "docs"}


def test_it_runs_from_the_wheel_alone(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """Unpacked elsewhere: the configuration is found beside the code, not in a checkout."""
    wheel.extractall(tmp_path)
    code = (
        "import rotascope.config as c, sys; from pathlib import Path;"
        "assert c.__file__.startswith(sys.argv[1]), c.__file__;"
        "assert c.shipped_file().parent == Path(c.__file__).parent; c.load_settings()"
    )
    # -P and PYTHONPATH: the unpacked packages go before the checkout's.
    command = [sys.executable, "-P", "-c", code, str(tmp_path)]
    environment = {"PYTHONPATH": str(tmp_path), "PATH": "", "HOME": str(tmp_path)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
