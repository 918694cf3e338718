"""Read the configuration: shipped defaults, then the user's file, then the environment.

Mappings are merged, lists and plain values replaced.  Every value keeps where it came from.
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

import platformdirs
import yaml
from pydantic import BaseModel, ValidationError

from rotascope.config_model import Settings
from rotascope.config_names import mistakes
from rotascope.errors import ConfigError

__all__ = [
    "ConfigError",
    "Loaded",
    "Settings",
    "default_store",
    "default_user_file",
    "load",
    "load_settings",
    "shipped_file",
]

PREFIX = "ROTASCOPE_"
CONFIG_VARIABLE = "ROTASCOPE_CONFIG"
NESTING = "__"

KeyPath: TypeAlias = tuple[str, ...]
Tree: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings; `sources` maps each dotted key to the file or the variable that set it."""

    settings: Settings
    sources: Mapping[str, str]
    user_file: Path | None


def load_settings(path: Path | None = None, env: Mapping[str, str] = os.environ) -> Settings:
    """The configuration in force; raises ConfigError naming file, key and what was expected."""
    return load(path, env).settings


def load(path: Path | None = None, env: Mapping[str, str] = os.environ) -> Loaded:
    """As `load_settings`, with the source of every value."""
    tree = _read(shipped_file())
    sources: dict[str, str] = {}
    _note(tree, "default", sources)
    user_file = _user_file(path, env)
    if user_file is not None:
        layer = _read(user_file)
        _overlay(tree, layer)
        _note(layer, str(user_file), sources)
    for key, variable, value in _from_environment(env):
        layer = _nest(key, value)
        _overlay(tree, layer)
        _note(layer, variable, sources)
    try:
        # As JSON, because strict mode takes a list for a tuple only there.
        settings = Settings.model_validate_json(json.dumps(tree, default=str))
    except ValidationError as exc:
        raise ConfigError("; ".join(_explain(error, sources) for error in exc.errors())) from exc
    if wrong := list(mistakes(settings)):
        told = (f"{_source(tuple(key.split('.')), sources)}: {key}: {why}" for key, why in wrong)
        raise ConfigError("; ".join(told))
    return Loaded(settings, dict(_leaves(settings.model_dump(), sources)), user_file)


def shipped_file() -> Path:
    """The defaults: beside this module in a wheel, at the root of a checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / "config.yaml"
    return packaged if packaged.exists() else here.parent / "config.yaml"


def default_user_file() -> Path:
    """Where a user's configuration is looked for when none is named."""
    return platformdirs.user_config_path("rotascope", appauthor=False) / "config.yaml"


def default_store() -> str:
    """Where the store is when nothing names one."""
    return str(platformdirs.user_data_path("rotascope", appauthor=False) / "rotascope.db")


def _user_file(path: Path | None, env: Mapping[str, str]) -> Path | None:
    if path is not None:
        return path
    if env.get(CONFIG_VARIABLE):
        return Path(env[CONFIG_VARIABLE]).expanduser()
    default = default_user_file()
    return default if default.exists() else None


