"""`rotascope score` on real files with the bundled model: the outside contract, to the letter."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from rotascope.analysis import Analyzer
from rotascope.cli.render import render, render_links

Run = Callable[..., Any]

ROTATION = (
    "Investors rotated out of technology stocks into utilities on Tuesday. "
    "Shares of Nvidia (NASDAQ: NVDA) slumped 6% after it cut its outlook."
)
KEYS = {"id", "overall", "targets", "tickers", "groups", "flows", "sentences"}
SENTIMENT = {"negative", "neutral", "positive", "score"}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ROTATION, encoding="utf-8")
    return path


def test_json_has_the_form_of_the_contract(run: Run, article: Path) -> None:
    ran = run("score", article, "--json")
    assert ran.code == 0
    row = json.loads(ran.out)
    assert set(row) >= KEYS
    assert set(row["overall"]) == SENTIMENT
    assert abs(sum(row["overall"][key] for key in SENTIMENT - {"score"}) - 1) < 1e-4
    ticker = row["tickers"][0]
    assert set(ticker) >= {"symbol", "name", "sector", "start", "end", "relevance"} | SENTIMENT
    assert ticker["symbol"] == "NVDA"
    assert ticker["score"] < 0
    assert all(
        set(group) == {"group", "kind", "mentions", "relevance"} | SENTIMENT
        for group in row["groups"]
    )
    assert all(set(row) >= {"start", "end"} | SENTIMENT for row in row["sentences"])


def test_flows_name_both_ends_and_the_words_that_say_so(run: Run, article: Path) -> None:
    flows = json.loads(run("score", article, "--json").out)["flows"]
    (flow,) = [flow for flow in flows if flow["status"] == "asserted"]
    assert (flow["from"], flow["to"]) == ("information_technology", "utilities")
    assert flow["text"] == ROTATION[flow["start"] : flow["end"]]
    assert "score" not in flow


def test_for_a_person_the_verdict_comes_first(run: Run, article: Path) -> None:
    out = run("score", article).out
    assert out.split()[0] in {"POSITIVE", "NEGATIVE", "NEUTRAL"}
    assert out.index("Groups") < out.index("Tickers") < out.index("Flows")
    assert "Information Technology -> Utilities" in out
    assert "NVDA" in out
    intensity = json.loads(run("score", article, "--json").out)["rotation_intensity"]
    assert f"rotation intensity {intensity:.2f}" in out
    assert intensity > 0


def test_what_strangers_wrote_gives_the_terminal_no_orders(analyzer: Analyzer) -> None:
    odd = "\x1b]0;owned\x07\x1b[2J\u202e\x9b31m"
    said = f"Investors moved out of technology stocks into utilities{odd} on Monday."
    analysis = analyzer.analyze(said, title=f"Nvidia {odd}goes on")
    out = StringIO()
    console = Console(file=out, width=200)
    render(analysis, console)
    render_links(analysis, console)
    assert set("\x1b\x07\u202e\x9b") & set(out.getvalue()) == set()
    assert "into utilities ]0;owned [2J 31m on Monday." in out.getvalue()
    assert "Nvidia ]0;owned" in out.getvalue()


def test_a_text_without_flows_shows_no_intensity(run: Run, tmp_path: Path) -> None:
    path = _write(tmp_path / "a.txt", b"Utilities rose on Tuesday.")
    assert "rotation intensity" not in run("score", path).out
    assert json.loads(run("score", path, "--json").out)["rotation_intensity"] == 0


def test_json_tells_model_and_revision_and_who_says_it(run: Run, article: Path) -> None:
    row = json.loads(run("score", article, "--json").out)
    assert row["model"]
    assert len(row["revision"]) == 12
    assert all(isinstance(flow["attributed"], bool) for flow in row["flows"])


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    class Stdin:
        buffer = io.BytesIO(ROTATION.encode())

    monkeypatch.setattr(sys, "stdin", Stdin())
    assert json.loads(run("score", "-", "--json").out)["tickers"][0]["symbol"] == "NVDA"


def test_html_is_reduced_to_its_article(run: Run, tmp_path: Path) -> None:
    body = "".join(f"<p>{ROTATION} It was day {n} of the move.</p>" for n in range(5))
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>Out of tech</title></head><body><nav>Share on Facebook</nav>"
        f"<article><h1>Out of tech</h1>{body}</article></body></html>",
        encoding="utf-8",
    )
    row = json.loads(run("score", page, "--json").out)
    assert "META" not in {ticker["symbol"] for ticker in row["tickers"]}
    assert "NVDA" in {ticker["symbol"] for ticker in row["tickers"]}


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t ", "empty"),
        ("dots.txt", b"... --- !!!", "no words"),
        ("binary.bin", bytes(range(256)) * 40, "binary"),
        ("page.html.gz", b"\x1f\x8b\x08\x00\x01\x02\x03\x04" * 20, "gunzip -c"),
        ("image.png", b"\x89PNG\r\n\x1a\n\x01\x02\x03\x04" * 200, "binary"),
        ("paper.pdf", b"%PDF-1.4\n1 0 obj\n(Utilities rose.) Tj\nendobj\n", "a PDF; save its text"),
        ("paper.txt", rb"{\rtf1\ansi Utilities rose.\par}", "RTF document; save its text"),
        ("big.txt", b"Utilities rose. " * 700_000, "MB"),
        ("long.txt", b"Utilities rose. " * 70_000, "split it"),
        ("page.html", b"<html><body><nav>Log in</nav></body></html>", "without an article"),
    ],
)
def test_bad_input_says_what_and_how_to_mend(
    run: Run, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    ran = run("score", _write(tmp_path / name, data))
    assert ran.code == 1
    assert said in ran.err
    assert ran.err.startswith("error: ")
    assert ran.err.count("\n") == 1
    assert not ran.out


def test_a_missing_file_and_a_folder(run: Run, tmp_path: Path) -> None:
    assert "does not exist" in run("score", tmp_path / "no.txt").err
    assert "folder" in run("score", tmp_path).err


def test_wrong_usage_exits_2(run: Run, article: Path) -> None:
    assert run("score").code == 2
    assert run("score", article, "--jsonl", article).code == 2
    assert run("score", article, "--output", "x").code == 2
    for json_form in (["--jsonl", article], [article, "--json"]):
        ran = run("score", *json_form, "--explain")
        assert ran.code == 2
        assert "rotascope explain FILE --json" in ran.err
    ran = run("score", "texts.jsonl")
    assert ran.code == 2
    assert "score --jsonl texts.jsonl" in ran.err


def test_jsonl_keeps_order_and_goes_on_after_a_bad_line(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 7, "text": ROTATION, "targets": [{"start": 0, "end": 9}, {"start": 4}]}),
        "{broken",
        json.dumps({"id": "c"}),
        "",
        json.dumps({"id": "d", "text": "Energy rose.", "title": "Utilities fell"}),
    ]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    ran = run("score", "--jsonl", source, "--output", out)
    assert ran.code == 0
    assert "2 of 4" in ran.err
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [7, None, "c", "d"]
    assert [set(row) == {"id", "error"} for row in rows] == [False, True, True, False]
    assert set(rows[0]["targets"][0]) == {"start", "end"} | SENTIMENT
    assert set(rows[0]["targets"][1]) == {"start", "end", "error"}
    titled = [group for group in rows[3]["groups"] if group["group"] == "utilities"]
    assert titled[0]["score"] < 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("prices.csv", "looks like a table of texts: `rotascope ingest --archive"),
        ("old.JSON", "docs/recipes.md scores a column"),
        ("old.parquet.gz", "looks like a table of texts"),
        ("news.xlsx", "looks like a spreadsheet: save it as CSV"),
        ("texts.ndjson", "looks like a file of texts: score --jsonl"),
    ],
)
def test_a_table_is_not_scored_as_one_text(run: Run, tmp_path: Path, name: str, said: str) -> None:
    table = _write(tmp_path / name, b"id,text\n1,Energy rose.\n2,Utilities fell.\n")
    for verb in ("score", "explain"):
        ran = run(verb, table)
        assert (ran.code, ran.out, said in ran.err) == (2, "", True)


def test_a_table_is_one_text_on_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    table = BytesIO(b"id,text\n1,Energy rose.\n")
    monkeypatch.setattr("sys.stdin", TextIOWrapper(table, encoding="utf-8"))
    assert run("score", "-").code == 0


def test_output_is_replaced_when_all_is_scored(
    run: Run, tmp_path: Path, analyzer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _write(tmp_path / "in.jsonl", b'{"id": 1, "text": "Energy rose."}\n')
    out = _write(tmp_path / "out.jsonl", b"of last night\n")

    def crash(_inputs: object) -> Any:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(type(analyzer), "analyze_many", lambda _self, inputs: crash(inputs))
        assert run("score", "--jsonl", source, "--output", out).code == 1
    assert out.read_text() == "of last night\n"
    assert run("score", "--jsonl", source, "--output", out).code == 0
    assert json.loads(out.read_text())["id"] == 1
    assert sorted(tmp_path.iterdir()) == [source, out]


def test_the_output_is_not_the_input(run: Run, tmp_path: Path) -> None:
    source = _write(tmp_path / "in.jsonl", b'{"id": 1, "text": "Energy rose."}\n')
    ran = run("score", "--jsonl", source, "--output", source)
    assert (ran.code, "name another --output" in ran.err) == (2, True)
    assert source.read_bytes() == b'{"id": 1, "text": "Energy rose."}\n'
    ran = run("score", "--jsonl", source, "--output", tmp_path / "none" / "out.jsonl")
    assert (ran.code, "is no folder" in ran.err) == (1, True)


def test_json_adds_nothing_to_jsonl(run: Run, tmp_path: Path) -> None:
    source = _write(tmp_path / "in.jsonl", b'{"id": 1, "text": "Energy rose."}\n')
    assert run("score", "--jsonl", source, "--json").out == run("score", "--jsonl", source).out


@pytest.mark.parametrize("verb", [["score", "a.txt"], ["evaluate", "--data", "a.jsonl"]])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--device", "gpu"], "there are auto, cpu, cuda"),
        (["--backend", "jax"], "openvino"),
        (["--device", "cuda:1", "--backend", "onnx"], "give --backend auto or torch"),
    ],
)
def test_a_wrong_device_or_backend_is_wrong_usage(
    run: Run, verb: list[str], options: list[str], says: str
) -> None:
    ran = run(*verb, *options)
    assert ran.code == 2
    assert says in ran.err


def test_device_and_backend_go_before_the_configuration(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from rotascope import pipeline
    from rotascope.cli.common import App
    from rotascope.cli.score import load_analyzer

    config = _write(
        tmp_path / "c.yaml",
        b"model: {name: mine, device: cuda, backend: torch, threads: 3}\n",
    )
    seen: list[Any] = []
    monkeypatch.setattr(pipeline, "load_analyzer", lambda settings: seen.append(settings.model))
    load_analyzer(App(config=config), None)
    load_analyzer(App(config=config), "other", device="cpu", backend="onnx")
    assert [(m.name, m.device, m.backend, m.threads) for m in seen] == [
        ("mine", "cuda", "torch", 3),
        ("other", "cpu", "onnx", 3),
    ]


def test_jsonl_of_nothing_but_errors_exits_1(run: Run, tmp_path: Path) -> None:
    source = _write(tmp_path / "in.jsonl", b"{}\n[]\n")
    ran = run("score", "--jsonl", source)
    assert ran.code == 1
    assert [set(json.loads(line)) for line in ran.out.splitlines()] == [{"id", "error"}] * 2
    assert run("score", "--jsonl", _write(source, b"")).code == 1


def test_a_url_on_loopback_needs_leave(run: Run) -> None:
    ran = run("score", "http://127.0.0.1:9/article")
    assert ran.code == 1
    assert "127.0.0.1" in ran.err
    assert "--allow-private-hosts" in ran.err


@pytest.mark.data
def test_the_model_case(run: Run, data: Path) -> None:
    row = json.loads(run("score", data / "articles/great-rotation.txt", "--json").out)
    scores = {group["group"]: group["score"] for group in row["groups"]}
    assert scores["information_technology"] < 0
    assert scores["mega_caps"] < 0
    assert min(scores[group] for group in ("industrials", "utilities", "small_caps")) > 0
    named = {ticker["symbol"] for ticker in row["tickers"]}
    assert named >= {"CAT", "NEE", "GOOGL", "META", "MSFT", "NVDA", "BLK"}
    assert {f["status"] for f in row["flows"]} == {"asserted"}
    assert {(f["from"], f["to"]) for f in row["flows"]} == {
        ("information_technology", "industrials"),
        ("information_technology", "utilities"),
        ("mega_caps", "small_caps"),
        ("mega_caps", "mid_caps"),
    }


def test_a_title_alone_is_scored_as_with_an_empty_text(run: Run, tmp_path: Path) -> None:
    rows = [
        {"id": 1, "title": "Energy rose."},
        {"id": 2, "title": "Energy rose.", "text": ""},
        {"id": 3, "title": "Energy rose.", "text": None},
        {"id": 4},
        {"id": 5, "title": None, "text": None},
        {"id": 6, "title": " "},
    ]
    source = _write(tmp_path / "in.jsonl", "\n".join(map(json.dumps, rows)).encode())
    found = [json.loads(line) for line in run("score", "--jsonl", source).out.splitlines()]
    assert found[0]["groups"][0]["group"] == "energy"
    for row in found[1:3]:
        assert {**row, "id": 1} == found[0]
    assert [row["error"] for row in found[3:]] == [
        *['"text" is missing or no string; each line needs a "text" or a "title"'] * 2,
        "the text is empty",
    ]


def test_lines_may_be_compressed_both_ways(run: Run, tmp_path: Path) -> None:
    body = b'{"id": 1, "text": "Energy rose."}\n'
    source = _write(tmp_path / "in.jsonl.gz", gzip.compress(body))
    output = tmp_path / "out.jsonl.gz"
    assert run("score", "--jsonl", source, "--output", output).code == 0
    plain = run("score", "--jsonl", _write(tmp_path / "in.jsonl", body)).out
    assert gzip.decompress(output.read_bytes()).decode() == plain
    before = output.read_bytes()
    for broken in (gzip.compress(body * 99)[:-9], body):
        source.write_bytes(broken)
        ran = run("score", "--jsonl", source, "--output", output)
        assert ran.code == 1
        assert "no whole gzip file" in ran.err
    assert output.read_bytes() == before


@pytest.mark.parametrize("verb", ["score", "explain"])
def test_a_date_that_cannot_be_read_is_wrong_usage(run: Run, article: Path, verb: str) -> None:
    ran = run(verb, article, "--published", "soon")
    assert ran.code == 2
    assert "write it as 2024-07-05" in ran.err


def test_published_is_for_one_text(run: Run, article: Path) -> None:
    ran = run("score", "--jsonl", article, "--published", "2024-07-05")
    assert ran.code == 2
    assert 'has its "published"' in ran.err


def test_lines_with_html_are_read_as_archives_are_and_told_as_given(
    run: Run, tmp_path: Path
) -> None:
    """Tags and entities stand between words, in mentions and around targets."""
    plain = (
        "Investors moved out of technology stocks and into utilities."
        " Shares of AT&T (NYSE: T) slumped."
    )
    text = (
        "<script>var fund = 1;</script><p>Investors moved <b>out of technology stocks</b> and into"
        " utilities.</p><p>Shares of AT&amp;T (NYSE: T) slumped.</p>"
    )
    spans = [(text.index(word), text.index(word) + len(word)) for word in ("utilities", "<p>")]
    targets = [{"start": start, "end": end} for start, end in (*spans, (0, 5000))]
    rows = [
        {"id": "plain", "text": plain, "title": "Out of tech & into utilities"},
        {
            "id": "html",
            "text": text,
            "title": "Out of <i>tech</i> &amp; into utilities",
            "targets": targets,
        },
        {"id": "tags", "text": "<p> </p>"},
    ]
    path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert run("score", "--jsonl", path, "--output", out).code == 0
    first, second, third = map(json.loads, out.read_text().splitlines())
    assert "no sentence" in third["error"]
    assert second["overall"] == pytest.approx(first["overall"], abs=1e-4)
    assert [row["group"] for row in second["groups"]] == [row["group"] for row in first["groups"]]
    assert [row["text"] for row in second["flows"]] == [row["text"] for row in first["flows"]]
    fields = {"text": text, "title": rows[1]["title"]}
    told = [
        (row["symbol"], str(fields[row.get("field", "text")])[row["start"] : row["end"]])
        for row in second["tickers"]
    ]
    assert ("T", "AT&amp;T") in told
    cut = [
        str(fields[row.get("field", "text")])[row["start"] : row["end"]]
        for row in second["sentences"]
    ]
    assert cut == [
        rows[1]["title"],
        "Investors moved <b>out of technology stocks</b> and into utilities.",
        "Shares of AT&amp;T (NYSE: T) slumped.",
    ]
    assert [(row["start"], row["end"]) for row in second["targets"]] == [*spans, (0, 5000)]
    good, markup, outside = second["targets"]
    assert good["score"] > 0
    assert (markup["error"], "outside" in outside["error"]) == (
        "the target holds markup alone; give it words",
        True,
    )


def test_one_text_with_html_is_told_as_given_too(run: Run, tmp_path: Path) -> None:
    text = "<p>Shares of AT&amp;T (NYSE: T) slumped.</p>"
    path = tmp_path / "fragment.txt"
    path.write_text(text)
    (row, *_) = json.loads(run("score", path, "--json").out)["tickers"]
    assert text[row["start"] : row["end"]] == "AT&amp;T"
