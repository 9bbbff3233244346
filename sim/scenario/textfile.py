"""Text files of a scenario, read whole or refused with a reason."""

from __future__ import annotations

import os
from pathlib import Path

from .words import printable


class UnreadableFileError(Exception):
    """A file that can't be read as text; the message says why and what to do."""

    def __init__(self, message: str, line: int | None = None) -> None:
        """Keep the sentence and, where it is known, the line."""
        super().__init__(message)
        self.message = message
        self.line = line


def read_text(path: Path, most_bytes: int) -> str:
    """The file's text, a byte-order mark dropped.

    Raises UnreadableFileError if it is missing, no regular file, larger than ``most_bytes``, or not UTF-8.
    """
    refuse_unless_file(path, most_bytes)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"can't be read: {printable(os.strerror(error.errno or 0)).lower()}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError("is not UTF-8 text; save it as UTF-8", line) from None


def refuse_unless_file(path: Path, most_bytes: int) -> None:
    """UnreadableFileError for a file that is missing, no regular file, or larger than ``most_bytes``."""
    try:
        if not path.exists():
            raise UnreadableFileError("no such file")
        if not path.is_file():
            raise UnreadableFileError("is a folder, not a file" if path.is_dir() else "is not a regular file")
        if path.stat().st_size > most_bytes:
            raise UnreadableFileError(f"is larger than {most_bytes // 1_000_000} MB; is it the right file?")
    except OSError as error:
        raise UnreadableFileError(f"can't be read: {printable(os.strerror(error.errno or 0)).lower()}") from None
    except ValueError:
        raise UnreadableFileError("is not a possible file name") from None


def beside(file: str, name: str) -> str:
    """The path of ``name`` as written in ``file``: relative to that file's folder."""
    return os.path.normpath(os.path.join(os.path.dirname(file), name))  # noqa: PTH118, PTH120 - names stay as written
