"""`rotascope ingest` and `rotascope feeds` as commands: output, exit codes, locks, signals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from feed_samples import feed, page
from feed_server import Site, answer, redirect, status

from rotascope.cli.common import App
from rotascope.cli.job import Analyzed, Job
from rotascope.config import load_settings
from rotascope.store import Store
from rotascope_models.errors import ModelNotFound

Cli = Callable[..., tuple[int, str, str]]


def ingest(cli: Cli, *args: str) -> tuple[int, str, str]:
    return cli("ingest", "--no-analysis", "--no-pages", "--allow-private-hosts", *args)


def test_json_is_the_contract(site: Site, cli: Cli) -> None:
    url = site.add("/feed?token=secret", answer(feed(3)))
    code, out, _ = ingest(cli, url, site.url + "/none", "--json")
    assert code == 0
    assert json.loads(out) == {
        "feeds": [
            {"url": url, "status": "ok", "entries": 3, "new": 3, "error": None},
            {
                "url": site.url + "/none",
                "status": "error",
                "entries": 0,
                "new": 0,
                "error": "HTTP status 404",
            },
        ]
    }


@pytest.mark.parametrize("options", [(), ("--verbose",)])
def test_text_masks_secrets(
    site: Site, cli: Cli, options: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    url = site.add("/feed?token=hunter2pass", redirect("/new?token=hunter2pass"))
    site.add("/new?token=hunter2pass", answer(feed(3)))
    code, out, err = cli(
        *options, "ingest", "--no-analysis", "--no-pages", "--allow-private-hosts", url
    )
    assert code == 0
    assert "3 entries" in out
    assert "3 new articles" in out
    assert "200 http" in caplog.text
    assert "hunter2pass" not in out + err + caplog.text


def test_nothing_could_be_read(site: Site, cli: Cli) -> None:
    code, out, _ = ingest(cli, site.url + "/none")
    assert code == 1
    assert "HTTP status 404" in out


def test_private_hosts_need_leave(site: Site, cli: Cli) -> None:
    url = site.add("/feed", answer(feed(3)))
    code, out, _ = cli("ingest", "--no-analysis", "--no-pages", "--json", url)
    assert code == 1
    assert "--allow-private-hosts" in json.loads(out)["feeds"][0]["error"]
    assert site.requests == []


def test_private_hosts_by_configuration(
    site: Site, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROTASCOPE_FETCH__ALLOW_PRIVATE_HOSTS", "['127.0.0.1']")
    url = site.add("/feed", answer(feed(3)))
    assert cli("ingest", "--no-analysis", "--no-pages", url)[0] == 0


def test_the_model_is_loaded_only_for_what_is_new(
    site: Site, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round of cron that finds nothing must not cost the seconds that a model takes."""

    class Loaded(Exception):
        pass

    def load(*_: object, **__: object) -> None:
        raise Loaded

    monkeypatch.setattr("rotascope.pipeline.load_analyzer", load)
    code, _, err = cli("ingest", "--allow-private-hosts", site.url + "/none")
    assert (code, "Loaded" in err) == (1, False)
    url = site.add("/feed", answer(feed(1)))
    code, _, err = cli("ingest", "--allow-private-hosts", "--no-pages", url)
    assert (code, "Loaded" in err) == (1, True)


def test_no_model_is_loaded_after_the_word_to_stop(site: Site, cli: Cli, db: Path) -> None:
    ingest(cli, site.add("/feed", answer(feed(1))))
    job = Job(
        App(db=str(db)), (), pages=None, allow_private=True, analysis=True, keep_text=True,
        model="/no/such/model",
    )  # fmt: skip
    with Store.open(db) as store:
        assert job.analyze(store, stop=lambda: True) == Analyzed()
        with pytest.raises(ModelNotFound):
            job.analyze(store)