class _Loader(yaml.SafeLoader):
    """YAML in which a key given twice is an error, not a silent loss of the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, str) and key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} is given twice", problem_mark=key_node.start_mark
                )
            seen.add(key if isinstance(key, str) else id(key_node))
        return super().construct_mapping(node, deep)


def _read(file: Path) -> Tree:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as exc:
        raise ConfigError(f"{file}: there is no such configuration file") from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise ConfigError(f"{file}: cannot be read as text: {exc}") from exc
    try:
        tree = yaml.load(text, _Loader)
    except yaml.YAMLError as exc:
        raise ConfigError(f"{file}: not valid YAML: {_one_line(exc)}") from exc
    try:
        json.dumps(tree, default=str)
    except (ValueError, RecursionError) as exc:
        raise ConfigError(f"{file}: a value that holds itself, by an alias (*name)") from exc
    if tree is None:
        return {}
    if not isinstance(tree, dict) or not all(isinstance(key, str) for key in tree):
        raise ConfigError(f"{file}: expected sections like `store:`, not {type(tree).__name__}")
    return tree


def _overlay(base: Tree, layer: Tree) -> None:
    for key, value in layer.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            _overlay(base[key], value)
        elif value is None and isinstance(base.get(key), (dict, list)):
            continue  # `series:` with every line below commented out changes nothing
        else:
            base[key] = value


def _note(layer: Tree, source: str, sources: dict[str, str], at: KeyPath = ()) -> None:
    for key, value in layer.items():
        path = (*at, str(key))
        sources[".".join(path)] = source
        if isinstance(value, dict):
            _note(value, source, sources, path)


def _leaves(tree: Tree, sources: Mapping[str, str], at: KeyPath = ()) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        path = (*at, str(key))
        if isinstance(value, dict) and value:
            yield from _leaves(value, sources, path)
        else:
            yield ".".join(path), _source(path, sources)


def _source(path: KeyPath, sources: Mapping[str, str]) -> str:
    for length in range(len(path), 0, -1):
        found = sources.get(".".join(path[:length]))
        if found:
            return found
    return "default"


def _from_environment(env: Mapping[str, str]) -> Iterator[tuple[KeyPath, str, object]]:
    """Variables like ROTASCOPE_STORE__URL.  ROTASCOPE_DATA and others without `__` are no keys."""
    for name in sorted(env):
        if not name.startswith(PREFIX):
            continue
        rest = name[len(PREFIX) :].lower()
        if NESTING in rest:
            key = tuple(rest.split(NESTING))
            yield key, name, _value(key, name, env[name])
        elif meant := _flat_keys().get(rest):
            raise ConfigError(f"{name}: unknown variable; did you mean {meant}?")


def _flat_keys() -> dict[str, str]:
    """`store_url` -> ROTASCOPE_STORE__URL: what somebody writes who forgets one underscore."""
    sections = ((name, field.annotation) for name, field in Settings.model_fields.items())
    return {
        f"{section}_{key}": f"{PREFIX}{section.upper()}{NESTING}{key.upper()}"
        for section, model in sections
        if isinstance(model, type) and issubclass(model, BaseModel)
        for key in model.model_fields
    }


def _value(key: KeyPath, name: str, raw: str) -> object:
    """Text where the key wants text, else YAML: 30, true, [en, de], null."""
    takes_text = _takes_text(_annotation(key))
    try:
        value = yaml.safe_load(raw)
    except yaml.YAMLError as exc:
        if takes_text:
            return raw
        raise ConfigError(f"{name}: not valid YAML: {_one_line(exc)}") from exc
    return raw if takes_text and value is not None else value


def _annotation(key: KeyPath) -> object:
    """The type of the key's field; None for an unknown key."""
    model: Any = Settings
    for part in key:
        field = getattr(model, "model_fields", {}).get(part)
        model = field.annotation if field is not None else None
    return model


def _takes_text(annotation: object) -> bool:
    if get_origin(annotation) is Annotated:
        return _takes_text(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return any(_takes_text(member) for member in get_args(annotation))
    return annotation is str or get_origin(annotation) is Literal


def _nest(key: KeyPath, value: object) -> Tree:
    tree: object = value
    for part in reversed(key):
        tree = {part: tree}
    assert isinstance(tree, dict)
    return tree


def _explain(error: Any, sources: Mapping[str, str]) -> str:
    location = tuple(str(part) for part in error["loc"])
    where = f"{_source(location, sources)}: {'.'.join(location)}"
    if error["type"] == "extra_forbidden":
        known = _siblings(error["loc"])
        near = difflib.get_close_matches(location[-1], known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"
        return f"{where}: unknown key; {hint}"
    if error["type"] == "missing":
        return f"{where}: this key is needed"
    expected = error["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
    return f"{where}: {expected}, not {error['input']!r}"


def _siblings(location: tuple[Any, ...]) -> list[str]:
    """The keys that are known where the unknown key stands."""
    model: Any = Settings
    for part in location[:-1]:
        annotation = model.model_fields[part].annotation if part in model.model_fields else None
        nested = [annotation, *get_args(annotation)]
        found = [kind for kind in nested if hasattr(kind, "model_fields")]
        model = found[0] if found else model
    return list(model.model_fields)


def _one_line(exc: Exception) -> str:
    return " ".join(str(exc).split())
