"""Reading our events as data coded by CAMEO would: which count, and under which root."""

from __future__ import annotations

from detente.records import CodedEvent

#: CAMEO's statements and appeals have no PLOVER type (manual, summary of changes).
_STATEMENTS = ("01", "02")
_NOT_ASSERTED = frozenset({"hypothetical", "negated", "denied"})
_YIELDING = frozenset({"CONCEDE", "RETREAT"})
_HOSTILE = frozenset({"PROTEST", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE"})
#: Where CAMEO's root is not the one the 2021 manual gives the act: embargo and sanctions (163),
#: a verdict (116), an apology (055), blockade, occupation, a broken ceasefire (191, 192, 196).
_ROOTS = {
    "163": "COERCE",
    "116": "ACCUSE",
    "055": "SUPPORT",
    "191": "ASSAULT",
    "192": "ASSAULT",
    "196": "ASSAULT",
}


def counted(event: CodedEvent) -> bool:
    """Whether CAMEO would count the event.

    Its comments and appeals (01, 02) are neutral there, and so is what is only considered, asked
    for, denied or said not to be: the manual lets negated events be left out as well.
    """
    return not event.cameo.startswith(_STATEMENTS) and event.status not in _NOT_ASSERTED


def cameo_root(event: CodedEvent) -> str:
    """The event's root as CAMEO has it, by PLOVER's name; CONCEDE and RETREAT are one, YIELD.

    CAMEO codes an intention to yield as one to cooperate (03), a hostile act that is announced as a
    threat (13), and some acts under other roots than the 2021 manual.
    """
    kind = event.event_type
    planned = event.act != kind or event.status == "planned"
    if kind in _YIELDING:
        promised = planned or event.cameo.startswith("03") or event.coder.name.endswith("merged")
        root = _ROOTS.get(event.cameo[:3], "YIELD")
        return "AGREE" if promised else root
    if kind in _HOSTILE and event.status in ("planned", "threatened"):
        return "THREATEN"
    return kind if planned else _ROOTS.get(event.cameo[:3], kind)
