"""feedparser, without what takes it hours over a hostile document of a few kilobytes.

Its own expressions are quadratic, or worse, in what stands before the first element, in the names
of authors, in the number of categories and in the XML declaration.  Importing this bounds them;
nothing here reads authors or categories.
"""

from __future__ import annotations

import re
from typing import Any

import feedparser
import feedparser.api
import feedparser.encodings

_LONGEST_HEAD = 16_384
_LONGEST_DOCTYPE = 1_024
_COMMENT_OR_ELEMENT = re.compile(rb"<!--|<\w")
_DECLARATION = re.compile(rb"<\?xml[^>]{0,1024}>")
_SPACES = re.compile(rb"\s+")
# Codecs of host names: quadratic, and no encoding of documents.
_NO_ENCODING = re.compile(r"(?i)puny|idna")
_ENCODING = re.compile(
    rb"<\?[^>]{0,1000}?encoding=['\"](?![^'\"]{0,99}(?i:puny|idna))([^'\">]{0,100})['\"]"
)


def short_head(document: bytes) -> bytes:
    """`document`, in UTF-8, without comments and runs of spaces before its first element.

    What is still longer than any real prologue is left out but for its XML declaration.
    """
    plain: list[bytes] = []
    position, end, last = 0, len(document), document.rfind(b"-->") + 3  # or 2, before any
    while found := _COMMENT_OR_ELEMENT.search(document, position):
        if found.group() != b"<!--":
            end = found.start()
            break
        plain.append(document[position : found.start()])
        close = document.find(b"-->", found.end(), last)
        position = close + 3 if close >= 0 else found.end()
    head = _SPACES.sub(_one_space, b"".join([*plain, document[position:end]]))
    if len(head) > _LONGEST_HEAD:
        declaration = _DECLARATION.match(head)
        head = declaration.group() if declaration else b""
    return head + document[end:]


def _one_space(run: re.Match[bytes]) -> bytes:
    return b"\n" if b"\n" in run.group() else b" "


def believable_charset(content_type: str) -> str:
    """A content type, or nothing where it names what is no encoding of documents."""
    return "" if _NO_ENCODING.search(content_type) else content_type


def short_doctype(page: str) -> str:
    """An HTML page; a doctype longer than any real one is replaced by a plain one."""
    head, end, rest = page.partition(">")
    if len(head) > _LONGEST_DOCTYPE and "doctype" in head[:100].lower():
        return f"<!doctype html{end}{rest}"
    return page


_replace_doctype = feedparser.api.replace_doctype


def _replace_short_doctype(document: bytes) -> Any:
    return _replace_doctype(short_head(document))


def _no_author(*_: object) -> None:
    pass


def _no_tag(parser: Any, *_: object) -> None:
    parser._get_context().setdefault("tags", [])


feedparser.api.replace_doctype = _replace_short_doctype
feedparser.encodings.RE_XML_PI_ENCODING = _ENCODING
for _parser in (feedparser.api.LooseFeedParser, feedparser.api.StrictFeedParser):
    _parser._sync_author_detail = _no_author
    _parser._add_tag = _no_tag
