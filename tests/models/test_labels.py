"""Which output is which label."""

from __future__ import annotations

import pytest

from rotascope_models.base import ROLES
from rotascope_models.errors import ModelRejected
from rotascope_models.labels import ROLE, columns, role_columns


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["positive", "negative", "neutral"], (1, 2, 0)),  # ProsusAI/finbert
        (["Neutral", "Positive", "Negative"], (2, 0, 1)),  # yiyanghkust/finbert-tone
        (["negative", "neutral", "positive"], (0, 1, 2)),
        (["Bearish", "Bullish", "Neutral"], (0, 2, 1)),
        ([" POS ", "NEU", "neg"], (2, 1, 0)),
    ],
)
def test_columns_follow_the_names(names: list[str], expected: tuple[int, int, int]) -> None:
    assert columns(dict(enumerate(names)), name="a model") == expected


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["LABEL_0", "LABEL_1", "LABEL_2"], "set id2label"),
        (["positive", "negative"], "no output means neutral"),
        (["positive", "bullish", "negative"], "two outputs mean 'positive'"),
        (["joy", "anger", "neutral"], "'joy' is no sentiment label"),
    ],
)
def test_names_that_do_not_say_are_refused(names: list[str], said: str) -> None:
    with pytest.raises(ModelRejected, match=said):
        columns(dict(enumerate(names)), name="a model")


def test_outputs_for_roles_are_found_by_name_and_only_if_all_are_there() -> None:
    roles = [ROLE + role for role in ROLES]
    names = [*reversed(roles), "positive", "neutral", "negative"]
    count = len(roles)
    assert columns(dict(enumerate(names)), name="a model") == (count + 2, count + 1, count)
    assert role_columns(dict(enumerate(names))) == tuple(range(count - 1, -1, -1))
    assert role_columns(dict(enumerate(names[1:]))) is None
