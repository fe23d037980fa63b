"""What governing words make of the acts they govern."""

from __future__ import annotations

import pytest

from detente.coding.governing import (
    Governor,
    governors,
    is_occasion,
    judge,
    planned_type,
    reject_mode,
    threat_mode,
)
from detente.coding.language import language


def first(text: str, act_word: str) -> Governor | None:
    doc = language()(text)
    head = next(token for token in doc if token.text == act_word)
    return next(iter(governors(head, frozenset())), None)


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("They plan to meet.", "meet", "plan"),
        ("They are willing to meet.", "meet", "wish"),
        ("They agreed to meet.", "meet", "commit"),
        ("They threatened to leave.", "leave", "threat"),
        ("They refused to meet.", "meet", "refuse"),
        ("They cancelled the talks.", "talks", "cancel"),
        ("Rome urged Tunis to leave.", "leave", "request"),
        ("Rome ordered troops to leave.", "leave", "order"),
        ("Rome accused Tunis of leaving.", "leaving", "accuse"),
        ("Rome denied leaving.", "leaving", "deny"),
        ("They agreed to begin talks.", "talks", "commit"),
    ],
)
def test_the_nearest_governing_word(text: str, word: str, kind: str) -> None:
    governor = first(text, word)
    assert governor is not None
    assert governor.kind == kind


def test_a_call_governs_only_with_its_preposition() -> None:
    called = first("Rome called on Tunis to leave.", "leave")
    assert called is not None
    assert called.kind == "request"
    assert first("Biden called Macron to discuss Syria.", "discuss") is None


def test_what_is_told_as_fact_is_no_plan() -> None:
    assert first("Rome announced that Tunis had paid.", "paid") is None


def verdict(text: str, word: str, act: str, mode: str = "") -> tuple[str, str | None, bool]:
    governor = first(text, word)
    assert governor is not None
    found = judge(act, mode, governor, nominal=False)
    assert found is not None
    return found.event_type, found.status, found.absorbs


def test_types_follow_the_manual() -> None:
    assert verdict("They plan to meet.", "meet", "CONSULT") == ("AGREE", "planned", True)
    assert verdict("They plan to leave.", "leave", "RETREAT") == ("CONCEDE", "planned", True)
    assert verdict("They vowed to leave.", "leave", "SANCTION") == ("SANCTION", "threatened", False)
    assert verdict("They agreed to leave.", "leave", "RETREAT", "withdraw") == (
        "AGREE",
        "done",
        True,
    )
    assert verdict("They agreed to ease it.", "ease", "RETREAT") == ("CONCEDE", "done", True)
    assert verdict("They refused to meet.", "meet", "CONSULT") == ("REJECT", None, True)
    assert verdict("They want to meet.", "meet", "CONSULT") == ("AGREE", "planned", True)


def test_who_agrees_to_talk_has_agreed() -> None:
    """A meeting is still to come, but an offer to mediate or a promise to negotiate stands."""

    def agreed(text: str, word: str) -> str | None:
        governor = first(text, word)
        assert governor is not None
        head = next(t for t in language()(text) if t.text == word)
        told = is_occasion(head)
        found = judge("CONSULT", "", governor, nominal=False, occasion=told)
        assert found is not None
        return found.status

    assert agreed("Oslo offered to mediate.", "mediate") == "done"
    assert agreed("The rebels promised to negotiate.", "negotiate") == "done"
    assert agreed("Both agreed to hold talks.", "hold") == "done"
    assert agreed("Qatar proposed to meet.", "meet") == "done"
    assert agreed("Both agreed to meet.", "meet") == "planned"


def test_a_wish_that_another_acts_is_no_plan() -> None:
    governor = first("Rome wants Tunis to leave.", "leave")
    assert governor is not None
    found = judge("SANCTION", "withdraw", governor, nominal=False)
    assert found is not None
    assert found.status == "hypothetical"


def test_modes_of_the_complement() -> None:
    assert planned_type("AID") == "AGREE"
    assert planned_type("ASSAULT") == "ASSAULT"
    assert reject_mode("CONSULT") == "meet"
    assert reject_mode("RETREAT") == "yield"
    assert threat_mode("SANCTION", "expel") == "expel"
    assert threat_mode("SANCTION", "withdraw") == "relations"
    assert threat_mode("COERCE", "arrest") == "arrest"
    assert threat_mode("ASSAULT", "") == "violence"


def test_a_coordinated_act_shares_the_governing_word() -> None:
    governor = first("They plan to meet and sign a treaty.", "sign")
    assert governor is not None
    assert governor.kind == "plan"
    assert first("They plan to meet and signed a treaty.", "signed") is None
