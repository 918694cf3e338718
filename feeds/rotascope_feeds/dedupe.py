"""Which URLs and which entries are the same article."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import courlan

from rotascope_feeds.types import Article, FeedEntry

# Tracking parameters that never tell articles apart.  courlan's list is longer, but holds words
# (uid, cid, source, session) that some sites use as the article's number.
_TRACKING = re.compile(
    r"(?i)^(?:utm_|mc_|mtm_|pk_|hsa_|at_(?:medium|campaign)|ns_|_hs|oly_|vero_)|"
    r"^(?:fbclid|gclid|dclid|gclsrc|msclkid|twclid|yclid|igshid|wbraid|gbraid|mkt_tok|cmpid|"
    r"smid|smtyp|xtor|guccounter|guce_referrer(?:_sig)?|sr_share|ftag|icid|ncid|__source|"
    r"amp|outputtype|mod|siteid|partnerid|feedtype|feedname)$"
)
_AMP_SUFFIX = re.compile(r"(?i)(?:/amp/?|\.amp(?=\.html?$|$)|/amphtml/?)$")
_AMP_CACHE = re.compile(r"(?i)^[\w-]+\.cdn\.ampproject\.org$")
# Paths of up to three plain words.
_SECTION = re.compile(r"(?i)(?:/[a-z]+){1,3}/?")
_MAX_URL = 2_000  # bytes; PostgreSQL's indexes hold 2,700
# A slug or a number that by itself names the article, so that every parameter is decoration.
_SLUG = re.compile(r"(?i)(?<![a-z0-9])(?:[a-z0-9]++-){3}[a-z0-9]|\d{6}")
# An AMP address may lead to another one, but not on and on.
_AMP_DEPTH = 4


@lru_cache(maxsize=20_000)
def canonical_url(url: str | None) -> str | None:
    """`url` in one spelling: no tracking, fragment, AMP form, default port; host in lower case.

    None for what is no http(s) URL with a host, or longer than any real one.  courlan cleans and
    orders; it drops its long list of parameters only where the path names the article by itself.
    """
    if not url:
        return None
    try:
        parts = urlsplit(_leave_amp(url.strip()))
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        query = parts.query
        kept = [
            pair
            for pair in parse_qsl(query, keep_blank_values=True)
            if not _TRACKING.match(pair[0])
        ]
        host = parts.netloc.rpartition("@")[2]  # a password must not become an identity
        if _SLUG.search(parts.path):
            plain = urlunsplit((parts.scheme, host, parts.path, urlencode(kept), ""))
            cleaned = courlan.clean_url(plain)
        else:
            ordered = urlencode(sorted(kept))
            plain = urlunsplit((parts.scheme, host, parts.path, "", ""))
            cleaned = courlan.normalize_url(plain)
            cleaned = f"{cleaned}?{ordered}" if ordered else cleaned
    except ValueError:
        return None
    return cleaned if cleaned and len(cleaned.encode("utf-8", "replace")) <= _MAX_URL else None


def same_site(one: str, other: str) -> bool:
    """Whether two URLs belong to one registered domain, as far as their host names tell."""
    first, second = (urlsplit(url).hostname or "" for url in (one, other))
    if first == second:
        return True
    registered = courlan.extract_domain(one)
    return bool(registered) and registered == courlan.extract_domain(other)


def page_identity(page_url: str, declared: str | None) -> str | None:
    """The canonical URL of a page, given what its rel=canonical declares.

    It is believed within one site only, so that no page can pass for another publisher's, and not
    where it leads to a home page or a section, which broken sites declare for all.
    """
    own, meant = canonical_url(page_url), canonical_url(declared)
    if meant is None or own is None or not same_site(own, meant):
        return own
    if is_home(meant):
        return meant if is_home(own) else own
    return own if _is_section(meant) and _SLUG.search(urlsplit(own).path) else meant


def is_home(url: str) -> bool:
    """Whether a URL names a site as a whole."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _is_section(url: str) -> bool:
    """Whether a URL can name no single article: /news, /markets/stocks."""
    parts = urlsplit(url)
    return bool(_SECTION.fullmatch(parts.path)) and not parts.query


def apart(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Articles of one feed, where several declare one identity: each is then known by its own URL.

    Only where title and URL differ, so that an article told twice stays one.
    """
    told: dict[str | None, set[tuple[str, str | None]]] = {}
    for article in articles:
        own = canonical_url(article.url)
        told.setdefault(article.canonical_url, set()).add((article.title, own))
    many = {
        identity
        for identity, pairs in told.items()
        if identity and all(len(set(one)) > 1 for one in zip(*pairs, strict=True))
    }
    return tuple(
        replace(article, canonical_url=canonical_url(article.url))
        if article.canonical_url in many
        else article
        for article in articles
    )


def shared_links(entries: Iterable[FeedEntry]) -> frozenset[str]:
    """Canonical links that name no article: a home page, or what several headlines link to."""
    pairs = {(canonical_url(entry.link), entry.title) for entry in entries}
    uses = Counter(link for link, _ in pairs if link)
    return frozenset(link for link, count in uses.items() if count > 1 or is_home(link))


def entry_hash(entry: FeedEntry) -> str:
    """What the feed says of an entry, as a hash; it changes when the entry was edited.

    Not when its link only carries another tracking number, as some do in every round.
    """
    link = canonical_url(entry.link) or ""
    told = "\x1f".join((link, entry.title, entry.summary, entry.content, str(entry.published_at)))
    return hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _leave_amp(url: str) -> str:
    """The address behind AMP's caches and suffixes; `url` itself where it is wrapped too deep."""
    inner = url
    for _ in range(_AMP_DEPTH):
        wrapped = _inside_amp(inner)
        if wrapped is None:
            parts = urlsplit(inner)
            host = re.sub(r"^amp\.", "www.", parts.netloc)
            path = _AMP_SUFFIX.sub("", parts.path)
            return urlunsplit((parts.scheme, host, path, parts.query, ""))
        inner = wrapped
    return url


def _inside_amp(url: str) -> str | None:
    """The address that an AMP cache's or Google's own address holds, if `url` is one of these."""
    parts = urlsplit(url)
    segments = parts.path.split("/")
    if _AMP_CACHE.match(parts.netloc) and len(segments) > 3 and segments[1] in ("c", "v"):
        secure = segments[2] == "s"
        rest = segments[3:] if secure else segments[2:]
        return f"http{'s' if secure else ''}://{'/'.join(rest)}"
    if parts.netloc.startswith("www.google.") and segments[1:3] == ["amp", "s"]:
        return f"https://{'/'.join(segments[3:])}"
    return None
