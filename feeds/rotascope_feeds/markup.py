"""HTML fragments of feeds as plain text, with a line for each block."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree, html

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 "  # noqa: SIM905
    "h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul".split()
)
SILENT = frozenset(
    "script style noscript template iframe object svg head button form".split()  # noqa: SIM905
)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[\s]*")
# What neither XML nor a store can hold, the byte order marks that stray into texts, and what steers
# a terminal: C1 controls (but \x85, a line's end) and marks that turn the direction of writing.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
# What only HTML has.  A lone "<" is none, nor is a Reuters code such as <P.N> or <BR.N>.
MARKUP = re.compile(
    r"</[A-Za-z][A-Za-z0-9]*\s*>|<!--|<!doctype\b"
    r"|<(?:p|br|hr|div|span|li|ul|ol|dl|dt|dd|h[1-6]|table|tbody|tr|td|th|blockquote|section|article"
    r"|html|head|body|script|style|img|iframe|figure|a)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31}[0-9]{0,2});")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]{2,31});")


def clean(text: str) -> str:
    """`text` without control characters, with single spaces and no empty lines."""
    text = CONTROL.sub("", text.replace("\r", "\n").replace("\xa0", " "))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def html_to_text(fragment: str) -> str:
    """The readable text of an HTML fragment (or of plain text, which passes)."""
    if not _TAG.search(fragment):
        return clean(fragment)
    try:
        root = html.fragment_fromstring(
            CONTROL.sub("", fragment), create_parent="div", parser=_parser()
        )
    except (etree.LxmlError, ValueError, AssertionError, TypeError):
        return clean(re.sub(r"<[^>]*>", " ", fragment))
    parts: list[str] = []
    _collect(root, parts)
    return clean("".join(parts))


def _parser() -> html.HTMLParser:
    """One for each text, as threads must not share them; `huge_tree` allows 2,047 levels."""
    return html.HTMLParser(huge_tree=True)


def readable(text: str) -> str:
    """`text` as it is, or what is read of it where it is HTML, again if escaped twice.

    For texts of unknown making: only a closing tag or a common one makes it HTML.
    """
    for _ in range(2):
        if MARKUP.search(text):
            text = html_to_text(text)
        else:
            text = ENTITY.sub(lambda entity: unescape(entity[0]).replace("\xa0", " "), text)
    return text


def readable_title(text: str) -> str:
    """As `readable`, on one line if it was HTML, else as it is."""
    plain = readable(text)
    return text if plain == text else " ".join(plain.split())


def title_text(fragment: str) -> str:
    """As `html_to_text`, on one line, unescaped once more where the feed escaped twice."""
    text = html_to_text(fragment)
    if _TAG.search(text):
        text = html_to_text(text)
    return " ".join(text.split())


def _collect(root: html.HtmlElement, parts: list[str]) -> None:
    """Texts in document order, without recursion: fragments nest as deep as they like."""
    stack: list[tuple[html.HtmlElement, bool]] = [(root, True)]
    while stack:
        element, entering = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _BLOCKS
        if block:
            parts.append("\n")
        if not entering:
            parts.append(element.tail or "" if element is not root else "")
            continue
        stack.append((element, False))
        if tag and tag not in SILENT:
            parts.append(element.text or "")
            stack.extend((child, True) for child in reversed(element))
