"""A user's additions: names, aliases, sectors and whole groups, as plain data from a config."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rotascope_nlp.errors import GazetteerError
from rotascope_nlp.groups import SECTORS, STYLES

COMPANY_KEYS = ("symbol", "name", "aliases", "sector")
GROUP_KEYS = ("words", "symbols")


@dataclass(frozen=True, slots=True)
class UserCompany:
    """A listing to add or to change.  `sector` is a sector id; None keeps the one on file."""

    symbol: str
    name: str | None = None
    aliases: tuple[str, ...] = ()
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class UserGroup:
    """Words that name a group, and symbols that belong to it.

    `id` is the user's own, or a built-in group's, which then gains the words.
    """

    id: str
    words: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UserNames:
    """Everything a user adds; `from_config` checks each row."""

    companies: tuple[UserCompany, ...] = ()
    groups: tuple[UserGroup, ...] = ()

    @staticmethod
    def from_config(
        companies: Sequence[Mapping[str, object]] = (),
        groups: Mapping[str, Mapping[str, object]] | None = None,
        *,
        source: str = "companies",
    ) -> UserNames:
        """Rows as a config or a CSV holds them; raises `GazetteerError` that names the row.

        A company row: `{symbol, name?, aliases?, sector?}`, aliases a list or text with `|`.
        A group: `{words?, symbols?}` under its id or name ("AI infrastructure").
        """
        rows = tuple(_company(row, f"{source} row {n}") for n, row in enumerate(companies, 1))
        _check_conflicts(rows, source)
        return UserNames(rows, tuple(_group(key, row) for key, row in (groups or {}).items()))


def _company(row: Mapping[str, object], where: str) -> UserCompany:
    _check_keys(row, COMPANY_KEYS, where)
    symbol = str(row.get("symbol") or "").strip().upper()
    if not symbol:
        raise GazetteerError(f"{where}: no symbol")
    sector = str(row.get("sector") or "").strip() or None
    if sector is not None and sector not in SECTORS:
        raise GazetteerError(
            f"{where} ({symbol}): unknown sector {sector!r}; one of {', '.join(SECTORS)}"
        )
    name = str(row.get("name") or "").strip() or None
    return UserCompany(symbol, name, _texts(row.get("aliases"), f"{where}.aliases"), sector)


def _group(key: str, row: Mapping[str, object]) -> UserGroup:
    where = f"group {key!r}"
    _check_keys(row, GROUP_KEYS, where)
    words, symbols = (_texts(row.get(name), f"{where}.{name}") for name in GROUP_KEYS)
    if not words and not symbols:
        raise GazetteerError(f"{where}: neither words nor symbols")
    if symbols and key in (SECTORS | STYLES):
        raise GazetteerError(f"{where}: a built-in group takes words only; set a company's sector")
    return UserGroup(key, words, tuple(symbol.upper() for symbol in symbols))


def _check_keys(row: Mapping[str, object], known: tuple[str, ...], where: str) -> None:
    if not isinstance(row, Mapping):
        raise GazetteerError(f"{where}: expected the keys {', '.join(known)}, not {row!r}")
    for key in row:
        if key not in known:
            raise GazetteerError(f"{where}: unknown key {key!r}; known: {', '.join(known)}")


def _texts(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    parts = value.split("|") if isinstance(value, str) else value
    if not isinstance(parts, Sequence) or not all(isinstance(part, str) for part in parts):
        raise GazetteerError(f"{where}: expected a list of texts, not {value!r}")
    return tuple(part.strip() for part in parts if part.strip())


def _check_conflicts(rows: Sequence[UserCompany], source: str) -> None:
    owner: dict[str, tuple[int, str]] = {}
    for number, row in enumerate(rows, 1):
        for alias in (row.name, *row.aliases):
            if alias is None:
                continue
            first, symbol = owner.setdefault(alias.casefold(), (number, row.symbol))
            if symbol != row.symbol:
                raise GazetteerError(
                    f"{source} row {number} ({row.symbol}): {alias!r} is already a name of"
                    f" {symbol} in row {first}; keep it with one of them"
                )
