"""The parts that replace the model's own say the same; what is settled unparsed loses nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from detente.coding.coder import Coder
from detente.coding.entities import NAME as ENTITIES
from detente.coding.language import DEFAULT_MODEL, language, screen_of
from detente.coding.processes import TRIES, side_by_side
from detente.coding.screening import Screen, blanked, words_of
from detente.errors import InputError
from detente.gazetteer.names import find_names
from detente.records import CodedEvent, Report
from tests.making import made_report as report

SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "inf-treaty").glob("*.txt"))
ODD = "Let's go, y'all: it ain't gonna rain, there's nothin' new. I'd gotta leave; don't!"


@pytest.fixture(scope="module")
def bare() -> Language:
    return spacy.load(DEFAULT_MODEL)


@pytest.fixture(scope="module")
def screen() -> Screen:
    found = screen_of(language())
    assert found is not None
    return found


def test_labels_and_lemmas_are_the_models_own(bare: Language) -> None:
    texts = [path.read_text("utf-8") for path in SAMPLES[:6]] + [ODD, ODD, "", " "]
    ours = spacy.load(DEFAULT_MODEL)
    ours.add_pipe("detente_tagging")
    for theirs, own in zip(bare.pipe(texts), ours.pipe(texts), strict=True):
        assert [(t.pos_, str(t.morph), t.lemma_, t.dep_) for t in own] == [
            (t.pos_, str(t.morph), t.lemma_, t.dep_) for t in theirs
        ]


def test_entities_beside_predicates_are_the_models_own(bare: Language) -> None:
    text = SAMPLES[0].read_text("utf-8")
    pipeline = spacy.load(DEFAULT_MODEL)
    pipeline.add_pipe(ENTITIES)
    ours = {(e.start_char, e.end_char, e.label_) for e in pipeline(text).ents}
    theirs = {(e.start_char, e.end_char, e.label_) for e in bare(text).ents}
    assert len(ours) > 5
    assert len(ours - theirs) <= 1


def test_no_entities_are_sought_where_nothing_is_told() -> None:
    pipeline = spacy.load(DEFAULT_MODEL)
    pipeline.add_pipe(ENTITIES)
    assert not pipeline("On Tuesday it rained in Springfield for 3 hours.").ents


def test_every_sample_event_stands_in_a_paragraph_that_is_kept(screen: Screen) -> None:
    coder = Coder()
    unscreened = Coder()
    unscreened._screen = None
    for path in SAMPLES:
        item = report(path.read_text("utf-8"))
        told = {(e.event_type, e.trigger.start) for e in unscreened.code(item)}
        assert told == {(e.event_type, e.trigger.start) for e in coder.code(item)}


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("russia expelled two diplomats", True),
        ("they staged a sit-in at the gate", True),
        ("the cake was baked and eaten", False),
        ("it is on the table", False),
        ("the minister is on trial", True),
    ],
)
def test_a_predicate_needs_all_its_words(screen: Screen, words: str, holds: bool) -> None:
    assert screen.has_predicate(words_of(words)) is holds


def test_a_paragraph_is_kept_with_the_one_it_refers_back_to(screen: Screen) -> None:
    text = "Mr Brown baked a cake.\n\nIt rained all day.\n\nLavrov was tired.\n\nHe met Kerry."
    kept = screen.kept(text, find_names(text))
    assert [text[a:b] for a, b in kept] == ["Lavrov was tired.", "He met Kerry."]


def test_blanking_keeps_every_offset() -> None:
    text = "One.\n\nTwo.\n\nThree."
    left = blanked(text, [(6, 10)])
    assert (len(left), left[6:10], left.split()) == (len(text), "Two.", ["Two."])
    assert left.count("\n") == text.count("\n")


def test_processes_give_the_same_in_order() -> None:
    items = [report(path.read_text("utf-8")) for path in SAMPLES[:20]]
    coder = Coder()
    assert list(coder.code_many(items, processes=2)) == list(coder.code_many(items))


def _dying_once(flag: Path, batch: Sequence[Report]) -> list[tuple[CodedEvent, ...]]:
    if batch[0].text == "bad" and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return [() for _ in batch]


def test_a_killed_process_costs_no_report(tmp_path: Path) -> None:
    batches = [[report(text)] for text in ("a", "bad", "c", "d", "e", "f")]
    flag = tmp_path / "died"
    done = list(side_by_side(lambda batch: _dying_once(flag, batch), batches, 2))
    assert flag.exists()
    assert [batch for batch, _ in done] == batches


def test_a_batch_that_always_kills_is_named(tmp_path: Path) -> None:
    tries = tmp_path / "tries"

    def dying(batch: Sequence[Report]) -> list[tuple[CodedEvent, ...]]:
        with tries.open("a") as file:
            file.write("x")
        os.kill(os.getpid(), signal.SIGKILL)
        return []

    with pytest.raises(InputError, match="ends its process"):
        list(side_by_side(dying, [[report("bad")]], 2))
    assert len(tries.read_text()) == TRIES
