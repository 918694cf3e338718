"""Lists of feeds as OPML 2.0 (opml.org/spec2.opml), the exchange format of feed readers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

from rotascope_feeds.errors import ParseError
from rotascope_feeds.types import FeedSource

_MAX_BYTES = 10_000_000


def read_opml(body: bytes) -> list[FeedSource]:
    """The feeds of an outline, at any depth, each URL once; raises ParseError.

    The attribute `title`, else `text`, becomes the name, `publisher` (ours) the publisher.
    """
    if len(body) > _MAX_BYTES:
        raise ParseError(f"the OPML file is larger than {_MAX_BYTES:,} bytes")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as exc:
        raise ParseError(f"the file is no OPML: {exc}") from exc
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise ParseError("the file is no OPML: its root element is not <opml>")
    found: dict[str, FeedSource] = {}
    for outline in root.iter("{*}outline"):
        attributes = {str(key).lower(): str(value) for key, value in outline.attrib.items()}
        url = attributes.get("xmlurl", "").strip()
        if url.startswith(("http://", "https://")) and url not in found:
            name = attributes.get("title") or attributes.get("text") or ""
            found[url] = FeedSource(url, name.strip(), attributes.get("publisher", "").strip())
    return list(found.values())


def write_opml(sources: Iterable[FeedSource], *, now: datetime) -> bytes:
    """The feeds as an OPML document in UTF-8."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = "Feeds of Rotascope"
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    for source in sources:
        outline = etree.SubElement(
            body, "outline", type="rss", text=source.name or source.url, xmlUrl=source.url
        )
        if source.name:
            outline.set("title", source.name)
        if source.publisher:
            outline.set("publisher", source.publisher)
    document: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )
    return document
