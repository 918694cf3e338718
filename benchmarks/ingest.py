"""One round over many feeds from a loopback server: fetch, parse, deduplicate, store.

The peer is the loop that people write: httpx and feedparser, a feed at a time, nothing stored.
"""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.common import arguments, command, finish, in_turns, machine, sentences


def main() -> None:
    """Run the benchmark."""
    import feedparser
    import httpx

    options = arguments(__doc__, turns=3, feeds=200, entries=50)
    started = machine()
    total = options.feeds * options.entries
    with tempfile.TemporaryDirectory() as name, _server(options.entries) as base:
        urls = [f"{base}/feed/{number}" for number in range(options.feeds)]

        def ours(turn: int) -> float:
            flags = ["--no-pages", "--no-analysis", "--allow-private-hosts", "--json"]
            store = str(Path(name) / f"{turn}.db")
            report = json.loads(command("--db", store, "ingest", *flags, *urls))
            assert sum(feed["new"] for feed in report["feeds"]) == total, report["feeds"][0]
            return total

        def again(turn: int) -> float:
            flags = ["--no-pages", "--no-analysis", "--allow-private-hosts", "--json"]
            store = str(Path(name) / f"{turn}.db")
            report = json.loads(command("--db", store, "ingest", *flags, *urls))
            assert sum(feed["new"] for feed in report["feeds"]) == 0
            return total

        def theirs(turn: int) -> float:
            with httpx.Client() as client:
                found = [feedparser.parse(client.get(url).content).entries for url in urls]
            assert sum(map(len, found)) == total
            return total

        work = {"httpx and feedparser": theirs, "rotascope ingest": ours, "the same again": again}
        timed = in_turns(work, options.turns)
    rows = [
        {
            "what": what,
            "entries/s": each.rate(),
            "ratio": each.rate() / timed["httpx and feedparser"].rate(),
            "CPU ms an entry": each.cpu_each() * 1000,
        }
        for what, each in timed.items()
    ]
    title = f"Ingest: {options.feeds} feeds of {options.entries} entries"
    finish("ingest", title, rows, started)


@contextmanager
def _server(entries: int) -> Iterator[str]:
    """A server of RSS feeds of our own sentences; each feed differs."""
    texts = sentences(400)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = int(self.path.rpartition("/")[2]) if "/feed/" in self.path else -1
            body = _feed(number, entries, texts).encode() if number >= 0 else b""
            self.send_response(200 if number >= 0 else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def _feed(number: int, entries: int, texts: list[str]) -> str:
    items = []
    for at in range(entries):
        words = [texts[(number * 31 + at * 7 + i * 11) % len(texts)] for i in range(6)]
        body = ". ".join(w.replace("&", "and").replace("<", "") for w in words)
        key = f"{number}-{at}"
        items.append(
            f"<item><title>Note {key}</title><link>https://example.org/{key}</link>"
            f"<guid>{key}</guid><pubDate>Mon, 05 Jan 2026 {at % 24:02}:00:00 GMT</pubDate>"
            f"<description>{body}. Number {key}.</description></item>"
        )
    head = f"<title>Feed {number}</title><link>https://example.org/</link>"
    return f'<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'


if __name__ == "__main__":
    main()
