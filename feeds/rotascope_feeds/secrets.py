"""URLs with their secrets masked, for logs, errors and what is stored of them."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

MASK = "***"
_SECRET_KEY = re.compile(
    r"(?i)(?:^|[_\-.])(?:token|key|apikey|auth|authorization|pass|passwd|password|pwd|secret|sig|"
    r"signature|credential|session|sessionid|sid|hash|code|jwt|user|login|email)(?:$|[_\-.])"
)
# Keys that run their words together: apiToken, accesskey, userpass.
_SECRET_PART = re.compile(
    r"(?i)token|secret|passw|apikey|accesskey|signature|credential|jsessionid"
)
# What no word, date or article number looks like: 20 and more characters with digits and letters.
_OPAQUE = re.compile(r"(?=[^\W_]*\d)(?=[^\W_]*[A-Za-z])[\w.~+/=]{20,}")
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
    path = "/".join(_mask_opaque(segment) for segment in parts.path.split("/"))
    return urlunsplit((parts.scheme, userinfo + host, path, _mask_query(parts.query), ""))


def mask_text(text: str) -> str:
    """`text` with every URL in it masked."""
    return _URL.sub(_mask_match, text)


def _mask_match(match: re.Match[str]) -> str:
    url = match.group().rstrip(".,:;!?)]}")
    return mask_url(url) + match.group()[len(url) :]


def _mask_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return "&".join(f"{quote(key)}={_mask_value(key, value)}" for key, value in pairs)


def _mask_value(key: str, value: str) -> str:
    if _SECRET_KEY.search(key) or _SECRET_PART.search(key):
        return MASK
    return quote(_mask_opaque(value), safe="*/:,")


def _mask_opaque(value: str) -> str:
    return MASK if _OPAQUE.fullmatch(value) else value
