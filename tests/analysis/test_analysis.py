"""The analysis on the real language stage and a model whose answers can be worked out by eye."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rotascope
import rotascope_nlp
from rotascope import stance
from rotascope.analysis import Analyzer, Input, make_revision
from rotascope.contract import parse_line, to_json
from rotascope.errors import InputError, UsageError
from rotascope.plan import SHORT_TEXT
from rotascope_models.fake import WordModel
from rotascope_nlp.pipeline import MAX_CHARS

LONG_TAIL = " The committee will meet again next month." * (SHORT_TEXT // 40)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(rotascope_nlp.load(), WordModel())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": None}, "not NoneType"),
        ({"text": float("nan")}, "not float"),
        ({"text": "Tech fell.", "title": float("nan")}, "title .* not float"),
        ({"text": "Tech fell.", "targets": [5]}, "targets are pairs"),
        ({"text": "Tech fell.", "targets": 5}, "targets are pairs"),
    ],
)
def test_what_is_no_text_title_or_target_is_told(given: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        rotascope.analyze(**given)


def test_no_targets_may_be_none_and_a_model_is_a_name_or_a_model() -> None:
    assert rotascope.analyze("Tech fell.", targets=None, model=WordModel()).targets == ()
    with pytest.raises(UsageError, match=r"model is a name or a folder.* not int"):
        rotascope.analyze("Tech fell.", model=5)  # type: ignore[arg-type]


def test_one_sentence_two_targets_two_answers(analyzer: Analyzer) -> None:
    text = "Technology stocks fell while utilities rose."
    found = analyzer.analyze(text, targets=[(0, 10), (text.index("utilities"), len(text) - 6)])
    assert [row.sentiment.score < 0 for row in found.targets if row.sentiment] == [True, False]
    scores = {row.group: row.sentiment.score for row in found.groups}
    assert scores["information_technology"] < 0 < scores["utilities"]


def test_targets_keep_order_and_duplicates_and_report_bad_spans(analyzer: Analyzer) -> None:
    text = "Utilities rose."
    spans = [(0, 9), (0, 9), (5, 2), (0, 99), (None, 3), (True, 2)]
    result = analyzer.analyze_many([Input(text, None, tuple(spans))])
    rows = to_json(next(result))["targets"]
    assert [(row["start"], row["end"]) for row in rows] == spans
    assert rows[0] == rows[1]
    assert rows[0]["score"] > 0
    assert all(set(row) == {"start", "end", "error"} for row in rows[2:])


def test_bad_texts_stand_in_their_place(analyzer: Analyzer) -> None:
    texts = ["Utilities rose.", "   ", "x" * (MAX_CHARS + 1), "Energy fell."]
    results = list(analyzer.analyze_many(Input(text) for text in texts))
    assert [isinstance(row, InputError) for row in results] == [False, True, True, False]
    assert "1,000,000" in str(results[2])


def test_a_model_that_breaks_on_one_text_costs_no_other() -> None:
    class Breaking(WordModel):
        def predict(self, examples):  # type: ignore[no-untyped-def]
            if any("tripwire" in example.text for example in examples):
                raise ValueError("tripped")
            return super().predict(examples)

    analyzer = Analyzer(rotascope_nlp.load(), Breaking())
    texts = ["Utilities rose.", "A tripwire here.", "Energy fell."]
    results = list(analyzer.analyze_many(Input(text) for text in texts))
    assert [isinstance(row, InputError) for row in results] == [False, True, False]
    assert "tripped" in str(results[1])


def test_a_lone_surrogate_is_read_as_an_unknown_character(analyzer: Analyzer) -> None:
    text = "Utilities \ud800 rose."
    found = analyzer.analyze(text, targets=[(0, 9)])
    assert found.targets[0].sentiment is not None
    json.dumps(to_json(found)).encode()


def test_batches_change_nothing(analyzer: Analyzer) -> None:
    inputs = [Input(f"Utilities rose {n} percent." + LONG_TAIL * (n % 2)) for n in range(7)]
    small = list(analyzer.analyze_many(inputs, batch_texts=2))
    assert small == list(analyzer.analyze_many(inputs, batch_texts=7))


def test_weights_of_a_group_add_up_to_its_score(analyzer: Analyzer) -> None:
    text = "Utilities rose. Energy fell. Investors moved money out of energy into utilities."
    found = analyzer.analyze(text, title="Utilities gained")
    for group in found.groups:
        items = [row for row in found.evidence if row.group == group.group]
        assert sum(row.weight for row in items) == pytest.approx(1)
        total = sum(row.weight * row.sentiment.score for row in items)
        assert total == pytest.approx(group.sentiment.score)


def test_title_weighs_in_and_its_spans_say_so(analyzer: Analyzer) -> None:
    text = "Energy fell." + LONG_TAIL
    bare = analyzer.analyze(text)
    titled = analyzer.analyze(text, title="Energy rose")
    assert titled.overall.score > bare.overall.score
    rows = to_json(titled)
    assert rows["sentences"][0] | {"field": "title"} == rows["sentences"][0]
    assert "field" not in rows["sentences"][1]


def test_offsets_are_code_points_of_the_text_as_given(analyzer: Analyzer) -> None:
    text = "“Café” 😀 — so: utilities rose."
    found = analyzer.analyze(text)
    spans = [text[row.mention.start : row.mention.end] for row in found.mentions]
    assert spans == ["utilities"]


def test_revision_depends_on_the_model(analyzer: Analyzer) -> None:
    class Other(WordModel):
        revision = "2"

    other = Analyzer(analyzer.language, Other())
    assert other.revision.id != analyzer.revision.id
    assert len(analyzer.revision.id) == 12


def test_revision_depends_on_the_stance_rules_and_those_of_the_language_stage(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    revisions = analyzer.language.revisions
    assert analyzer.revision.rules.startswith(revisions["rules"])
    written = Path(stance.__file__).read_text("utf-8")
    changed = tmp_path / "stance.py"
    monkeypatch.setattr(stance, "__file__", str(changed))

    def revision(source: str, **others: str) -> str:
        changed.write_text(source, "utf-8")
        return make_revision({**revisions, **others}, WordModel()).id

    assert revision(f"{written}\n# A word.\n") == analyzer.revision.id
    assert revision(f"{written}\nFLOOR = 0.5\n") != analyzer.revision.id
    assert revision(written, rules="others") != analyzer.revision.id


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "no JSON object"),
        ('{"id": "a"}', '"text"'),
        ('{"id": "a", "text": 3}', '"text"'),
        ('{"id": "a", "text": "  "}', "empty"),
        ('{"id": "a", "text": "x", "title": 1}', '"title"'),
        ('{"id": "a", "text": "x", "targets": 1}', '"targets"'),
    ],
)
def test_bad_lines_say_what_is_wrong(line: str, said: str) -> None:
    id_, error = parse_line(line)
    assert isinstance(error, InputError)
    assert said in str(error)
    assert id_ == ("a" if '"a"' in line else None)
