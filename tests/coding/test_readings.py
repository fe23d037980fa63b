"""Names and verbs of headlines read right; offsets and text stay."""

from __future__ import annotations

import pytest

from detente.coding.coder import Coder
from detente.coding.language import language
from detente.records import Report


@pytest.mark.parametrize(
    ("headline", "kind", "trigger"),
    [
        ("US expels 60 Russians over poisoning in Britain", "SANCTION", "expels"),
        ("Trump cancels meeting with Putin", "REJECT", "cancels meeting"),
        ("Putin visits Ankara to mend ties", "CONSULT", "visits"),
    ],
)
def test_the_verb_of_a_headline_is_a_verb(headline: str, kind: str, trigger: str) -> None:
    events = Coder().code(Report(id="r", text=headline))
    assert (kind, trigger) in {(e.event_type, e.trigger.text) for e in events}


def test_plural_nouns_and_sentences_are_left_alone() -> None:
    for text in ("US sanctions on Iran return", "Russia expels two envoys."):
        doc = language()(text)
        assert doc[1].norm_ == doc[1].lower_


def test_a_hyphenated_name_is_one_token() -> None:
    doc = language()("Ban Ki-moon called on both sides to stop the US-led drill.")
    assert [t.text for t in doc][:3] == ["Ban", "Ki-moon", "called"]
    assert "US-led" not in [t.text for t in doc]
    assert doc.text[doc[1].idx : doc[1].idx + len(doc[1])] == "Ki-moon"
