"""Files that are written whole or not at all, through a temporary one beside them."""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from rotascope.errors import ExportError, UsageError

GZIP = ".gz"
"""The ending that asks for compression."""


def is_standard_output(output: Path | str | None) -> bool:
    """Whether no file is named: nothing, or `-`."""
    return output is None or str(output) == "-"


def unpacked_name(output: Path) -> Path:
    """The name without the ending that asks for compression."""
    return output.with_suffix("") if output.suffix.lower() == GZIP else output


def check_target(output: Path, *, force: bool) -> None:
    """Refuse early what cannot be written: ExportError, or UsageError for a file that exists."""
    if output.is_dir():
        raise ExportError(f"{output} is a folder; name a file in it")
    if _is_device(output):
        return
    if output.exists() and not force:
        raise UsageError(f"{output} exists; add --force to replace it")
    folder = output.resolve().parent
    if not folder.is_dir():
        raise ExportError(f"{output.parent} is no folder; make it first")
    if not os.access(folder, os.W_OK):
        raise ExportError(f"{output.parent} cannot be written to; choose another --output")


def _is_device(output: Path) -> bool:
    """`/dev/stdout`, a pipe: written to, never replaced."""
    return output.exists() and not output.is_file() and not output.is_dir()


def save(output: Path, fill: Callable[[BinaryIO], object], *, force: bool = False) -> None:
    """Write a file through a temporary one beside it; errors as those of `replacing`."""
    with opened(output, force=force) as stream:
        fill(stream)


@contextmanager
def opened(output: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """`output` to write to, put in place at the end; errors as those of `replacing`.

    What ends in `.gz` is compressed.
    """
    if _is_device(output):
        with _telling(output), output.open("wb") as stream:
            yield stream
        return
    with replacing(output, force=force) as temporary, temporary.open("wb") as stream:
        if unpacked_name(output) == output:
            yield stream
        else:  # no name and no time in it: the same content is the same bytes
            with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
                yield cast(BinaryIO, packed)
        stream.flush()
        os.fsync(stream.fileno())  # else a name may outlive a power cut, and its bytes not


@contextmanager
def replacing(output: Path, *, force: bool = False) -> Iterator[Path]:
    """An empty file beside `output`, moved into its place at the end: no half file remains.

    A file that is replaced hands on its permissions, and a link stays a link to it.
    Raises as `check_target` does, and ExportError where writing fails.
    """
    check_target(output, force=force)
    if _is_device(output):
        raise ExportError(f"{output} is no plain file; name one")
    place = output.resolve()
    with _telling(output):
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
            temporary.chmod(place.stat().st_mode if place.exists() else 0o666 & ~_umask())
            temporary.replace(place)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


@contextmanager
def _telling(output: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise ExportError(f"{output} cannot be written: {exc.strerror or exc}") from exc


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
