"""Files of passages are checked row by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rotascope.errors import InputError
from rotascope.evaluate.rotation import evaluate_rotation, load_passages, score_passages

FLOW = {"from": "energy", "to": None, "status": "asserted", "strength": "explicit"}
ROW = {"id": "1", "text": "Out of energy.", "kind": "rotation", "flows": [FLOW], "stance": {}}


def put(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "rows.jsonl"
    path.write_bytes("\n".join(json.dumps(row) for row in rows).encode())
    return path


def test_a_sound_row_with_everything(tmp_path: Path) -> None:
    flow = FLOW | {"from_alt": ["materials", None], "to_alt": ["cash"], "status_alt": ["past"]}
    row = ROW | {"flows": [flow], "stance": {"energy": -1, "cash": 0, "gold": 1}, "note": "kept"}
    assert load_passages(put(tmp_path, row, ROW | {"kind": "no_rotation", "id": 2})) == [
        row,
        ROW | {"kind": "no_rotation", "id": 2},
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": None}, "expected 'id'"),
        ({"text": " "}, "expected 'text'"),
        ({"text": 5}, "expected 'text'"),
        ({"kind": "none"}, "expected 'kind' as one of rotation, no_rotation.*found 'none'"),
        ({"kind": ["rotation"]}, "expected 'kind'"),
        ({"flows": {}}, "expected 'flows' as a list"),
        ({"flows": [FLOW, "x"]}, "flow 2: expected an object"),
        ({"flows": [{"from": "energy"}]}, "flow 1: no to, status, strength"),
        ({"flows": [FLOW | {"from": "enrgy"}]}, "'from': unknown group 'enrgy'; .*mean energy"),
        ({"flows": [FLOW | {"to": 7}]}, "'to': unknown group 7; it is no sector"),
        ({"flows": [FLOW | {"to": []}]}, "'to': unknown group"),
        ({"flows": [FLOW | {"from": None}]}, "flow 1: 'from' and 'to' are both null"),
        ({"flows": [FLOW | {"from_alt": "value"}]}, "'from_alt' as a list"),
        ({"flows": [FLOW | {"to_alt": ["valu"]}]}, "'to': unknown group 'valu'"),
        ({"flows": [FLOW | {"strength": "weak"}]}, "expected 'strength' as one of explicit, infer"),
        ({"flows": [FLOW | {"status": "maybe"}]}, "expected 'status' as one of asserted, denied"),
        ({"flows": [FLOW | {"status": {}}]}, "expected 'status'"),
        ({"flows": [FLOW | {"status_alt": "past"}]}, "'status_alt' as a list"),
        ({"flows": [FLOW | {"status_alt": ["old"]}]}, "expected 'status'.*found 'old'"),
        ({"stance": [["energy", 1]]}, "expected 'stance' as an object"),
        ({"stance": {"enrgy": 1}}, "'stance': unknown group 'enrgy'"),
        ({"stance": {"energy": 2}}, "'stance' of energy: expected -1, 0 or 1, found 2"),
        ({"stance": {"energy": True}}, "found True"),
        ({"stance": {"energy": 1.0}}, "found 1.0"),
    ],
)
def test_a_fault_is_named_by_line(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=f"rows.jsonl, line 2: .*{says}"):
        load_passages(put(tmp_path, ROW, ROW | change))


def test_groups_of_the_configuration_may_occur(tmp_path: Path) -> None:
    path = put(tmp_path, ROW | {"stance": {"chips": 1}})
    assert len(load_passages(path, groups=["chips"])) == 1
    with pytest.raises(InputError, match="unknown group 'chips'"):
        load_passages(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    with pytest.raises(InputError, match=r"rows.jsonl cannot be read"):
        load_passages(path)
    path.write_bytes(b"\n \r\n")
    with pytest.raises(InputError, match="holds no passage"):
        load_passages(path)
    path.write_bytes(json.dumps(ROW).encode() + b"\n{\xff}")
    with pytest.raises(InputError, match="line 2: not UTF-8"):
        load_passages(path)
    path.write_text("[]")
    with pytest.raises(InputError, match="line 1: expected a JSON object, found list"):
        load_passages(path)


def test_line_separators_stand_inside_texts(tmp_path: Path) -> None:
    row = ROW | {"text": "Out of energy.\u2028\x85So they say."}
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False) + "\r\n", encoding="utf-8-sig", newline="")
    assert load_passages(path) == [row]


def test_a_passage_that_cannot_be_analysed_is_named(tmp_path: Path) -> None:
    def refuse(_text: str) -> Any:
        raise InputError("no sentence")

    with pytest.raises(InputError, match="passage 1: no sentence"):
        score_passages([ROW], refuse)
    with pytest.raises(InputError, match="line 1"):  # before anything is analysed
        evaluate_rotation(put(tmp_path, {}), analyze=refuse)
