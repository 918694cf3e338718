"""Files of labelled data, line by line."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rotascope.errors import InputError


def read_bytes(path: Path) -> bytes:
    """What the file holds, without a byte order mark.  Raises InputError."""
    try:
        return path.read_bytes().removeprefix(BOM_UTF8)
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {exc.strerror}; check the path") from exc


def lines(path: Path) -> Iterator[tuple[str, str]]:
    """(place, line) of a UTF-8 file; the place, `FILE, line N`, is for messages.

    Lines end at LF or CR LF and nowhere else: U+2028, U+0085 and their like stand inside texts.
    Raises InputError where the file cannot be read, and at the line that is not UTF-8.
    """
    for number, raw in enumerate(read_bytes(path).split(b"\n"), 1):
        where = f"{path.name}, line {number}"
        try:
            yield where, raw.decode().removesuffix("\r")
        except UnicodeDecodeError as exc:
            raise InputError(
                f"{where}: not UTF-8 (byte {exc.start + 1} of the line); convert the file first"
            ) from exc


def objects(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, object) of a JSONL file; blank lines are passed over.  Raises InputError."""
    for where, line in lines(path):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as exc:
            raise InputError(f"{where}: not JSON ({getattr(exc, 'msg', exc)})") from exc
        if not isinstance(item, dict):
            raise InputError(f"{where}: expected a JSON object, found {type(item).__name__}")
        yield where, item
