"""The trained classifier: shape, calibration, determinism, and sentences that it never saw."""

from __future__ import annotations

import math
import re

import pytest

from detente.coding.classifier import (
    NONE,
    MarkedSentence,
    TypeClassifier,
    senses,
    with_markers,
)
from detente.coding.typing_pair import type_between, types_between
from detente.errors import InputError
from detente.ontology.plover import event_types, modes


def mark(text: str) -> MarkedSentence:
    """``{actor}`` and ``<recipient>`` in a text become its spans."""
    plain = re.sub(r"[{}<>]", "", text)
    spans = {}
    for letter, pattern in (("a", r"\{(.*?)\}"), ("r", r"<(.*?)>")):
        if found := re.search(pattern, text):
            start = len(re.sub(r"[{}<>]", "", text[: found.start()]))
            spans[letter] = (start, start + len(found[1]))
    return MarkedSentence(text=plain, actor=spans.get("a"), recipient=spans.get("r"))


@pytest.fixture(scope="module")
def classifier() -> TypeClassifier:
    return TypeClassifier.load()


def test_senses_belong_to_types_and_cover_them_all() -> None:
    assert {sense.event_type for sense in senses().values()} == {*event_types(), NONE}
    for sense in senses().values():
        assert not sense.mode or sense.mode in modes()[sense.event_type]
        assert sense.name.split(".")[0] == sense.event_type


def test_markers_stand_around_their_phrases() -> None:
    marked = mark("<Kenya> was praised by {Uganda}.")
    words = with_markers(marked).split()
    assert words[:3] == ["[unused3]", "Kenya", "[unused4]"]
    assert words[-4:-1] == ["[unused1]", "Uganda", "[unused2]"]


def test_markers_nest_where_one_phrase_lies_in_the_other() -> None:
    marked = MarkedSentence(text="Libyan troops left", actor=(0, 13), recipient=(0, 6))
    assert with_markers(marked).split() == (
        ["[unused1]", "[unused3]", "Libyan", "[unused4]", "troops", "[unused2]", "left"]
    )


@pytest.mark.parametrize("span", [(3, 3), (-1, 2), (2, 99)])
def test_spans_outside_the_text_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="to mark"):
        with_markers(MarkedSentence(text="Peru left", actor=span))


def test_shares_are_probabilities_over_all_types(classifier: TypeClassifier) -> None:
    shares = classifier.types([mark("{Ghana} thanked <Togo>"), mark("{Ghana} shelled <Togo>")])
    for of in shares:
        assert set(of) == {*event_types(), NONE}
        assert all(0 <= share <= 1 for share in of.values())
        assert math.isclose(sum(of.values()), 1, abs_tol=1e-4)


def test_a_batch_gives_what_single_sentences_give(classifier: TypeClassifier) -> None:
    marked = [
        mark("{Peru} sued <Chile> over the sea border"),
        mark("{Miners} walked out at <the state copper company> on Monday, and shops stayed shut"),
        mark("{The envoy} flew to <Lima>"),
    ]
    together = classifier.types(marked)
    assert list(reversed(classifier.types(list(reversed(marked))))) == together
    assert [classifier.types([one])[0] for one in marked] == together


def test_nothing_in_nothing_out(classifier: TypeClassifier) -> None:
    assert classifier.types([]) == []
    assert types_between([]) == []


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("{Norway} has wired 14 million kroner to <storm-hit Dominica>", "AID"),
        ("{The junta} hauled <a cartoonist> off to prison", "COERCE"),
        ("{Commandos} raked <the fishing village> with machine-gun fire", "ASSAULT"),
        ("{Peru's foreign minister} sat opposite <his Chilean colleague> for two hours", "CONSULT"),
        ("{Bakers} marched on <the finance ministry>, waving empty flour sacks", "PROTEST"),
        ("<Tonga> was accused by {Fiji} of poaching tuna", "ACCUSE"),
        ("{Oman} turned down a request by <Yemen> for a loan", "REJECT"),
        ("{Malta} begged <Italy> to send rescue ships", "REQUEST"),
        ("{Chad} warned <Sudan> that another raid would mean war", "THREATEN"),
        ("{Belize} will receive <Guatemala's president> next month", "AGREE"),
        ("{Qatar} has recalled its ambassador from <Eritrea>", "SANCTION"),
        ("{The guerrillas} let <the abducted engineers> go", "RETREAT"),
        ("{Latvia} lauded <Georgia> for its reforms", "SUPPORT"),
    ],
)
def test_types_of_sentences_that_it_never_saw(text: str, event_type: str) -> None:
    marked = mark(text)
    assert marked.actor is not None and marked.recipient is not None
    assert type_between(marked.text, marked.actor, marked.recipient).event_type == event_type


def test_the_marked_pair_decides_in_a_sentence_of_two_events(classifier: TypeClassifier) -> None:
    first = "{Nepal} thanked <Bhutan> for the vaccines, while Iran threatened Iraq with war"
    second = "Nepal thanked Bhutan for the vaccines, while {Iran} threatened <Iraq> with war"
    thanks, threat = classifier.types([mark(first), mark(second)])
    assert thanks["SUPPORT"] > thanks["THREATEN"]
    assert threat["THREATEN"] > threat["SUPPORT"]


def test_codebooks_differ_where_they_should(classifier: TypeClassifier) -> None:
    marked = [mark("{Peru} said it would pull its soldiers out of <northern Chile>")]
    assert classifier.types(marked)[0]["CONCEDE"] > 0.5
    assert classifier.types(marked, "cameo")[0]["AGREE"] > 0.5


def test_confidence_is_the_share_of_the_named_type() -> None:
    typed = type_between("Ghana sued Togo.", (0, 5), (11, 15))
    assert typed.event_type == "ACCUSE"
    assert typed.confidence == max(typed.shares.values())
    assert typed.runner_up != typed.event_type
    assert typed.decided in ("lexicon", "both") and "sue" in typed.entry


def test_the_nearest_examples_are_sorted_and_alike(classifier: TypeClassifier) -> None:
    near = classifier.nearest(mark("{Soldiers} bombed <a hospital> in the north"), k=4)
    assert len(near) == 4
    assert [n.similarity for n in near] == sorted((n.similarity for n in near), reverse=True)
    assert near[0].sense.startswith("ASSAULT")
    assert near[0].text and near[0].origin


def test_the_network_is_small() -> None:
    from importlib.resources import files

    network = files("detente.coding") / "weights" / "classifier.onnx"
    assert len(network.read_bytes()) <= 25_000_000
