"""Which groups a series shows: names as people write them, families, and pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from rotascope.errors import UsageError
from rotascope.timeseries.columns import names as column_names
from rotascope_nlp.groups import SECTORS, STYLES

DEFAULT_FAMILIES = ("sectors", "styles", "custom")
DEFAULT_PAIRS = ("small_caps-large_caps", "value-growth", "equal_weight-cap_weight")
FAMILIES = (*DEFAULT_FAMILIES, "tickers", "pairs", "all")


def names_of(groups: str | Iterable[str]) -> list[str]:
    """Names with commas, or any iterable of names (an Index, an array), as a list.

    Raises UsageError where it names none, which is not the default, or holds what is no text.
    """
    given = groups.split(",") if isinstance(groups, str) else list(groups)
    for name in given:
        if not isinstance(name, str):
            raise UsageError(f"groups are named by text, not by {name!r}")
    names = [name.strip() for name in given if name.strip()]
    if not names:
        raise UsageError("groups names none; leave it out for the default")
    return names


def why_taken(name: str) -> str | None:
    """Why a group of one's own cannot bear `name`, and the mend; None where it can.

    `--groups` reads families, built-in groups by any spelling, commas and the hyphens of pairs;
    wide tables have columns named by a group, by `group.value`, and by what they say of a period.
    """
    if name in SECTORS or name in STYLES:
        return None  # a built-in group, which gains words
    plain = name.strip().lower()
    if not plain or name != name.strip() or not name.isprintable():
        return f"{name!r} begins or ends with a blank, or is none; name the group by a word"
    if plain in FAMILIES:
        return f"--groups reads {plain!r} as a family of groups; choose another name"
    if (meant := _builtin(name)) is not None:
        return f"{name!r} is the built-in group {meant}; write {meant} to add words to it"
    if (column := plain.rpartition(".")[2]) in column_names("points"):
        return f"{name!r} is named like the column {column} of a table; choose another name"
    for sign, reading in (("-", "a pair a-b"), (",", "several names")):
        if sign in name:
            mend = "_".join(part.strip() for part in name.split(sign) if part.strip())
            mend = f"write {mend}" if why_taken(mend) is None else "choose another name"
            return f"--groups reads {sign!r} in {name!r} as {reading}; {mend}"
    return None


@dataclass(frozen=True, slots=True)
class Selection:
    """`groups`: what is shown, in order, pairs as `a-b`.  `kinds`: group -> kind.

    `named`: those asked for by name, not by family.  `sparse`: companies that were not, which are
    shown only from their first news on.
    """

    groups: tuple[str, ...]
    kinds: Mapping[str, str]
    sparse: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()

    @property
    def singles(self) -> tuple[str, ...]:
        """Every group that is needed, the ends of pairs included, in order."""
        needed = dict.fromkeys(g for g in self.groups if self.kinds[g] != "pair")
        for group in self.groups:
            if self.kinds[group] == "pair":
                needed.update(dict.fromkeys(split_pair(group)))
        return tuple(needed)


def split_pair(group: str) -> tuple[str, str]:
    """The two ends of `a-b`."""
    first, _, second = group.partition("-")
    return first, second


def needs_tickers(asked: Sequence[str] | None) -> bool:
    """Whether single companies have to be read from the store."""
    return any(_builtin(part) is None for name in asked or () for part in _parts(name))


def select(
    asked: Sequence[str] | None,
    *,
    known: Mapping[str, str],
    custom: Iterable[str] = (),
    listed: Callable[[str], bool] = lambda symbol: False,
    read_as: Callable[[str], Sequence[str]] = lambda word: (),
) -> Selection:
    """The groups asked for: ids, names, symbols, pairs and families (sectors, styles, custom,
    tickers, pairs, all); default: sectors, styles and custom.

    `known`: group -> kind, of all that the store has scores for.  `custom`: the configuration's.
    `listed`: whether a symbol is a company's, though no news of it is stored (yet).
    `read_as`: the groups that a word or a fund's symbol stands for in a text.  Such a word is no
    name here, even where it spells a symbol too: `tech` is neither TECH, nor a sector's id.
    Raises UsageError for an unknown name, with the nearest ones.
    """
    kinds = {
        **dict.fromkeys(SECTORS, "sector"),
        **dict.fromkeys(STYLES, "style"),
        **dict.fromkeys((g for g in custom if g not in SECTORS and g not in STYLES), "custom"),
    }
    families = {
        "sectors": list(SECTORS),
        "styles": list(STYLES),
        "custom": sorted(group for group, kind in kinds.items() if kind == "custom"),
        "tickers": sorted(group for group, kind in known.items() if kind == "ticker"),
        "pairs": list(DEFAULT_PAIRS),
    }
    families["all"] = [name for family in FAMILIES[:-1] for name in families[family]]
    kinds = {**known, **kinds}
    kinds.update(_silent(asked or (), kinds, listed, read_as))
    shown: dict[str, None] = {}
    named: set[str] = set()
    for name in asked or DEFAULT_FAMILIES:
        family = families.get(name.strip().lower())
        if family is None:
            named.add(group := _resolve(name, kinds, read_as))
            family = [group]
        shown.update(dict.fromkeys(family))
    if not shown:
        raise UsageError(f"{', '.join(asked or ())} names no group of this store or configuration")
    pairs = [group for group in shown if group not in kinds]
    ends = {end for pair in pairs for end in split_pair(pair)}
    chosen = {group: kinds[group] for group in (shown.keys() - pairs) | ends}
    chosen.update(dict.fromkeys(pairs, "pair"))
    sparse = frozenset(g for g in shown if chosen[g] == "ticker" and g not in named)
    return Selection(tuple(shown), chosen, sparse, frozenset(named))


def _silent(
    asked: Sequence[str],
    kinds: Mapping[str, str],
    listed: Callable[[str], bool],
    read_as: Callable[[str], Sequence[str]],
) -> dict[str, str]:
    """The symbols among `asked` of companies without news."""
    parts = {part.strip() for name in asked for part in _parts(name)}
    unknown = [part for part in sorted(parts) if part and _single(part, kinds) is None]
    return {
        part.upper(): "ticker"
        for part in unknown
        if part.lower() not in FAMILIES
        and listed(part.upper())
        and (part.isupper() or not read_as(part))
    }


def _resolve(name: str, kinds: Mapping[str, str], read_as: Callable[[str], Sequence[str]]) -> str:
    """A group's id for any way of writing it; raises UsageError."""
    whole = _single(name, kinds)
    if whole is not None and (name.isupper() or kinds[whole] != "ticker" or not read_as(name)):
        return whole
    ends = [part for part in name.split("-") if part.strip()]
    if len(ends) == 2:
        first, second = (_resolve(end, kinds, read_as) for end in ends)
        if first == second:
            raise UsageError(f"the pair {name!r} has one group twice")
        return f"{first}-{second}"
    meant = [group for group in read_as(name) if group in kinds]
    mend = f"it stands for {', '.join(meant)}: ask for that" if meant else _hint(name, kinds)
    raise UsageError(f"unknown group {name!r}; {mend}")


def _hint(name: str, kinds: Mapping[str, str]) -> str:
    """The nearest names; symbols only for what is written like one, else they crowd the rest."""
    shouted = name.isupper()
    spelled = {group.lower(): group for group in kinds if shouted or kinds[group] != "ticker"}
    near = get_close_matches(name.lower(), [*spelled, *FAMILIES], n=3, cutoff=0.5)
    if near:
        return f"did you mean {', '.join(spelled.get(match, match) for match in near)}?"
    return f"choose of {', '.join([*SECTORS, *FAMILIES])}, or a company's symbol"


def _single(name: str, kinds: Mapping[str, str]) -> str | None:
    text = name.strip()
    for candidate in (text, text.lower(), text.upper(), _builtin(text)):
        if candidate is not None and candidate in kinds:
            return candidate
    return None


def _builtin(text: str) -> str | None:
    """The family or built-in group that `text` names, by id or by display name."""
    plain = text.strip().lower()
    if plain in FAMILIES:
        return plain if plain not in ("tickers", "all") else None
    plain = plain.replace(" ", "_").replace("-", "_")
    return plain if plain in SECTORS or plain in STYLES else None


def _parts(name: str) -> list[str]:
    return [name] if _builtin(name) else name.split("-")
