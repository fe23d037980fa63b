"""What counts as an event in data coded by CAMEO, which knows neither status nor PLOVER's types."""

from __future__ import annotations

from detente.records import CodedEvent

#: CAMEO's statements and appeals have no PLOVER type (manual, summary of changes).
_STATEMENTS = ("01", "02")
_NOT_ASSERTED = frozenset({"hypothetical", "negated", "denied"})


def counted(event: CodedEvent) -> bool:
    """Whether CAMEO would count the event.

    Its comments and appeals (01, 02) are neutral there, and so is what is only considered, asked for,
    denied or said not to be: the manual lets negated events be left out as well.
    """
    return not event.cameo.startswith(_STATEMENTS) and event.status not in _NOT_ASSERTED
