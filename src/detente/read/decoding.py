"""Bytes to characters: byte order mark, UTF-8, then the declared character set; else the byte."""

from __future__ import annotations

import codecs
import re

from detente.errors import UnreadableReport

#: Longest first, so that UTF-32 is not taken for UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: HTML standard, 13.2.3.2: a declaration counts within the first 1024 bytes.
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
#: HTML standard, 13.2.3.3: these labels mean windows-1252.
WESTERN = frozenset({"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii", "iso8859-1"})
#: A page with at most this share of bytes that are not UTF-8 is an UTF-8 page with slips.
SLIPS = 0.001


def decoded(content: bytes, *, name: str, page: bool = False, charset: str = "") -> str:
    """The characters of a file.

    A UTF-8 byte order mark of a plain-text file is kept as U+FEFF, so that offsets stay those of
    the file decoded as UTF-8.

    Args:
        content: the bytes.
        name: the file, for the message.
        page: whether it is HTML, which may declare its character set.
        charset: what the server declared.

    Raises:
        UnreadableReport: naming the first byte that no allowed reading explains.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        declared = charset or (_declaration(content) if page else "")
        if declared and _is_other(declared):
            return _strictly(content, declared, name)
        if page and _slips(content) <= SLIPS:
            # The HTML standard reads undeclared Western pages as windows-1252.
            encoding = "utf-8" if declared else "windows-1252"
            return content.decode(encoding, "replace")
        raise UnreadableReport(name, _complaint(error)) from None


def _declaration(content: bytes) -> str:
    found = DECLARED.search(content[:1024])
    return found[1].decode("ascii") if found else ""


def _is_other(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name != "utf-8"
    except LookupError:
        return False


def _strictly(content: bytes, encoding: str, name: str) -> str:
    western = encoding.lower() in WESTERN
    try:
        return content.decode(
            "windows-1252" if western else encoding, "replace" if western else "strict"
        )
    except UnicodeDecodeError as error:
        reason = f"declared {encoding}, but {error.reason} at byte {error.start}"
    except (LookupError, ValueError):
        reason = f"declared {encoding}, which is not a text encoding"
    raise UnreadableReport(name, reason)


def _slips(content: bytes) -> float:
    return content.decode("utf-8", "replace").count("\ufffd") / max(1, len(content))


def _complaint(error: UnicodeDecodeError) -> str:
    byte = error.object[error.start]
    return (
        f"not UTF-8: byte 0x{byte:02X} at offset {error.start}; convert it or declare its charset"
    )
