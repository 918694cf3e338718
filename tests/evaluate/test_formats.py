from __future__ import annotations

import json
from pathlib import Path

import pytest

from rotascope.errors import InputError
from rotascope.evaluate.formats import read
from rotascope_models.base import Example


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_jsonl_with_and_without_targets(tmp_path: Path) -> None:
    rows = [
        {"text": "Banks rose", "start": 0, "end": 5, "label": "positive"},
        {"text": "Nothing moved", "label": "Neutral"},
    ]
    got = read(put(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)) + "\n\n"))
    assert got.form == "jsonl"
    assert [(g.example, g.label) for g in got.rows] == [
        (Example("Banks rose", 0, 5), 2),
        (Example("Nothing moved"), 1),
    ]


def test_phrasebank_is_latin_1_and_splits_at_the_last_at(tmp_path: Path) -> None:
    text = "Säästö Oyj wrote to ir@saasto.example .@neutral\nSales grew .@positive\n"
    got = read(put(tmp_path, "Sentences_AllAgree.txt", text, "latin-1"))
    assert [g.label for g in got.rows] == [1, 2]
    assert got.rows[0].example.text == "Säästö Oyj wrote to ir@saasto.example ."


def test_sentfin_decisions_become_spans_and_absent_entities_are_counted(tmp_path: Path) -> None:
    text = (
        "S No.,Title,Decisions,Words\n"
        '1,"Banks gain, IT slips","{""Banks"": ""positive"", ""IT"": ""negative"", '
        '""Auto"": ""neutral""}",4\n'
    )
    got = read(put(tmp_path, "SEntFiN.csv", text))
    assert [(g.example.start, g.example.end, g.label) for g in got.rows] == [(0, 5, 2), (12, 14, 0)]
    assert got.skipped == 1


def test_finentity_annotations(tmp_path: Path) -> None:
    marks = [{"start": 0, "end": 4, "value": "Acme", "label": "Negative"}]
    got = read(
        put(tmp_path, "f.json", json.dumps([{"content": "Acme fell", "annotations": marks}]))
    )
    assert got.form == "finentity"
    assert got.rows[0].example == Example("Acme fell", 0, 4)
    assert got.rows[0].label == 0


def test_semeval_headlines_and_microblogs(tmp_path: Path) -> None:
    entries = [
        {"id": 1, "company": "Acme", "title": "Profit jumps at ACME", "sentiment": "0.7"},
        {"cashtag": "$ACM", "spans": ["not", "buying"], "sentiment score": -0.4},
    ]
    got = read(put(tmp_path, "s.json", json.dumps(entries)))
    assert [(g.example, g.score) for g in got.rows] == [
        (Example("Profit jumps at ACME", 16, 20), 0.7),
        (Example("not buying"), -0.4),
    ]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.jsonl", '{"text": "x", "label": "good"}', r"line 1: expected a label of negative"),
        ("a.jsonl", '{"sentence": "x", "label": "neutral"}', r"line 1: .*'text', found the keys s"),
        ("a.jsonl", '{"text": "x", "label": "neutral"}\n{', r"line 2: no JSON"),
        (
            "a.jsonl",
            '{"text": "x", "start": 0, "end": 9, "label": "neutral"}',
            r"line 1: .*outside",
        ),
        ("a.jsonl", '{"text": "x", "start": "0", "end": 1, "label": "neutral"}', r"whole numbers"),
        ("a.jsonl", "", r"holds no labelled text"),
        ("a.csv", "Headline,Decisions\n", r"line 1: expected the columns Title and Decisions, fo"),
        ("a.csv", "Title,Decisions\nBanks gain,positive\n", r"line 2: expected Decisions as"),
        ("a.txt", "Sales grew . positive\n", r"line 1: expected 'sentence@label'"),
        ("a.json", '{"a": 1}', r"expected a list of objects"),
        ("a.json", '[{"title": "x"}]', r"entry 1: expected 'sentiment' or 'sentiment score'"),
        ("a.xml", "<a/>", r"ends in .jsonl, .json, .csv or .txt"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_line(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        read(put(tmp_path, name, text))
