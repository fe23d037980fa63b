"""Bare verbs of several types: the classifier is asked for these, and marked where it decides."""

from __future__ import annotations

from detente.coding.attribution import attributions
from detente.coding.coder import Coder
from detente.coding.deciding import SURE, ambiguous
from detente.coding.events import mentions
from detente.coding.language import language
from detente.coding.participants import Participants
from detente.records import Report


def asked(text: str) -> list[bool]:
    doc = language()(text)
    return [ambiguous(m) for m in mentions(doc, Participants(doc, attributions(doc)))]


def test_only_bare_verbs_of_several_types_are_asked_for() -> None:
    assert asked("Kenya hacked Somalia.") == [True]
    assert asked("Russia and Iran signed an agreement.") == [False]
    assert asked("France will warn Iran.") == [False]


def test_who_decided_is_marked_with_its_probability() -> None:
    texts = [
        f"{a} {verb} {b} on Monday."
        for verb in ("engaged", "pressed", "charged", "contacted", "confronted", "called")
        for a, b in (("Kenya", "Somalia"), ("The police", "the protesters"))
    ]
    reports = [Report(id=str(n), text=text) for n, text in enumerate(texts)]
    events = [e for _, of in Coder().code_many(reports) for e in of]
    by_model = [e for e in events if e.coder.kind == "model"]
    assert events
    assert all(SURE <= e.confidence <= 1 for e in by_model)
    assert all(e.coder.version for e in events)
