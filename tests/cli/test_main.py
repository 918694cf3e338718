"""The frame of the command line: verbs, exit codes, how errors are shown, info."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pytest

from rotascope.cli import common, main
from rotascope.errors import (
    ConfigError,
    ExportError,
    InputError,
    RotascopeError,
    StoreError,
    UsageError,
)
from rotascope.store import Store
from rotascope_feeds.errors import ArchiveError, FeedsError
from rotascope_models.errors import ModelError, ModelNotFound
from rotascope_nlp.errors import GazetteerError, NlpError

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*args: str) -> tuple[int, str, str]:
        code = main.main(args)
        out = capsys.readouterr()
        return code, out.out, out.err

    return call


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Put a function in the place of the verb `info`."""

    def put(function: Callable[[], Any]) -> None:
        command = click.Command("info", callback=function)
        monkeypatch.setattr(main.LazyGroup, "get_command", lambda *_: command)

    return put


def test_every_verb_is_there_and_says_what_it_does(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for name, text in main.VERBS.items():
        assert name in out
        assert text.split()[0] in out
    for option in ("--config FILE", "--db FILE|URL", "--verbose"):
        assert option in out


@pytest.mark.parametrize("name", list(main.VERBS))
def test_each_verb_is_a_command_of_its_name(name: str, run: Run) -> None:
    code, out, err = run(name, "--help")
    assert (code, err) == (0, "")
    assert f"rotascope {name}" in out


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["scor"], "score"),
        (["score", "--jsno"], "--json"),
        (["--db"], "requires an argument"),
        (["info", "more"], "unexpected extra argument"),
        (["--no-such-option", "info"], "No such option"),
    ],
)
def test_wrong_usage_is_2_and_says_what_was_meant(run: Run, args: list[str], word: str) -> None:
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert word in err


@pytest.mark.parametrize(
    ("error", "code"),
    [(kind, 1) for kind in (RotascopeError, InputError, StoreError, ExportError)]
    + [(kind, 1) for kind in (FeedsError, ArchiveError, NlpError, GazetteerError)]
    + [(kind, 1) for kind in (ModelError, ModelNotFound)]
    + [(kind, 2) for kind in (UsageError, ConfigError)],
)
def test_an_error_is_one_line(run: Run, verb: Any, error: type[Exception], code: int) -> None:
    def fail() -> None:
        raise error("the cause; the mend")

    verb(fail)
    assert run("info") == (code, "", "error: the cause; the mend\n")


def test_an_unexpected_error_says_how_to_see_more(run: Run, verb: Any) -> None:
    def fail() -> None:
        raise ZeroDivisionError("by\nzero")

    verb(fail)
    code, _, err = run("info")
    assert code == 1
    assert err.count("\n") == 1
    assert "ZeroDivisionError: by zero" in err
    assert "--verbose" in err
    code, _, err = run("--verbose", "info")
    assert code == 1
    assert "Traceback" in err
    assert "in fail" in err


@pytest.mark.parametrize(
    ("result", "code"), [(None, 0), (0, 0), (1, 1), (SystemExit(1), 1), (SystemExit(), 0)]
)
def test_a_verb_decides_its_exit_code(run: Run, verb: Any, result: Any, code: int) -> None:
    def end() -> Any:
        if isinstance(result, SystemExit):
            raise result
        return result

    verb(end)
    assert run("info")[0] == code


def test_ctrl_c_is_130_and_one_line(run: Run, verb: Any) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    verb(interrupted)
    code, _, err = run("info")
    assert code == 130
    assert err.strip() == "stopped; what was finished is stored"