def test_new_articles_are_analysed_at_once(site: Site, cli: Cli, db: Path) -> None:
    url = site.add("/feed", answer(feed(2)))
    code, out, _ = cli("ingest", "--allow-private-hosts", "--no-pages", "--keep-text", "no", url)
    assert (code, "2 texts analysed" in out) == (0, True)
    with Store.open(db) as store:
        assert [one.analyses for one in store.revisions()] == [2]
        assert store.count_pending("") == 0
    assert "0 texts analysed" in cli("ingest", "--allow-private-hosts", "--no-pages", url)[1]


def test_pages_are_fetched_unless_told_otherwise(site: Site, cli: Cli) -> None:
    site.add("/articles/money-leaves-technology-part-0", answer(page(0)))
    url = site.add("/feed", answer(feed(1, base=site.url)))
    assert cli("ingest", "--no-analysis", "--allow-private-hosts", url)[0] == 0
    assert "/articles/money-leaves-technology-part-0" in site.paths()


@pytest.mark.parametrize(
    "args",
    [
        ("--archive", "x.csv", "http://example.com/"),
        ("--archive", "x.csv", "--every", "15m"),
        ("--columns", "a=b"),
        ("--first-seen", "now"),
        ("--timezone", "UTC"),
        ("--month-first",),
        ("--log-json",),
        ("--every", "15m", "--json"),
        ("--every", "soon"),
        ("--keep-text", "maybe"),
        ("--archive", "x.csv", "--columns", "nonsense"),
    ],
)
def test_wrong_usage(cli: Cli, args: tuple[str, ...]) -> None:
    assert cli("ingest", *args)[0] == 2


