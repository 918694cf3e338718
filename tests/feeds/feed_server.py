"""A real server on loopback whose every path behaves as it is told, well or badly."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """What was asked: the path and the headers, names in lower case."""

    path: str
    headers: Mapping[str, str]


Behaviour = Callable[[socket.socket, Request], None]


@dataclass
class Site:
    """Behaviours by path, and every request that came."""

    url: str = ""
    routes: dict[str, Behaviour] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [request.path for request in self.requests]

    def add(self, path: str, behaviour: Behaviour) -> str:
        """Let `path` behave so; returns its URL."""
        self.routes[path] = behaviour
        return self.url + path


@contextmanager
def serve() -> Iterator[Site]:
    """Run a site until the block ends."""
    site = Site()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                request = _read_request(self.request)
                if request is None:
                    return
                site.requests.append(request)
                behaviour = site.routes.get(request.path, status(404))
                behaviour(self.request, request)
            except (OSError, ConnectionError):
                pass

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False
        request_queue_size = 256

    server = Server(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _read_request(connection: socket.socket) -> Request | None:
    connection.settimeout(10)
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    first, *lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Request(first.split(" ")[1], headers)


def answer(
    body: bytes | str = b"",
    *,
    code: int = 200,
    headers: Mapping[str, str] | None = None,
    length: int | None = None,
) -> Behaviour:
    """A plain answer; `length` lies about the body's."""
    data = body.encode() if isinstance(body, str) else body

    def behave(connection: socket.socket, _request: Request) -> None:
        told = {"Content-Length": str(len(data) if length is None else length)}
        told |= dict(headers or {})
        connection.sendall(_head(code, told) + data)

    return behave


def status(code: int, **headers: str) -> Behaviour:
    """A bare status; `Retry_After="5"` becomes a header."""
    return answer(
        code=code, headers={key.replace("_", "-"): value for key, value in headers.items()}
    )


def redirect(to: str, code: int = 302) -> Behaviour:
    """A redirect."""
    return status(code, Location=to)


def tagged(body: Callable[[], bytes], etag: Callable[[], str]) -> Behaviour:
    """A feed with an ETag, which answers 304 where the client has it."""

    def behave(connection: socket.socket, request: Request) -> None:
        tag = etag()
        if request.headers.get("if-none-match") == tag:
            connection.sendall(_head(304, {"ETag": tag, "Content-Length": "0"}))
        else:
            answer(body(), headers={"ETag": tag})(connection, request)

    return behave


def hang(site: Site) -> Behaviour:
    """Take the request and say nothing."""

    def behave(_connection: socket.socket, _request: Request) -> None:
        site.closing.wait(60)

    return behave


def drip(site: Site, *, body: bool, pause: float = 0.1) -> Behaviour:
    """A byte now and then, in the head or in the body, for ever."""

    def behave(connection: socket.socket, _request: Request) -> None:
        if body:
            connection.sendall(_head(200, {"Content-Length": "1000000"}))
        else:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not site.closing.is_set():
            connection.sendall(b"a")
            time.sleep(pause)

    return behave


def reset(connection: socket.socket, _request: Request) -> None:
    """Break the connection in the middle of an answer."""
    connection.sendall(_head(200, {"Content-Length": "5000"}) + b"<rss>")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    connection.close()


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """The first request gets the first, and so on; the last stays."""
    left = list(behaviours)
    lock = threading.Lock()

    def behave(connection: socket.socket, request: Request) -> None:
        with lock:
            chosen = left.pop(0) if len(left) > 1 else left[0]
        chosen(connection, request)

    return behave


def _head(code: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {code} Status", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