def test_ctrl_c_in_the_midst_of_work_leaves_a_whole_store(tmp_path: Path) -> None:
    """The signal comes while the 2,000th article is written, in the midst of a transaction."""
    archive, db = tmp_path / "a.jsonl", tmp_path / "s.db"
    with archive.open("w") as file:
        file.writelines(f'{{"id": {n}, "text": "Text of row {n}."}}\n' for n in range(5_000))
    code = (
        "import signal, sys\n"
        "import rotascope.store.articles as articles\n"
        "from rotascope.cli.main import main\n"
        "real, count = articles._version_row, 0\n"
        "def interrupted(*args, **options):\n"
        "    global count\n"
        "    count += 1\n"
        "    if count == 2_000:\n"
        "        signal.raise_signal(signal.SIGINT)\n"
        "    return real(*args, **options)\n"
        "articles._version_row = interrupted\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    arguments = ["--db", str(db), "ingest", "--archive", str(archive), "--no-analysis"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, ""), done.stderr
    assert done.stderr.strip() == "stopped; what was finished is stored"
    with Store.open(db) as store:
        rows = store.info().rows
    assert 0 < rows["articles"] == rows["text_versions"] < 2_000


def test_a_closed_pipe_is_quiet() -> None:
    """`rotascope … | head`: the reader is gone before anything is written."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "rotascope.cli.main", "--help"]
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert done.stderr == b""
    assert done.returncode in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_a_full_disk_under_the_output_is_told() -> None:
    command = [sys.executable, "-m", "rotascope.cli.main", "--help"]
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert ran.returncode == 1
    assert ran.stderr == (
        "error: the output cannot be written: No space left on device; what was stored is whole\n"
    )


def test_version(run: Run) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("rotascope 0.")


def test_db_goes_before_the_configuration(tmp_path: Path) -> None:
    config = tmp_path / "c.yaml"
    config.write_text("store: {url: from-config.db}")
    assert common.App(config=config).store_location == "from-config.db"
    assert common.App(config=config, db="from-option.db").store_location == "from-option.db"
    assert common.App().store_location.endswith("rotascope.db")


def test_json_of_times_paths_and_halves_of_characters() -> None:
    value = {"at": datetime(2026, 1, 2, tzinfo=UTC), "path": Path("a"), "text": "é\ud83d"}
    expected = {"at": "2026-01-02T00:00:00+00:00", "path": "a", "text": "é\ud83d"}
    assert json.loads(common.to_json(value)) == expected
    assert common.to_json("é") == '"é"'
    assert common.to_json("é", ascii_only=True) == '"\\u00e9"'
    with pytest.raises(TypeError, match="set"):
        common.to_json({1, 2})


def test_progress_is_quiet_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with common.progress("working", 3) as advance:
        advance(3)
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_progress_shows_on_a_terminal() -> None:
    import pty

    code = (
        "from rotascope.cli.common import progress\n"
        "with progress('working', 3) as advance:\n"
        "    advance(2)\n"
    )
    main_end, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    subprocess.run([sys.executable, "-c", code], stderr=terminal, env=environment, check=True)
    os.close(terminal)
    shown = os.read(main_end, 1 << 16).decode()
    os.close(main_end)
    assert "working" in shown
    assert "2/3" in shown


def test_info_tells_of_configuration_versions_model_and_store(run: Run, tmp_path: Path) -> None:
    config, db = tmp_path / "c.yaml", tmp_path / "s.db"
    config.write_text(
        "fetch: {proxy: 'http://me:hush@proxy.test:1/'}\n"
        "store: {url: 'postgresql://me:hush@h/x'}\n"
        "feeds: [{url: 'https://feed.test/?token=hush', name: Mine}]\n"
    )
    Store.open(db).close()
    code, out, _ = run("--config", str(config), "--db", str(db), "info", "--json")
    found = json.loads(out)
    assert code == 0
    assert set(found) == {"versions", "configuration", "model", "store"}
    assert found["versions"]["rotascope"]
    assert found["configuration"]["files"]["user"] == str(config)
    values = found["configuration"]["values"]
    assert values["fetch.proxy"]["source"] == str(config)
    assert values["fetch.retries"]["source"] == "default"
    assert found["model"]["name"] == values["model.name"]["value"]
    assert found["store"]["location"] == str(db)
    assert found["store"]["rows"]["articles"] == 0
    assert "hush" not in out
    code, text, _ = run("--config", str(config), "--db", str(db), "info")
    assert code == 0
    assert "hush" not in text
    for word in ("Versions", "Configuration", "Model", "Store", str(config), "fetch.retries"):
        assert word in text


def test_info_says_of_the_model_what_score_would(run: Run, tmp_path: Path) -> None:
    """The same error, where backend and device contradict each other."""
    config, article = tmp_path / "c.yaml", tmp_path / "a.txt"
    config.write_text("model: {backend: openvino, device: cuda}")
    article.write_text("Profit rose.")
    words = ("--config", str(config), "--db", str(tmp_path / "none.db"))
    _, out, _ = run(*words, "info", "--json")
    told = json.loads(out)["model"]["error"]
    assert "backend openvino" in told
    assert "device cuda" in told
    code, out, err = run(*words, "score", str(article))
    assert (code, out) == (1, "")
    assert told in err


def test_info_names_torch_where_it_would_run(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "c.yaml"
    config.write_text("model: {backend: torch, device: cpu}")
    _, out, _ = run("--config", str(config), "--db", str(tmp_path / "none.db"), "info", "--json")
    model = json.loads(out)["model"]
    assert (model["backend"], model["device"]) == ("torch", "cpu")


def test_info_makes_no_store(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("--db", str(tmp_path / "none.db"), "info", "--json")
    assert code == 0
    assert "rotascope ingest" in json.loads(out)["store"]["error"]
    assert list(tmp_path.iterdir()) == []


def test_info_of_something_that_is_no_store(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("notes " * 1000)
    code, out, _ = run("--db", str(other), "info", "--json")
    assert code == 0
    assert "no Rotascope store" in json.loads(out)["store"]["error"]


def test_a_missing_configuration_is_told_before_anything_else(run: Run, tmp_path: Path) -> None:
    code, out, err = run("--config", str(tmp_path / "no.yaml"), "score", str(tmp_path / "none"))
    assert (code, out) == (2, "")
    assert "no such configuration file" in err


def test_a_wrong_configuration_stops_every_verb(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "c.yaml"
    config.write_text("stores: {}")
    code, out, err = run("--config", str(config), "info")
    assert (code, out) == (2, "")
    assert err == f"error: {config}: stores: unknown key; did you mean 'store'?\n"