def test_archive(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_text("head,words,when\nOne,Text of one.,2020-05-01\nTwo,Text of two.,never\n")
    args = (
        "ingest",
        "--no-analysis",
        "--archive",
        str(file),
        "--columns",
        "title=head,text=words,published=when",
    )
    code, out, err = cli(*args)
    assert (code, " 1 new article, " in out, "line 3" in err) == (0, True, True)
    code, _, err = cli(*args[:-1], "headline=head")
    assert (code, "unknown field 'headline'" in err) == (2, True)
    code, out, _ = cli(*args, "--json")
    told = json.loads(out)["archive"]
    assert (told["rows"], told["new"], told["bad"][0]["line"]) == (2, 0, 3)


GERMAN = (
    "Die Anleger zogen am Montag viel Geld aus großen Technologiewerten ab und kauften dafür"
    " Aktien von Versorgern und Banken."
)


def test_articles_in_other_languages_are_told(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are left out, as those of feeds are, unless the configuration wants their language."""
    file = tmp_path / "old.jsonl"
    rows = [{"text": "Stocks rose."}, {"text": GERMAN}, {"text": "Kort.", "language": "da"}]
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    args = ("ingest", "--no-analysis", "--archive", str(file))
    code, out, _ = cli(*args)
    assert (code, "3 rows, 1 new article," in out) == (0, True)
    assert "2 articles left out, in other languages (1 de, 1 da); fetch.languages says" in out
    told = json.loads(cli(*args, "--json")[1])["archive"]
    assert (told["left_out"], told["not_english"]) == ({"de": 1, "da": 1}, 0)
    monkeypatch.setenv("ROTASCOPE_FETCH__LANGUAGES", "[]")
    code, out, _ = cli(*args)
    assert (code, "2 new articles" in out, "left out" in out) == (0, True, False)
    assert "2 articles do not look English; texts are read as if they were" in out
    file.write_text(json.dumps(rows[1]))
    monkeypatch.delenv("ROTASCOPE_FETCH__LANGUAGES")
    assert cli(*args)[0] == 1, "nothing of the file went in"


def test_entries_of_feeds_in_other_languages_are_told(
    site: Site, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = f"<item><title>{GERMAN}</title></item></channel>".encode()
    body = feed(1).replace(b"</channel>", german)
    url = site.add("/feed", answer(body))
    assert "(left out: 1 in other languages (fetch.languages))" in ingest(cli, url)[1]
    monkeypatch.setenv("ROTASCOPE_FETCH__LANGUAGES", "[]")
    other = site.add("/other", answer(body))
    assert "1 article does not look English" in ingest(cli, other)[1]


def test_missing_archive(cli: Cli) -> None:
    code, _, err = cli("ingest", "--archive", "nowhere.csv")
    assert code == 1
    assert "nowhere.csv" in err


def test_feeds_of_all_kinds_of_origin(site: Site, cli: Cli) -> None:
    url = site.add("/feed", answer(feed(2)))
    assert cli("feeds", "add", url, "--name", "Mine", "--publisher", "Me")[:2] == (0, "added\n")
    assert cli("feeds", "add", url)[1] == "it was there already\n"
    assert cli("feeds", "add", "nonsense")[0] == 2
    (listed,) = [line for line in cli("feeds", "list")[1].splitlines() if url in line]
    assert listed.startswith("new ")  # nobody has read it yet
    code, out, _ = cli("feeds", "list", "--json")
    mine = json.loads(out)["feeds"][-1]
    assert (code, mine["url"], mine["name"], mine["origin"]) == (0, url, "Mine", "added")
    assert cli("feeds", "remove", url)[1] == "removed\n"
    assert cli("feeds", "remove", url)[0] == 1
    assert url not in cli("feeds", "list")[1]


def test_a_feed_of_the_configuration_is_switched_off_and_on(cli: Cli) -> None:
    url = json.loads(cli("feeds", "list", "--json")[1])["feeds"][0]["url"]
    assert "switched off" in cli("feeds", "remove", url)[1]
    assert json.loads(cli("feeds", "list", "--json")[1])["feeds"][0]["enabled"] is False
    cli("feeds", "add", url)
    assert json.loads(cli("feeds", "list", "--json")[1])["feeds"][0]["enabled"] is True


def test_the_list_tells_how_feeds_are(site: Site, cli: Cli, db: Path) -> None:
    good = site.add("/good", answer(feed(4)))
    moved = site.add("/old?token=hunter2pass", redirect("/good?token=hunter2pass", 301))
    site.add("/good?token=hunter2pass", answer(feed(1)))
    busy = site.add("/busy", status(429, Retry_After="7200"))
    for url in (good, moved, busy):
        cli("feeds", "add", url)
    ingest(cli, good, moved, busy, site.add("/named", answer(feed(2))))
    code, out, _ = cli("feeds", "list")
    lines = out.splitlines()
    assert code == 0
    assert lines[-1].startswith(f"{len(load_settings(env={}).feeds) + 3} feeds, ")
    assert lines[-1].endswith("2 ok, 1 failing")
    (at,) = [n for n, line in enumerate(lines) if line.endswith("/busy")]
    assert lines[at].split() == ["failing", "-", "0", "added", busy]
    assert "an error, at 20" in lines[at + 1]
    assert "HTTP status 429; next try 20" in lines[at + 1]
    (at,) = [n for n, line in enumerate(lines) if "/old?" in line]
    assert lines[at + 1].endswith("has moved to " + site.url + "/good?token=***")
    assert "hunter2pass" not in out
    assert "/named" not in out
    rows = json.loads(cli("feeds", "list", "--all", "--json")[1])["feeds"]
    assert [row["url"] for row in rows if row["origin"] == "named"] == [site.url + "/named"]


def test_a_round_that_reads_no_feed_is_exit_code_1_each_time(
    site: Site, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROTASCOPE_FETCH__ALLOW_PRIVATE_HOSTS", "[127.0.0.1]")
    cli("feeds", "add", site.add("/busy", status(429, Retry_After="7200")))
    for feed_ in load_settings(env={}).feeds:
        cli("feeds", "remove", feed_.url)
    told = [cli("ingest", "--no-analysis", "--no-pages", "--json") for _ in range(2)]
    assert [json.loads(out)["feeds"][0]["status"] for _, out, _ in told] == ["error", "skipped"]
    assert [code for code, _, _ in told] == [1, 1]
    cli("feeds", "add", site.add("/good", answer(feed(1))))
    assert cli("ingest", "--no-analysis", "--no-pages")[0] == 0


def test_looking_at_feeds_makes_no_store_and_needs_none(
    site: Site, cli: Cli, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.add("/feed", answer(feed(1)))
    for args in (("list",), ("export",), ("check", "--allow-private-hosts", url)):
        assert cli("feeds", *args)[0] == 0
    assert not db.exists()
    cli("feeds", "add", url)
    monkeypatch.setattr("rotascope.store.store.os.access", lambda *_: False)
    code, out, _ = cli("feeds", "list")
    assert (code, url in out) == (0, True)
    code, _, err = cli("feeds", "add", url)
    assert (code, "the store is read-only" in err) == (1, True)


def test_check(site: Site, cli: Cli) -> None:
    good = site.add("/good", answer(feed(4)))
    bad = site.add("/bad", status(503))
    code, out, _ = cli("feeds", "check", "--allow-private-hosts", good, bad)
    lines = out.splitlines()
    assert code == 0
    assert lines[1].split()[:5] == ["ok", "200", "rss20", "4", "4"]
    assert "HTTP status 503" in lines[2]
    code, out, _ = cli("feeds", "check", "--allow-private-hosts", "--json", bad)
    assert (code, json.loads(out)["feeds"][0]["status"]) == (1, 503)


def test_discover(site: Site, cli: Cli) -> None:
    # what turns the rest of a terminal's line around is left out
    site.add("/markets.xml", answer(feed(4).replace(b"Sample", "Sample\u202e".encode(), 1)))
    link = "<link rel='alternate' type='application/rss+xml' href='/markets.xml'>"
    start = site.add("/", answer(f"<html><head>{link}</head><body>Hello</body></html>"))
    for told in ("1 added, 0 there already\n", "0 added, 1 there already\n"):
        code, out, err = cli("feeds", "discover", "--allow-private-hosts", "--add", start)
        assert (code, out) == (0, f"{site.url}/markets.xml  Sample (4 entries)\n")
        assert err.endswith(told)
    assert site.url + "/markets.xml" in cli("feeds", "list")[1]
    site.add("/plain", answer("<html><body>Nothing</body></html>"))
    assert cli("feeds", "discover", "--allow-private-hosts", site.url + "/plain")[0] == 1


def test_discover_looks_at_no_more_than_twelve_of_the_links(site: Site, cli: Cli) -> None:
    links = "".join(f"<a href='/feed{number}.xml'>{number}</a>" for number in range(40))
    start = site.add("/", answer(f"<html><body>{links}</body></html>"))
    cli("feeds", "discover", "--allow-private-hosts", start)
    assert sorted(site.paths()[1:]) == sorted(f"/feed{number}.xml" for number in range(12))


def test_opml_there_and_back(cli: Cli, tmp_path: Path) -> None:
    cli("feeds", "add", "https://a.example.com/?x=1&y=2", "--name", 'A & "B"', "--publisher", "P")
    file = tmp_path / "feeds.opml"
    assert cli("feeds", "export", str(file))[0] == 0
    exported = file.read_bytes()
    cli("feeds", "remove", "https://a.example.com/?x=1&y=2")
    assert "1 added" in cli("feeds", "import", str(file))[1]
    mine = json.loads(cli("feeds", "list", "--json")[1])["feeds"][-1]
    assert (mine["url"], mine["name"], mine["publisher"]) == (
        "https://a.example.com/?x=1&y=2",
        'A & "B"',
        "P",
    )
    assert cli("feeds", "export")[1].count("<outline") == exported.decode().count("<outline")


@pytest.mark.parametrize("body", [b"", b"not xml", b"<html/>", b"\x00\xff"])
def test_opml_that_is_none(cli: Cli, tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "feeds.opml"
    file.write_bytes(body)
    assert cli("feeds", "import", str(file))[0] == 1


def test_opml_entities_are_inert(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_bytes(
        b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml version="2.0"><body>'
        b'<outline text="&x;" xmlUrl="https://a.example.com/"/></body></opml>'
    )
    cli("feeds", "import", str(file))
    assert "root:" not in cli("feeds", "list")[1]
