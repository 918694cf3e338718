"""A loopback web server for the demo's feeds and pages, as they stood at a moment of its clock."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from rotascope.demo.pages import TYPES, feed, page
from rotascope.demo.world import OUTLETS, Posting

RELATED_LINKS = 4


class DemoServer:
    """Serves the postings on 127.0.0.1 while the `with` block lasts; set `moment` to move on.

    `port` 0 takes any that is free.  Raises OSError where the port is taken.
    """

    def __init__(self, postings: Sequence[Posting], moment: datetime, *, port: int = 0) -> None:
        self.moment = moment
        self._postings = tuple(postings)
        self._by_path = {posting.path: posting for posting in postings}
        self._http = _Http(self, port)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        """The server's address, with no slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def feeds(self) -> list[tuple[str, str]]:
        """URL and publisher of each feed."""
        return [(self.url + outlet.feed, outlet.name) for outlet in OUTLETS]

    def answer(self, path: str) -> tuple[str, str] | None:
        """Content type and body of `path` at the present moment, or None where nothing is."""
        if path == "/robots.txt":
            return "text/plain", "User-agent: *\nAllow: /\n"
        for outlet in OUTLETS:
            if path == outlet.feed:
                own = [posting for posting in self._postings if posting.outlet is outlet]
                return TYPES[outlet.format], feed(outlet, own, self.moment, self.url)
        posting = self._by_path.get(path)
        version = posting.at(self.moment) if posting else None
        if posting is None or version is None:
            return None
        return "text/html", page(posting, version, self._related(posting))

    def _related(self, posting: Posting) -> list[tuple[str, str]]:
        return [
            (other.path, version.title)
            for other in self._postings
            if other.outlet is posting.outlet
            and other is not posting
            and (version := other.at(self.moment))
        ][-RELATED_LINKS:]


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, demo: DemoServer, port: int) -> None:
        self.demo = demo
        super().__init__(("127.0.0.1", port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def do_GET(self) -> None:
        found = self.server.demo.answer(self.path.partition("?")[0])
        kind, text = found or ("text/plain", "not found\n")
        body = text.encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if found and self.headers.get("If-None-Match") == etag:
            self._head(304, kind, etag, 0)
            return
        self._head(200 if found else 404, kind, etag, len(body))
        self.wfile.write(body)

    def _head(self, status: int, kind: str, etag: str, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(length))
        self.send_header("ETag", etag)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the demo's output is its own."""
