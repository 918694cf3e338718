"""A column of texts: every row of the table is answered, under its own index."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import rotascope
from rotascope.errors import UsageError
from rotascope.frames import COLUMNS
from rotascope_models.fake import WordModel

GOOD = "Technology stocks fell while utilities rose."
MOVE = "Investors rotated out of tech into energy."


def test_cells_without_a_text_are_told_in_their_rows() -> None:
    cells = [GOOD, "", "  \n", None, np.nan, pd.NA, pd.NaT, 12, ["Tech fell."], MOVE]
    index = pd.Index([f"row {place}" for place in range(len(cells))], name="key")
    found = rotascope.score_frame(
        pd.DataFrame({"text": pd.Series(cells, index, object)}), model=WordModel()
    )
    assert found.index.name == "key"
    assert list(dict.fromkeys(found.index)) == list(index)
    failed = found[found["error"].notna()]
    assert list(failed.index) == list(index[1:-1])
    assert set(failed["error"][:6]) == {"the text is empty"}
    assert [told.split(",")[1].strip() for told in failed["error"][6:]] == ["not int", "not list"]
    assert failed.drop(columns="error").isna().all(axis=None)


def test_what_is_no_table_is_told_how_to_become_one() -> None:
    with pytest.raises(UsageError, match=r"not Series; make it one with \.to_frame\('text'\)"):
        rotascope.score_frame(pd.Series([GOOD]), model=WordModel())  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="not list"):
        rotascope.score_frame([GOOD], model=WordModel())  # type: ignore[arg-type]


def test_scores_are_those_of_analyze() -> None:
    frame = pd.DataFrame({"headline": [GOOD]}, index=[7])
    found = rotascope.score_frame(frame, text="headline", model=WordModel())
    alone = rotascope.analyze(GOOD, model=WordModel())
    assert set(found.index) == {7}
    assert found["kind"].tolist() == ["overall", *(row.kind for row in alone.groups)]
    assert found["score"].tolist() == [
        alone.overall.score,
        *(row.sentiment.score for row in alone.groups),
    ]
    by_group = found.dropna(subset="group").set_index("group")["score"]
    assert by_group["information_technology"] < 0 < by_group["utilities"]


def test_flows_of_a_column() -> None:
    frame = pd.DataFrame({"text": [GOOD, MOVE, None]}, index=pd.to_datetime(["2024-01-01"] * 3))
    found = rotascope.score_frame(frame, what="flows", model=WordModel())
    assert found[["from", "to"]].iloc[0].tolist() == ["information_technology", "energy"]
    assert found["error"].notna().tolist() == [False, True]
    assert set(found.index) == {pd.Timestamp("2024-01-01")}


def test_html_is_read_as_text() -> None:
    marked = ["<p>Investors moved money out of tech<br/>and into banks &amp; insurers.</p>"]
    plain = ["Investors moved money out of tech\nand into banks & insurers."]
    for what in COLUMNS:
        found, same = (
            rotascope.score_frame(pd.DataFrame({"text": texts}), what=what, model=WordModel())
            for texts in (marked, plain)
        )
        assert len(found)
        pd.testing.assert_frame_equal(found, same)


def test_a_title_is_read_too_and_is_enough() -> None:
    frame = pd.DataFrame({"text": [None, GOOD], "title": ["Energy rose.", np.nan]})
    found = rotascope.score_frame(frame, title="title", model=WordModel())
    assert found["error"].isna().all()
    assert found.loc[0, "group"].dropna().tolist() == ["energy"]


@pytest.mark.parametrize("what", list(COLUMNS))
def test_an_empty_table_has_its_columns_and_types(what: str) -> None:
    frame = pd.DataFrame({"text": []})
    found = rotascope.score_frame(frame, what=what, model=WordModel())  # type: ignore[arg-type]
    assert found.dtypes.astype(str).to_dict() == COLUMNS[what]


def test_what_is_not_there_is_wrong_usage() -> None:
    frame = pd.DataFrame({"headline": [GOOD]})
    with pytest.raises(UsageError, match="no column 'text'; the table has headline"):
        rotascope.score_frame(frame)
    with pytest.raises(UsageError, match="unknown table"):
        rotascope.score_frame(frame, text="headline", what="points")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="several columns 'a'"):
        rotascope.score_frame(pd.DataFrame([["x", "y"]], columns=["a", "a"]), text="a")


def test_columns_of_several_levels_are_named_by_all_of_them() -> None:
    frame = pd.DataFrame([[GOOD, 1]], columns=pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")]))
    with pytest.raises(UsageError, match=r"no column 'a'; .*'b'\).*several levels.* tuple"):
        rotascope.score_frame(frame, text="a", model=WordModel())
    found = rotascope.score_frame(frame, text=("a", "b"), model=WordModel())  # type: ignore[arg-type]
    assert found["error"].isna().all()
