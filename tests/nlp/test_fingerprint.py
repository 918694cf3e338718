"""The revision of the rules moves with code, and not with comments, docstrings and blank lines."""

from __future__ import annotations

import io
import tokenize
from pathlib import Path

import pytest

import rotascope_nlp
from rotascope_nlp.fingerprint import code_only, fingerprint

SOURCES = sorted(Path(rotascope_nlp.__file__).parent.glob("*.py"))
LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
STARTS = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}

SOURCE = '''"""A module."""

import re  # for patterns

WORDS = """
# not a comment

oil
"""
"""What is sold."""


def price(text: str) -> str:
    """In dollars."""
    # The sign stands before it.
    found = re.search(r"\\$[^#]+", text)
    return join("a", """
kept""") if found else 'it\\'s # no'
'''


def tokens(source: str) -> list[str]:
    """What Python's own tokeniser reads, without comments, docstrings and layout."""
    found = [
        token
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in (tokenize.COMMENT, tokenize.NL)
    ]
    kept = []
    for place, token in enumerate(found):
        first = place == 0 or found[place - 1].type in STARTS
        alone = place + 1 < len(found) and found[place + 1].type == tokenize.NEWLINE
        if token.type not in LAYOUT and not (token.type == tokenize.STRING and first and alone):
            kept.append(token.string)
    return kept


@pytest.mark.parametrize("source", [SOURCE, *SOURCES], ids=lambda one: getattr(one, "name", "own"))
def test_all_code_is_kept_and_nothing_else(source: str | Path) -> None:
    text = source.read_text("utf-8") if isinstance(source, Path) else source
    bare = code_only(text)
    assert tokens(bare) == tokens(text)
    found = list(tokenize.generate_tokens(io.StringIO(bare).readline))
    assert not [token for token in found if token.type == tokenize.COMMENT]
    assert not [token for token in found if token.type == tokenize.NL and not token.line.strip()]


def test_what_is_said_about_code_does_not_count() -> None:
    said = SOURCE.replace("A module.", "Another.").replace("for patterns", "patterns")
    said = said.replace("    # The sign stands before it.\n", "\n").replace("In dollars.", "Cents.")
    assert said != SOURCE
    assert code_only(said) == code_only(SOURCE)
    assert code_only(SOURCE.replace('"""In dollars."""\n', "\n")) == code_only(SOURCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("oil", "gas"),
        ("comment\n\noil", "comment\noil"),
        ("it\\'s # no", "it\\'s # yes"),
        ("# not a comment", "# a comment"),
        ("kept", "kept so"),
        ("[^#]+", "[^#]*"),
    ],
)
def test_every_change_of_code_counts(old: str, new: str) -> None:
    changed = SOURCE.replace(old, new)
    assert changed != SOURCE
    assert code_only(changed) != code_only(SOURCE)


def test_files_count_by_name_and_with_what_they_run_on(tmp_path: Path) -> None:
    paths = [tmp_path / "a.py", tmp_path / "b.py"]
    for path in paths:
        path.write_text(f"name = {path.name!r}  # {tmp_path}\n", "utf-8")
    found = fingerprint(paths, "pipeline 1")
    assert found == fingerprint(reversed(paths), "pipeline 1")
    assert found != fingerprint(paths, "pipeline 2")
    assert found != fingerprint(paths[:1], "pipeline 1")
    paths[0].write_text("name = 'a.py'", "utf-8", newline="\r\n")
    assert found == fingerprint(paths, "pipeline 1")
