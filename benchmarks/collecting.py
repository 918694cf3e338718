"""How long a round of 200 feeds with 50 entries each takes, from a server on loopback.

    python benchmarks/collecting.py [--feeds 200] [--entries 50]

No pages, no analysis.  The second round has nothing new: once the server answers 304, once it knows
no ETags and sends the same bytes again.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from rotascope.config import load_settings
from rotascope.ingest import ingest_round
from rotascope.store import Store
from rotascope_feeds.types import FeedSource

_SUMMARY = (
    "Money moved out of large technology companies and into utilities on day {n}, as fund managers "
    "in city {n} worried about the cost of data centers and about the price of growth stocks."
)


def document(feed: int, entries: int) -> bytes:
    """An RSS document that no other feed shares an article with."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    items = "".join(
        f"<item><guid>{feed}-{n}</guid><title>Money moves, part {n} of feed {feed}</title>"
        f"<link>https://site-{feed}.example.com/money-moves-out-of-tech-{n}</link>"
        f"<pubDate>{format_datetime(start - timedelta(minutes=n))}</pubDate>"
        f"<description>{_SUMMARY.format(n=1000 * feed + n)}</description></item>"
        for n in range(entries)
    )
    return f'<rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'.encode()


def server(bodies: list[bytes], *, etags: bool) -> ThreadingHTTPServer:
    """Serves `/0`, `/1`, ... ; with `etags` it answers 304 to who has them."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = bodies[int(self.path[1:])]
            known = etags and self.headers.get("If-None-Match") == '"same"'
            self.send_response(304 if known else 200)
            if etags:
                self.send_header("ETag", '"same"')
            self.send_header("Content-Length", "0" if known else str(len(body)))
            self.end_headers()
            self.wfile.write(b"" if known else body)

        def log_message(self, *_: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    return running


def measure(feeds: int, entries: int, *, etags: bool) -> list[float]:
    """Seconds of a first round and of a second one with nothing new."""
    running = server([document(feed, entries) for feed in range(feeds)], etags=etags)
    base = f"http://127.0.0.1:{running.server_address[1]}"
    sources = [FeedSource(f"{base}/{feed}") for feed in range(feeds)]
    settings, seconds = load_settings(), []
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "news.db") as store:
        for expected in (feeds * entries, 0):
            start = time.perf_counter()
            report = ingest_round(
                store,
                sources,
                settings=settings,
                now=lambda: datetime.now(UTC),
                pages=False,
                allow_private=True,
            )
            seconds.append(time.perf_counter() - start)
            assert (report.new, report.failed) == (expected, 0), report
    running.shutdown()
    running.server_close()
    return seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--entries", type=int, default=50)
    chosen = parser.parse_args()
    print("| second round by | first round, s | second round, s |")
    print("| --- | ---: | ---: |")
    for name, etags in (("304", True), ("same bytes", False)):
        first, second = measure(chosen.feeds, chosen.entries, etags=etags)
        print(f"| {name} | {first:.1f} | {second:.2f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\npeak memory {peak} MB, the server's included")


if __name__ == "__main__":
    main()
