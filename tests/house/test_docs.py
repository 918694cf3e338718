"""What the documents say is there, and what is there is documented."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from rotascope.cli.main import VERBS, cli

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def _commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """The command and all below it, by what a user types."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for verb in command.list_commands(context):
            below = command.get_command(context, verb)
            assert below is not None
            yield from _commands(below, f"{name} {verb}".strip())


@pytest.fixture(scope="module")
def commands() -> dict[str, click.Command]:
    return dict(_commands(cli, ""))


def _options(command: click.Command) -> set[str]:
    return {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    }


def _section(text: str, heading: str) -> str:
    """The part of a page under a heading, until the next of the same or a higher level."""
    match = re.search(rf"^(#+) {re.escape(heading)}$(.*?)(?=^\1 |^#{{1,2}} |\Z)", text, re.M | re.S)
    return match[2] if match else ""


def test_every_option_is_documented(commands: dict[str, click.Command]) -> None:
    page = (DOCS / "cli.md").read_text("utf-8")
    missing = [
        f"{name}: {option}"
        for name, command in commands.items()
        for option in sorted(_options(command))
        if option not in _words(_section(page, _heading(name)))
    ]
    assert missing == []


def _heading(name: str) -> str:
    return f"rotascope {name.split(maxsplit=1)[0]}" if name else "Global options"


def test_every_documented_option_exists(commands: dict[str, click.Command]) -> None:
    page = (DOCS / "cli.md").read_text("utf-8")
    everywhere = _options(commands[""]) | {"--help"}
    gone = [
        f"{verb}: {word}"
        for verb in VERBS
        for word in sorted(_words(_section(page, f"rotascope {verb}")))
        if word not in everywhere
        and not any(
            word in _options(command)
            for name, command in commands.items()
            if name.split()[:1] == [verb]
        )
    ]
    assert gone == []


def _words(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


def test_every_verb_has_a_section() -> None:
    page = (DOCS / "cli.md").read_text("utf-8")
    assert [verb for verb in VERBS if f"## rotascope {verb}\n" not in page] == []


def _keys(tree: dict[str, Any], at: str = "") -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, dict) and value:
            yield from _keys(value, f"{at}{key}.")
        else:
            yield f"{at}{key}"


def test_every_key_that_a_page_names_exists() -> None:
    """The keys themselves are explained in config.yaml, where they stand."""
    shipped = yaml.safe_load((ROOT / "config.yaml").read_text("utf-8"))
    known = set(_keys(shipped)) | set(shipped)
    named = rf"`((?:{'|'.join(shipped)})\.[a-z_]+)`"
    gone = [
        f"{page.name}: {key}"
        for page in _pages()
        for key in re.findall(named, page.read_text("utf-8"))
        if key not in known and key.partition(".")[0] != "groups"
    ]
    assert gone == []


def _dependencies() -> list[str]:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    lines = [*project["dependencies"], *(line for extra in extras for line in extra)]
    names = {re.split(r"[\s\[<>=;!~]", line, maxsplit=1)[0] for line in lines}
    return sorted(names - {"rotascope"})


def test_pandas_is_one_that_reads_a_column_of_strings_as_such() -> None:
    """Before 3, `dtype="str"` made objects, and `score_frame` found no text in them."""
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    (bound,) = (line for line in lines if line.strip().startswith('"pandas'))
    assert int(re.findall(r">=(\d+)", bound)[0]) >= 3


def test_every_dependency_says_why() -> None:
    page = (DOCS / "dependencies.md").read_text("utf-8")
    assert [name for name in _dependencies() if f"`{name}`" not in page] == []


def test_every_dependency_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text("utf-8").lower().replace("_", "-")
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", pins, re.M))
    plain = (name.lower().replace("_", "-") for name in _dependencies())
    assert sorted(set(plain) - pinned) == []


def _shell_lines(page: Path) -> Iterator[str]:
    fenced = re.compile(r"^```(?:sh|console)?\n(.*?)^```", re.M | re.S)
    for block in fenced.findall(page.read_text("utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            yield line.partition(" #")[0].strip().removeprefix("$ ")


def _pages() -> list[Path]:
    return [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.name)
def test_commands_shown_exist(page: Path, commands: dict[str, click.Command]) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    globally = _options(commands[""])
    wrong = []
    for line in _shell_lines(page):
        words = line.split()
        if words[:1] == ["make"]:
            wrong += [line for target in words[1:2] if f"\n{target}:" not in makefile]
        elif words[:1] == ["rotascope"]:
            found = next((word for word in words[1:] if word in VERBS), None)
            if found is None and not _words(line) <= globally | {"--help", "--version"}:
                wrong.append(line)
                continue
            known = (
                globally
                | {"--help"}
                | set().union(
                    *(_options(c) for name, c in commands.items() if name.split()[:1] == [found])
                )
            )
            wrong += [f"{line}: {option}" for option in sorted(_words(line) - known)]
    assert wrong == []


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def _tracked() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_no_path_of_any_machine() -> None:
    """A path of somebody's machine works nowhere else; data is found through ROTASCOPE_DATA."""
    place = re.compile(r"(?<![\w.:/-])/(?:work|root|home/\w+|Users/\w+)/")
    found = []
    for path in _tracked():
        if path.name == ".gitignore" or path == Path(__file__) or not path.is_file():
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in place.finditer(text)]
    assert found == []


def test_test_modules_have_names_of_their_own() -> None:
    """pytest imports them by name alone, so that two of one name would shadow each other."""
    names = [path.name for path in (ROOT / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert sorted({name for name in names if names.count(name) > 1} - {"__init__.py"}) == []
