"""The lexicon's tables: their schema, their size, and that what they say is what is coded."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from detente.coding.coder import Coder
from detente.coding.lexicon import NOTHING, _classes, _entry, lexicon
from detente.errors import TableError
from detente.ontology.plover import event_types, modes
from detente.records import Report

ROW = {
    "frame": "verb",
    "lemma": "accuse",
    "with": "",
    "type": "ACCUSE",
    "mode": "allege",
    "cameo": "112",
    "actor": "",
    "recipient": "",
    "example": "Mali accused Niger.",
}


def refused(**changes: str) -> str:
    with pytest.raises(TableError) as error:
        _entry(Path("entries.csv"), 7, ROW | changes, _classes())
    assert error.value.line == 7
    return str(error.value)


def test_a_bad_row_is_refused_by_line_and_reason() -> None:
    assert "unknown frame" in refused(frame="clause")
    assert "unknown type" in refused(type="ATTACK")
    assert "no mode 'phone'" in refused(mode="phone")
    assert "lemma and an example" in refused(example="")
    assert "not role:words" in refused(**{"with": "obj"})
    assert "unknown class @gadget" in refused(**{"with": "obj:@gadget"})


def test_well_over_1500_entries_of_all_types_and_frames() -> None:
    entries = list(lexicon().entries())
    types = Counter(e.event_type for e in entries)
    assert len(entries) == len(lexicon()) > 2000
    assert set(types) == {*event_types(), NOTHING}
    assert min(types[name] for name in event_types()) >= 60
    assert {e.frame for e in entries} == {"verb", "phrasal", "light", "noun", "idiom", "adj"}


def test_every_mode_but_the_undecidable_is_reached() -> None:
    reached = {(e.event_type, e.mode) for e in lexicon().entries()}
    missing = {(t, m) for t, of in modes().items() for m in of} - reached
    by_complement = {("THREATEN", "expel"), ("REQUEST", "assist")}
    assert missing - by_complement <= {("ASSAULT", "sideAB")}


def test_the_most_specific_entry_comes_first() -> None:
    for by in (lexicon().verbs, lexicon().nouns, lexicon().adjectives):
        for entries in by.values():
            weights = [e.weight for e in entries]
            assert weights == sorted(weights, reverse=True)


def test_examples_are_coded_as_their_entries_say() -> None:
    """Each entry's example yields its type: nearly all do; the parser spoils some."""
    entries = list(lexicon().entries())
    reports = [Report(id=str(n), text=e.example) for n, e in enumerate(entries)]
    right = 0
    for entry, (_, events) in zip(entries, Coder().code_many(reports), strict=True):
        found = {event.event_type for event in events}
        right += not found if entry.event_type == NOTHING else entry.event_type in found
    assert right / len(entries) > 0.93


def test_governing_words_carry_examples_and_known_kinds() -> None:
    governors = lexicon().governors
    assert governors["plan", "verb"].kind == "plan"
    assert governors["call", "verb"].needs == {"on", "upon", "for"}
    assert len(governors) > 120
