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


@pytest.mark.parametrize(
    "header", ["text,label", "Sentence,Sentiment", "sentiment,headline", "id,Title, Label "]
)
def test_a_table_of_one_s_own(tmp_path: Path, header: str) -> None:
    cells = {"id": "7", "text": '"Banks gain, miners fall"', "label": "Positive"}
    same = {"sentence": "text", "headline": "text", "title": "text", "sentiment": "label"}
    names = [name.strip().lower() for name in header.split(",")]
    row = ",".join(cells[same.get(name, name)] for name in names)
    got = read(put(tmp_path, "own.csv", f"{header}\n{row}\n\n"))
    assert got.form == "csv"
    assert [(g.example, g.label) for g in got.rows] == [(Example("Banks gain, miners fall"), 2)]


def test_a_table_of_one_s_own_may_name_targets(tmp_path: Path) -> None:
    body = "text,target,label\nBanks gain,Banks,positive\nBanks gain,,neutral\n"
    got = read(put(tmp_path, "own.csv", body))
    assert [g.example for g in got.rows] == [Example("Banks gain", 0, 5), Example("Banks gain")]


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
        ("a.jsonl", '{"text": "x", "label": "neutral"}\n{', r"line 2: not JSON"),
        (
            "a.jsonl",
            '{"text": "x", "start": 0, "end": 9, "label": "neutral"}',
            r"line 1: .*outside",
        ),
        ("a.jsonl", '{"text": "x", "start": "0", "end": 1, "label": "neutral"}', r"whole numbers"),
        ("a.jsonl", "", r"holds no labelled text"),
        ("a.csv", "Headline,Decisions\n", r"columns text and label .*, or Title and Decisions, fo"),
        ("a.csv", "text\nBanks gain\n", r"line 1: expected the columns text and label"),
        ("a.csv", "", r"line 1: expected the columns .* found none"),
        (
            "a.csv",
            "text,label\nBanks gain,bullish\n",
            r"line 2: expected a label of negative, neutral, positive, found 'bullish'",
        ),
        ("a.csv", "text,label\n ,neutral\n", r"line 2: expected a text under 'text'"),
        ("a.csv", "text,label\nBanks gain\n", r"line 2: expected a label"),
        ("a.csv", "Title,Decisions\nBanks gain,positive\n", r"line 2: expected Decisions as"),
        ("a.txt", "Sales grew . positive\n", r"line 1: expected 'sentence@label'"),
        ("a.json", '{"a": 1}', r"expected a list of objects"),
        ("a.json", '[{"title": "x"}]', r"entry 1: expected 'sentiment' or 'sentiment score'"),
        ("a.json", '[{"title": "x", "sentiment": "nan"}]', r"entry 1: .*in \[-1, 1\], found 'nan'"),
        ("a.json", '[{"title": "x", "sentiment": NaN}]', r"entry 1: .*in \[-1, 1\], found nan"),
        ("a.json", '[{"title": "x", "sentiment": 1.5}]', r"entry 1: .*found 1.5"),
        ("a.json", '[{"title": "x", "sentiment": true}]', r"entry 1: .*found True"),
        ("a.json", '[{"sentiment": 0.5}]', r"entry 1: expected a text under 'spans'"),
        ("a.json", '[{"spans": [1], "sentiment": 0.5}]', r"entry 1: .*list of texts"),
        ("a.json", '[{"content": "x", "annotations": 5}]', r"entry 1: expected 'annotations' as"),
        (
            "a.json",
            '[{"content": "x", "annotations": ["y"]}]',
            r"entry 1: expected 'annotations' a",
        ),
        (
            "a.json",
            '[{"content": "x", "annotations": [{"label": "Neutral"}]}]',
            r"entry 1: expected 'start' and 'end'",
        ),
        (
            "a.json",
            '[{"content": "x", "annotations": []}, {"content": "x"}]',
            r"entry 2: expected 'annotations'",
        ),
        ("a.jsonl", '{"text": "x y x", "target": "x", "label": "neutral"}', r"line 1: .*found 2"),
        ("a.jsonl", '{"text": "xx", "target": "x", "label": "neutral"}', r"line 1: .*found 0"),
        ("a.jsonl", '{"text": "xx", "target": 3, "label": "neutral"}', r"line 1: .*found 0"),
        ("a.csv", "Title,Decisions\nBanks gain,{[]: 'positive'}\n", r"line 2: expected Decisions"),
        ("a.xml", "<a/>", r"ends in .jsonl, .json, .csv or .txt"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_line(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        read(put(tmp_path, name, text))


def test_lines_end_at_line_feeds_alone(tmp_path: Path) -> None:
    text = "Banks rose\u2028 and \u0085\x0b\x0c\x1c\u2029\rchips fell"
    row = json.dumps({"text": text, "label": "neutral"}, ensure_ascii=False)
    got = read(put(tmp_path, "a.jsonl", f"\ufeff{row}\r\n{row}\n"))
    assert [g.example.text for g in got.rows] == [text, text]
    got = read(put(tmp_path, "b.txt", "Sales\x85 grew@positive\r\nSales fell@negative", "latin-1"))
    assert [g.example.text for g in got.rows] == ["Sales\x85 grew", "Sales fell"]
    title = "Title,Decisions\r\nBanks\u2028 gain,{'Banks': 'positive'}\r\n"
    assert read(put(tmp_path, "c.csv", title)).rows[0].example.text == "Banks\u2028 gain"


def test_a_line_that_is_no_utf_8_is_named(tmp_path: Path) -> None:
    starts = {
        "a.jsonl": '{"text": "x", "label": "neutral"}',
        "a.csv": "Title,Decisions",
        "a.json": "",
    }
    for name, start in starts.items():
        with pytest.raises(InputError, match="line 2: not UTF-8"):
            read(put(tmp_path, name, start + "\nS\xe4\xe4st\xf6", "latin-1"))


def test_a_quoted_cell_may_hold_a_line_break(tmp_path: Path) -> None:
    text = "Title,Decisions\n\"Banks\ngain\",{'Banks': 'positive'}\nx,y\n"
    with pytest.raises(InputError, match="line 4: expected Decisions"):
        read(put(tmp_path, "a.csv", text))


def test_phrasebank_may_be_utf_8(tmp_path: Path) -> None:
    got = read(put(tmp_path, "a.txt", "\ufeffSäästö Oyj grew .@positive\n"))
    assert got.rows[0].example.text == "Säästö Oyj grew ."


def test_a_target_is_found_as_whole_words(tmp_path: Path) -> None:
    row = {"text": "Bankside fell, Bank rose", "target": "Bank", "label": "positive"}
    both = row | {"start": 0, "end": 8, "target": "Bankside"}
    got = read(put(tmp_path, "a.jsonl", f"{json.dumps(row)}\n{json.dumps(both)}"))
    assert [(g.example.start, g.example.end) for g in got.rows] == [(15, 19), (0, 8)]


def test_sentfin_entities_are_whole_words_first(tmp_path: Path) -> None:
    text = "Title,Decisions\nMITRA slips on IT order,\"{'IT': 'neutral', 'slip': 'negative'}\"\n"
    got = read(put(tmp_path, "a.csv", text))
    assert [(g.example.start, g.example.end) for g in got.rows] == [(15, 17), (6, 10)]


def test_semeval_keeps_every_row_and_finds_companies_as_words(tmp_path: Path) -> None:
    cases = [
        ("Acme", "ACME and Acme gain", (0, 4)),
        ("Acme", "Acmeland gains", (None, None)),
        ("Royal Dutch Shell", "Shell gains on ROYAL DUTCH SHELL deal", (15, 32)),
        ("Royal Dutch Shell", "Oil: Royal Dutch gains", (5, 16)),
        ("Royal Dutch Shell", "Shell companies gain", (0, 5)),
        ("Royal Dutch Shell", "A shell company gains", (None, None)),
        ("The Sage Group plc", "The Group gains", (None, None)),
        ("The Sage Group plc", "The gain of Sage", (12, 16)),
        ("Acme (Wm)", "Nothing of it", (None, None)),
        ("İş", "i̇ş İş", (4, 6)),
        ("", "Nobody gains", (None, None)),
    ]
    entries = [{"company": c, "title": t, "sentiment": 0.1} for c, t, _ in cases]
    got = read(put(tmp_path, "s.json", json.dumps(entries + entries)))
    assert got.skipped == 0
    assert [(g.example.start, g.example.end) for g in got.rows] == [s for _, _, s in cases] * 2


def test_a_lone_surrogate_is_replaced(tmp_path: Path) -> None:
    row = '{"text": "Sales \\ud83d rose", "label": "positive"}'
    assert read(put(tmp_path, "a.jsonl", row)).rows[0].example.text == "Sales ? rose"
