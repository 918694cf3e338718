"""Defaults, the user's file and the environment: what wins, and what a mistake is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from rotascope.cli.main import main
from rotascope.config import (
    Loaded,
    default_store,
    default_user_file,
    load,
    load_settings,
    shipped_file,
)
from rotascope.config_model import Settings
from rotascope.errors import ConfigError
from rotascope.pipeline import load_language


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def loaded(tmp_path: Path, text: str = "", env: Mapping[str, str] = {}) -> Loaded:
    return load(write(tmp_path, text), env)


def test_the_shipped_file_is_complete_and_knows_no_more() -> None:
    """Every key of the model stands in the file (there are no other defaults), and none besides."""
    shipped = yaml.safe_load(shipped_file().read_text("utf-8"))
    assert set(shipped) == set(Settings.model_fields)
    assert load_settings(None, {}).model_dump(mode="json") == shipped


def _keys(tree: Mapping[str, Any], at: str = "") -> Iterator[str]:
    for key, value in tree.items():
        yield f"{at}{key}"
        if isinstance(value, dict):
            yield from _keys(value, f"{at}{key}.")


def test_every_key_is_explained_where_it_stands() -> None:
    """A comment stands right above each key of a section, and above each section.

    The rows of `feeds` are explained as a whole; keys that belong together share a comment.
    """
    lines = shipped_file().read_text("utf-8").splitlines()
    unexplained, explained = [], False
    for line in lines:
        bare = line.strip()
        if not bare:
            explained = False
        elif bare.startswith("#"):
            explained = True
        elif not line.startswith("   ") and not bare.startswith("-") and not explained:
            unexplained.append(bare)
    assert unexplained == []


def test_a_dozen_feeds_come_along() -> None:
    feeds = load_settings(None, {}).feeds
    assert len(feeds) >= 12
    assert len({feed.url for feed in feeds}) == len(feeds)
    assert all(feed.url.startswith("https://") and feed.name and feed.publisher for feed in feeds)


@pytest.mark.parametrize("device", ["auto", "cpu", "cuda", "cuda:0", "cuda:12"])
def test_every_device_is_taken(tmp_path: Path, device: str) -> None:
    assert loaded(tmp_path, f"model: {{device: '{device}'}}").settings.model.device == device
    env = {"ROTASCOPE_MODEL__DEVICE": device}
    assert loaded(tmp_path, "", env).settings.model.device == device


def test_mappings_are_merged_and_lists_replaced(tmp_path: Path) -> None:
    found = loaded(tmp_path, "fetch: {retries: 7}\nfeeds: [{url: 'https://a.test/'}]")
    assert found.settings.fetch.retries == 7
    assert found.settings.fetch.max_redirects == load_settings(None, {}).fetch.max_redirects
    assert [feed.url for feed in found.settings.feeds] == ["https://a.test/"]


def test_where_each_value_came_from(tmp_path: Path) -> None:
    env = {"ROTASCOPE_SERIES__FREQ": "W"}
    found = loaded(tmp_path, "series: {freq: M, window: 30}\ngroups: {mine: {words: [x]}}", env)
    assert found.settings.series.freq == "W"
    path = str(tmp_path / "mine.yaml")
    changed = {key: source for key, source in found.sources.items() if source != "default"}
    assert changed == {
        "series.freq": "ROTASCOPE_SERIES__FREQ",
        "series.window": path,
        "groups.mine.words": path,
        "groups.mine.symbols": path,
    }
    assert found.user_file == tmp_path / "mine.yaml"


def test_the_users_file_is_found(tmp_path: Path) -> None:
    assert load(None, {}).user_file is None
    default_user_file().parent.mkdir(parents=True)
    default_user_file().write_text("series: {window: 11}")
    assert load(None, {}).settings.series.window == 11
    named = write(tmp_path, "series: {window: 12}")
    assert load(None, {"ROTASCOPE_CONFIG": str(named)}).settings.series.window == 12
    assert load(named, {"ROTASCOPE_CONFIG": "/nowhere"}).settings.series.window == 12


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "series:\n  # freq: W\nfeeds:\n"])
def test_a_file_that_sets_nothing_changes_nothing(tmp_path: Path, text: str) -> None:
    assert loaded(tmp_path, text).settings == load_settings(None, {})


@pytest.mark.parametrize(
    ("name", "raw", "key", "value"),
    [
        ("ROTASCOPE_STORE__URL", "2024", "store.url", "2024"),
        ("ROTASCOPE_STORE__URL", "null", "store.url", None),
        ("ROTASCOPE_STORE__URL", "", "store.url", None),
        ("ROTASCOPE_STORE__KEEP_TEXT", "false", "store.keep_text", False),
        ("ROTASCOPE_FETCH__RETRIES", "9", "fetch.retries", 9),
        ("ROTASCOPE_FETCH__DELAY_SECONDS", "2", "fetch.delay_seconds", 2.0),
        ("ROTASCOPE_FETCH__USER_AGENT", "a: b {", "fetch.user_agent", "a: b {"),
        ("ROTASCOPE_FETCH__LANGUAGES", "[en, de]", "fetch.languages", ("en", "de")),
        ("ROTASCOPE_FETCH__LANGUAGES", "[EN]", "fetch.languages", ("en",)),
        ("ROTASCOPE_FETCH__PROXY", "http://p.test:1", "fetch.proxy", "http://p.test:1"),
        ("ROTASCOPE_SERIES__FREQ", "W", "series.freq", "W"),
    ],
)
def test_environment(name: str, raw: str, key: str, value: object) -> None:
    found: Any = load_settings(None, {name: raw})
    for part in key.split("."):
        found = getattr(found, part)
    assert found == value


def test_other_variables_are_left_alone() -> None:
    env = {"ROTASCOPE_DATA": "/data", "ROTASCOPE_TEST_POSTGRES": "x", "HOME__STORE": "y"}
    assert load_settings(None, env) == load_settings(None, {})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fetch: {retires: 3}", ["fetch.retires", "unknown key", "'retries'"]),
        ("fetchh: {}", ["fetchh", "unknown key", "'fetch'"]),
        ("feeds: [{url: x, nam: y}]", ["feeds.0.nam", "'name'"]),
        ("groups: {banks in texas: {word: [x]}}", ["groups.banks in texas.word", "'words'"]),
        ("store: {zzzzzz: 1}", ["store.zzzzzz", "known here: url, keep_text"]),
        ("feeds: [{name: y}]", ["feeds.0.url", "needed"]),
        ("fetch: {retries: three}", ["fetch.retries", "integer", "'three'"]),
        ("fetch: {retries: '3'}", ["fetch.retries", "integer", "'3'"]),
        ("fetch: {retries: -1}", ["fetch.retries", "greater than or equal to 0", "-1"]),
        ("fetch: {pages: 1}", ["fetch.pages", "boolean", "1"]),
        ("fetch: {delay_seconds: .nan}", ["fetch.delay_seconds", "finite"]),
        ("fetch: 3", ["fetch", "object", "3"]),
        ("series: {freq: Q}", ["series.freq", "'D'", "'Q'"]),
        ("series: {timezone: Mars}", ["series.timezone", "'Mars'", "America/New_York"]),
        ("a: &a [*a]", ["holds itself", "*name"]),
        ("a: &a {b: *a}", ["holds itself"]),
        ("series: {revision: latest}", ["series.revision", "auto|mixed", "'latest'"]),
        ("series: {revision: 123456789012}", ["series.revision", "string", "123456789012"]),
        ("model: {backend: tensorflow}", ["model.backend", "'onnx'"]),
        ("fetch: {languages: [english]}", ["fetch.languages.0", "two letters", "'english'"]),
        ("fetch: {user_agent: Zoë}", ["fetch.user_agent", "plain ASCII", "'Zoë'"]),
        ("fetch: {proxy: 'proxy.test:3128'}", ["fetch.proxy", "begins with http://"]),
        ("feeds: [{url: 'htp://x.test/f'}]", ["feeds.0.url", "begins with http://"]),
        ("model: {device: gpu}", ["model.device", "auto, cpu, cuda or cuda:N", "'gpu'"]),
        ("model: {device: 'cuda:'}", ["model.device", "cuda:N", "'cuda:'"]),
        ("model: {device: ''}", ["model.device", "cuda:N", "''"]),
        ("model: {device: 0}", ["model.device", "string", "0"]),
        (
            "names: {companies: [{symbol: ABC, name: A, sector: tech}]}",
            ["names.companies", "row 1 (ABC)", "unknown sector 'tech'", "information_technology"],
        ),
        ("groups: {mine: {}}", ["groups.mine", "neither words nor symbols"]),
        ("groups: {energy: {symbols: [XOM]}}", ["groups.energy", "takes words only"]),
        ("groups: {sectors: {words: [x]}}", ["groups.sectors", "a family", "another name"]),
        ("groups: {Custom: {words: [x]}}", ["groups.Custom", "a family", "another name"]),
        ("groups: {all: {words: [x]}}", ["groups.all", "a family", "another name"]),
        ("groups: {revision: {words: [x]}}", ["groups.revision", "column revision", "another"]),
        ("groups: {Period_End: {words: [x]}}", ["groups.Period_End", "column period_end"]),
        ("groups: {ai.n_stories: {words: [x]}}", ["groups.ai.n_stories", "column n_stories"]),
        ("groups: {a-b: {words: [x]}}", ["groups.a-b", "a pair", "write a_b"]),
        ("groups: {value-growth: {words: [x]}}", ["groups.value-growth", "write value_growth"]),
        ("groups: {'a, b': {words: [x]}}", ["groups.a, b", "several names", "write a_b"]),
        ("groups: {Small Caps: {words: [x]}}", ["groups.Small Caps", "write small_caps"]),
        ("groups: {' a': {words: [x]}}", ["groups. a", "blank"]),
        ("groups: {NVDA: {words: [x]}}", ["groups.NVDA", "company's symbol", "nvda_group"]),
        (
            "names: {companies: [{symbol: ZZQX, name: Z}]}\ngroups: {ZZQX: {words: [x]}}",
            ["groups.ZZQX", "company's symbol"],
        ),
        ("store: {url: 1\n", ["not valid YAML", "line 2"]),
        ("store: {keep_text: no}\nfetch: {}\nstore: {}\n", ["'store'", "twice", "line 3"]),
        ("- a\n- b\n", ["sections", "list"]),
        ("1: x\n", ["sections"]),
    ],
)
def test_a_mistake_names_file_key_and_mend(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, text)
    message = str(caught.value)
    assert "\n" not in message
    for word in [str(tmp_path / "mine.yaml"), *words]:
        assert word in message


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"ROTASCOPE_STORE__URI": "x"}, ["ROTASCOPE_STORE__URI", "store.uri", "'url'"]),
        ({"ROTASCOPE_STORE_URL": "x"}, ["ROTASCOPE_STORE_URL", "ROTASCOPE_STORE__URL"]),
        ({"ROTASCOPE_FETCH__RETRIES": "x"}, ["ROTASCOPE_FETCH__RETRIES", "integer", "'x'"]),
        ({"ROTASCOPE_FETCH__LANGUAGES": "[en"}, ["ROTASCOPE_FETCH__LANGUAGES", "YAML"]),
        ({"ROTASCOPE_CONFIG": "/no/such.yaml"}, ["/no/such.yaml", "no such configuration file"]),
    ],
)
def test_a_mistake_in_the_environment(env: dict[str, str], words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(None, env)
    for word in words:
        assert word in str(caught.value)


def test_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(bytes(range(256)))
    for path in (tmp_path / "binary.yaml", tmp_path):
        with pytest.raises(ConfigError, match="cannot be read"):
            load_settings(path, {})


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"fetch\.retries.*series\.freq"):
        loaded(tmp_path, "fetch: {retries: x}\nseries: {freq: x}")


def test_settings_do_not_change() -> None:
    settings = load_settings(None, {})
    with pytest.raises(ValueError, match="frozen"):
        settings.store.keep_text = False  # type: ignore[misc]


def test_the_store_stands_in_the_users_own_folder() -> None:
    assert Path(default_store()).name == "rotascope.db"
    assert Path(default_store()).is_absolute()


@pytest.mark.parametrize("name", ["ai_infrastructure", "AI infrastructure", "FAANG", "small_caps"])
def test_other_names_of_groups_are_taken(tmp_path: Path, name: str) -> None:
    settings = loaded(tmp_path, f"groups: {{{name}: {{words: [x]}}}}").settings
    assert list(settings.groups) == [name]


def test_mistakes_in_groups_stop_commands_that_read_no_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, "groups: {sectors: {words: [x]}}")
    assert main(["--config", str(file), "--db", str(tmp_path / "no.db"), "export"]) == 2
    assert "mine.yaml: groups.sectors" in capsys.readouterr().err


def test_a_company_of_the_configuration_that_does_not_fit_is_a_mistake_of_it(
    tmp_path: Path,
) -> None:
    settings = loaded(tmp_path, "names: {companies: [{symbol: ZZQX}]}").settings
    with pytest.raises(ConfigError, match="names or groups of the configuration: company ZZQX"):
        load_language(settings)
