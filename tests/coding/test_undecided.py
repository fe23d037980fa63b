"""Clauses that the lexicon leaves open: which, how they are marked, and what becomes of them."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from detente.coding.attribution import attributions
from detente.coding.classifier import NONE, MarkedSentence, TypeClassifier
from detente.coding.coder import Coder
from detente.coding.deciding import Calibration, calibration
from detente.coding.events import mentions
from detente.coding.explain import explain_in, in_words
from detente.coding.language import language
from detente.coding.lexicon import lexicon
from detente.coding.participants import Participants
from detente.coding.screening import relates
from detente.coding.undecided import Open, plain_verbs, undecided
from detente.gazetteer.names import find_names
from detente.records import CodedEvent, Report


def left(text: str) -> list[Open]:
    doc = language()(text)
    participants = Participants(doc, attributions(doc))
    return list(undecided(doc, participants, mentions(doc, participants)))


def marked(text: str) -> tuple[str, str, str]:
    (found,) = left(text)
    clause = found.clause
    assert clause.actor is not None and clause.recipient is not None
    return clause.text, clause.text[slice(*clause.actor)], clause.text[slice(*clause.recipient)]


def coded(text: str) -> list[CodedEvent]:
    return list(Coder().code(Report(id="r", text=text)))


def test_a_verb_that_the_lexicon_lacks_is_left_open() -> None:
    assert marked("Kenya heaped scorn on Somalia.") == (
        ("Kenya heaped scorn on Somalia", "Kenya", "Somalia")
    )


@pytest.mark.parametrize(
    "text",
    [
        "Russia sanctioned Iran.",  # the lexicon has it
        "France resembles Spain.",  # a plain verb
        "Kenya heaped scorn on the rules.",  # nobody is acted on
        "Kenya might heap scorn on Somalia.",  # only thought of
        "The president swam in Kenya.",  # a place is no party
    ],
)
def test_what_is_never_asked(text: str) -> None:
    assert left(text) == []


def test_a_clause_is_read_without_what_is_told_beside_it() -> None:
    text, actor, recipient = marked(
        "Uganda, which had condemned the drill, heaped scorn on Kenya because talks failed."
    )
    assert (actor, recipient) == ("Uganda", "Kenya")
    assert "drill" not in text and "talks" not in text


def test_a_pronoun_is_read_as_whom_it_stands_for() -> None:
    text, actor, _ = marked("Uganda spoke up. It heaped scorn on Kenya.")
    assert (text, actor) == ("Uganda heaped scorn on Kenya", "Uganda")


def test_a_typed_clause_says_that_the_model_decided_and_how_surely() -> None:
    (event,) = coded("Uganda heaped scorn on Kenya.")
    assert (event.event_type, event.coder.kind) == ("ACCUSE", "model")
    assert event.coder.name.startswith("ACCUSE.")
    assert calibration().right(calibration().threshold) <= event.confidence + 0.01 <= 1.01


def test_where_nothing_happens_nothing_is_coded() -> None:
    assert coded("Croatia straddles the road to Serbia. Mali flanks Algeria.") == []


def test_who_says_so_is_kept() -> None:
    (event,) = coded("Uganda heaped scorn on Kenya, Ethiopian officials said.")
    assert event.status == "alleged"
    assert event.speaker is not None and event.speaker.text == "Ethiopian officials"


def test_an_explanation_gives_the_nearest_examples_of_the_clause() -> None:
    report = Report(id="r", text="Uganda heaped scorn on Kenya, Ethiopian officials said.")
    (event,) = Coder().code(report)
    found = explain_in(report, event)
    assert {near.sense for near in found.examples} == {"ACCUSE.disapprove"}
    assert "the lexicon has no entry that fits this clause" in in_words(found)


def test_two_who_may_act_on_each_other_are_worth_a_parse() -> None:
    assert relates(find_names("Uganda admonished Kenya."))
    assert not relates(find_names("Uganda rests."))
    assert not relates(find_names("Kenya is in Kenya."))


def test_the_gate_tells_states_of_affairs_from_events() -> None:
    texts = ("Serbia trails Portugal in the table.", "Gunmen raked the Kenyan police with fire.")
    pairs = [
        MarkedSentence(text=texts[0], actor=(0, 6), recipient=(14, 22)),
        MarkedSentence(text=texts[1], actor=(0, 6), recipient=(12, 29)),
    ]
    quiet, loud = TypeClassifier.load().types(pairs)
    assert quiet[NONE] > 0.7
    assert loud[NONE] < 0.3


def test_the_gate_fits_the_network() -> None:
    gate = json.loads((files("detente.coding") / "weights" / "gate.json").read_text("utf-8"))
    clauses = [mention.clause for mention in left("Kenya heaped scorn on Somalia.")]
    assert len(gate["weights"]) == TypeClassifier.load().vectors(clauses).shape[1]


def test_calibration_rises_with_the_probability() -> None:
    shares = [calibration().right(p / 10) for p in range(11)]
    assert shares == sorted(shares) and 0 <= shares[0] < shares[-1] <= 1
    assert Calibration(threshold=0.5, slope=1.0, offset=0.0).right(0.3) == pytest.approx(0.3)


def test_plain_verbs_are_none_of_the_lexicons_bare_ones() -> None:
    bare = {
        entry.lemma
        for entries in lexicon().verbs.values()
        for entry in entries
        if not entry.requirements and entry.event_type != "-"
    }
    assert len(plain_verbs()) > 200
    assert not plain_verbs() & bare
