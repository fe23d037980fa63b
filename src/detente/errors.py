"""What can go wrong, as one tree.

    DetenteError
    ├── InputError            something given to us cannot be used: path, reason
    │   ├── UnreadableReport  a file or page that yields no report
    │   ├── TableError        a row of a table that the schema refuses: path, line, reason
    │   ├── MalformedRow      a row of someone else's event data: path, line, reason
    │   └── UnknownName       an actor, code or setting that nothing here knows: name, near
    ├── RecordError           the record cannot be opened, read or written: url, reason
    │   └── NewerSchema       written by a later version: found, known
    ├── UncitedStatement      a brief's sentence whose evidence does not carry it: text, reason
    └── NoForecast            nothing honest can be said: question, reason

Every message is one line that names what it is about and, where there is one, the remedy.
"""

from __future__ import annotations

from collections.abc import Sequence


class DetenteError(Exception):
    """Base of every error that Détente raises on purpose."""


class InputError(DetenteError):
    """Something given to us cannot be used.

    Args:
        path: the file, address or setting it is about.
        reason: why, in the user's words, with the remedy where there is one.
    """

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Errors cross process borders whole."""
        return type(self), (self.path, self.reason)


class UnreadableReport(InputError):
    """A file or page that yields no report."""


class TableError(InputError):
    """A row of one of our own tables, or of a user's, that its schema refuses.

    Args:
        path: the table.
        line: line number in the file, from 1.
        reason: what is wrong with the row.
    """

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(path, f"line {line}: {reason}")
        self.line = line
        self.bare_reason = reason

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.path, self.line, self.bare_reason)


class MalformedRow(TableError):
    """A row of other people's event data that does not have the format's form."""


class UnknownName(InputError):
    """A name, code or setting that nothing here knows.

    Args:
        name: as it was given.
        reason: what it should have been.
        near: the nearest names that are known, best first.
    """

    def __init__(self, name: str, reason: str, near: Sequence[str] = ()) -> None:
        self.near = tuple(near)
        self.bare_reason = reason
        hint = f" (nearest: {', '.join(self.near)})" if self.near else ""
        super().__init__(name, reason + hint)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.path, self.bare_reason, self.near)


class RecordError(DetenteError):
    """The record cannot be opened, read or written.

    Args:
        url: the record's file or database address, without its password.
        reason: why, with the remedy where there is one.
    """

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(f"{url}: {reason}")

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.url, self.reason)


class NewerSchema(RecordError):
    """The record was written by a later version of Détente.

    Args:
        url: the record.
        found: the schema version it has.
        known: the newest this program knows.
    """

    def __init__(self, url: str, found: int, known: int) -> None:
        self.found = found
        self.known = known
        super().__init__(
            url, f"schema {found} is newer than this program's {known}; update detente to open it"
        )

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.url, self.found, self.known)


class UncitedStatement(DetenteError):
    """A sentence of a brief that its cited passages do not carry.

    Args:
        text: the sentence.
        reason: which name, number, date or word has no support.
    """

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        self.reason = reason
        super().__init__(f"{reason}: {text!r}")

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.text, self.reason)


class NoForecast(DetenteError):
    """A forecast that cannot honestly be made.

    Args:
        question: what was asked.
        reason: what is missing, and what is there instead.
    """

    def __init__(self, question: str, reason: str) -> None:
        self.question = question
        self.reason = reason
        super().__init__(f"{question}: {reason}")

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), (self.question, self.reason)
