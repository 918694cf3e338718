"""URLs with their secrets masked, for logs, errors and what is stored of them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

MASK = "***"
_SECRET_KEY = re.compile(
    r"(?i)(?:^|[_\-.])(?:token|key|apikey|auth|authorization|pass|passwd|password|pwd|secret|sig|"
    r"signature|credential|session|sessionid|sid|hash|code|jwt|user|login|email)(?:$|[_\-.])"
)
# Keys that run their words together: apiToken, accesskey, userpass.
_SECRET_PART = re.compile(
    r"(?i)token|secret|passw|apikey|accesskey|signature|credential|sess(?:ion)?id"
)
# What no word, date or article number looks like: 20 and more characters with digits and letters.
_OPAQUE = re.compile(r"(?=[^\W_]*\d)(?=[^\W_]*[A-Za-z])[\w.~+/=]{20,}")
_UUID = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LONG_PART = re.compile(r"[A-Za-z0-9]{20,}")
_PIECE = re.compile(r"[A-Za-z0-9]+")
# Words and numbers that a piece runs together: one in "stocks", two in "q3", many in a token.
_RUN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_WORD = re.compile(r"[A-Z]?[a-z]{2,}")
_URL = re.compile(r"(?i)\bhttps?://[^\s'\"<>]+")


def mask_url(url: str) -> str:
    """`url` without its user name and password, and with secret-looking values as `***`.

    Masked are values of keys that name a secret and any long opaque value, also in the path:
    private feeds often carry their token there.
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return MASK
    userinfo = f"{MASK}@" if "@" in parts.netloc else ""
    path = "/".join(_mask_segment(segment) for segment in parts.path.split("/"))
    return urlunsplit((parts.scheme, userinfo + host, path, _mask_query(parts.query), ""))


def mask_text(text: str) -> str:
    """`text` with every URL in it masked."""
    return _URL.sub(_mask_match, text)


def _mask_match(match: re.Match[str]) -> str:
    url = match.group().rstrip(".,:;!?)]}")
    return mask_url(url) + match.group()[len(url) :]


def _mask_segment(segment: str) -> str:
    """One step of a path, which may carry parameters: `page;jsessionid=...`."""
    name, *parameters = segment.split(";")
    return ";".join((_mask_opaque(name), *map(_mask_parameter, parameters)))


def _mask_parameter(parameter: str) -> str:
    key, equals, value = parameter.partition("=")
    return f"{_mask_opaque(key)}{equals}{MASK if _is_secret(key) else _mask_opaque(value)}"


def _mask_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return "&".join(_mask_pair(key, value) for key, value in pairs)


def _mask_pair(key: str, value: str) -> str:
    shown = _mask_opaque(key)
    if shown != key and not value.strip("="):
        return MASK  # a bare token: its name is itself, and what base64 ends with its value
    told = MASK if _is_secret(key) else _mask_opaque(value)
    return f"{quote(shown, safe='*/')}={quote(told, safe='*/:,')}"


def _is_secret(key: str) -> bool:
    return bool(_SECRET_KEY.search(key) or _SECRET_PART.search(key))


def _mask_opaque(value: str) -> str:
    """`value` as `***` where it is a token; a UUID or a token at the end of a slug alone."""
    value = _UUID.sub(MASK, value)
    if _OPAQUE.fullmatch(value) or _is_jumble(unquote(value)):
        return MASK
    return _LONG_PART.sub(_mask_part, value)


def _mask_part(match: re.Match[str]) -> str:
    part = match.group()
    return part if part.isalpha() or part.isdigit() else MASK


def _is_jumble(value: str) -> bool:
    """Whether `value` is a token in pieces, as base64url writes them with `-` and `_`.

    In a slug the pieces are words and numbers; in a token most run several of both together.
    """
    pieces = _PIECE.findall(value)
    jumbled = sum(len(piece) for piece in pieces if len(_RUN.findall(piece)) > 2)
    words = sum(_WORD.fullmatch(piece) is not None for piece in pieces)
    mostly = 2 * jumbled > sum(map(len, pieces)) and words < 3
    return mostly and len(value) >= 20 and any(map(str.isdigit, value))
