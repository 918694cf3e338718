"""Messages that count say `1 feed` and `2 feeds`."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import rotascope
from rotascope.wording import plural


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ((1, "feed"), "1 feed"),
        ((0, "feed"), "0 feeds"),
        ((1, "story"), "1 story"),
        ((1200, "new entry"), "1,200 new entries"),
        ((2, "day"), "2 days"),
        ((2.0, "story"), "2 stories"),
        ((1, "text is", "texts are"), "1 text is"),
        ((3, "text is", "texts are"), "3 texts are"),
    ],
)
def test_a_noun_follows_its_number(call: tuple[float, str], told: str) -> None:
    assert plural(*call) == told


NOUNS = "articles|entries|feeds|files|lines|passages|periods|rounds|rows|stories|texts|versions"
MORE_THAN_ONE = (
    "periods are more than",
    "periods of {} groups are more",
    "periods are too many",
    "rows are more than Excel",
)
"""Said of thousands alone."""


def test_no_message_puts_a_number_before_a_fixed_plural() -> None:
    found = []
    for path in sorted(Path(rotascope.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                text = "".join(
                    part.value if isinstance(part, ast.Constant) else "{}"
                    for part in node.values
                    if not isinstance(part, ast.Constant) or isinstance(part.value, str)
                )
                if re.search(rf"\{{\}} (\w+ )?({NOUNS})\b", text):
                    found.append((path.name, text))
    assert [text for _, text in found if not any(said in text for said in MORE_THAN_ONE)] == []
