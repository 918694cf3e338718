"""Who imports whom, and what is imported only when it is needed."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from rotascope.cli.main import VERBS

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "rotascope": ROOT / "rotascope",
    "rotascope_feeds": ROOT / "feeds" / "rotascope_feeds",
    "rotascope_nlp": ROOT / "nlp" / "rotascope_nlp",
    "rotascope_models": ROOT / "models" / "rotascope_models",
}
LEAVES = ("rotascope_feeds", "rotascope_nlp", "rotascope_models")
HEAVY = (
    "torch",
    "transformers",
    "spacy",
    "onnxruntime",
    "openvino",
    "tokenizers",
    "pandas",
    "pyarrow",
    "altair",
)


def _modules(package: str) -> list[Path]:
    return sorted(PACKAGES[package].rglob("*.py"))


def _imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every imported name with its line, inside functions too; a relative one as `.`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else node.module or "", node.lineno
        elif isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name == "import_module" and isinstance(first, ast.Constant):
                yield str(first.value), node.lineno


def _offences(package: str, forbidden: set[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in _modules(package)
        for name, line in _imports(path)
        if name.partition(".")[0] in forbidden
    ]


@pytest.mark.parametrize("package", LEAVES)
def test_the_three_packages_know_neither_one_another_nor_the_product(package: str) -> None:
    assert _offences(package, set(PACKAGES) - {package}) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_are_absolute(package: str) -> None:
    relative = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in _modules(package)
        for name, line in _imports(path)
        if name == "."
    ]
    assert relative == []


def test_only_the_product_imports_its_command_line() -> None:
    """The library can be used without the command line."""
    outside = [path for path in _modules("rotascope") if "cli" not in path.parts]
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in outside
        for name, line in _imports(path)
        if name.startswith("rotascope.cli") or name.partition(".")[0] == "click"
    ]
    assert found == []


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in ("torch", "train", "postgres"):
        lines += project["optional-dependencies"][extra]
    return {_normal(re.split(r"[\s\[<>=;!~]", line, maxsplit=1)[0]) for line in lines}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_third_party_import_is_declared() -> None:
    """What runs here only because something else brought it along breaks at somebody else's."""
    known = _declared()
    homes = packages_distributions()
    undeclared = {
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for package in PACKAGES
        for path in _modules(package)
        for name, line in _imports(path)
        if (top := name.partition(".")[0]) not in PACKAGES
        and top not in sys.stdlib_module_names
        and top in homes
        and not known & {_normal(home) for home in homes[top]}
    }
    assert sorted(undeclared) == []


CODE = """
import json, sys
from rotascope.cli.main import main
heavy = json.loads(sys.argv[1])
found = {"": [name for name in heavy if name in sys.modules]}
for verb in json.loads(sys.argv[2]):
    sys.stdout = open("/dev/null", "w") if sys.platform != "win32" else sys.stdout
    code = main([*verb.split(), "--help"])
    found[verb or "rotascope"] = [name for name in heavy if name in sys.modules]
    assert code == 0, verb
    sys.stdout.close()
sys.stdout = sys.__stdout__
print(json.dumps(found))
"""


def _loaded(code: str, *arguments: str) -> dict[str, list[str]]:
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_help_loads_nothing_heavy() -> None:
    found = _loaded(CODE, json.dumps(HEAVY), json.dumps(["", *VERBS]))
    assert {verb: names for verb, names in found.items() if names} == {}


def test_help_itself_loads_no_database_either() -> None:
    found = _loaded(CODE, json.dumps([*HEAVY, "sqlalchemy", "pydantic", "numpy"]), json.dumps([""]))
    assert {verb: names for verb, names in found.items() if names} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_importing_a_package_loads_nothing_heavy(package: str) -> None:
    code = (
        f"import json, sys, {package}; print(json.dumps([n for n in {HEAVY} if n in sys.modules]))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.skipif(Path("/dev/nvidiactl").exists(), reason="asks torch for the GPU that is here")
def test_info_loads_neither_torch_nor_the_language_stage() -> None:
    """It is what one runs first on a machine where something is wrong."""
    code = (
        "import json, os, sys; from rotascope.cli.main import main;"
        "out, sys.stdout = sys.stdout, open(os.devnull, 'w'); code = main(['info']);"
        "sys.stdout.close(); sys.stdout = out; assert code == 0;"
        "heavy = ('torch', 'transformers', 'spacy', 'pandas');"
        "print(json.dumps({'info': [name for name in heavy if name in sys.modules]}))"
    )
    assert _loaded(code) == {"info": []}
