"""Files appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from detente.errors import InputError


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file beside its place, then moves it there in one step.

    Args:
        path: where it shall stand; what stood there is replaced.
        content: text (written as UTF-8) or bytes.

    Raises:
        InputError: if the folder is missing or not writable, or the disk is full.
    """
    octets = content.encode("utf-8") if isinstance(content, str) else content
    beside: str | None = None
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(octets)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o666 & ~_umask())
        Path(beside).replace(path)
    except OSError as error:
        if beside and Path(beside).exists():
            Path(beside).unlink()
        raise InputError(str(path), f"cannot be written: {error.strerror}") from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
