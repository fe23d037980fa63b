"""Training sentences: the frames are well formed, fill as they say, and are told apart."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import detente
from detente.coding.classifier import senses
from detente.errors import TableError
from training.frames import Filler, Frame, drawn, held_out, read_frames
from training.sources import lexicon_examples, plover_records, trains

LEXICON = Path(detente.__file__).parent / "coding" / "tables" / "lexicon"


def test_there_are_many_frames_of_every_sense() -> None:
    frames = read_frames()
    assert len(frames) >= 2500
    assert set(Counter(f.sense for f in frames)) == set(senses())
    assert len({(f.sense, f.text) for f in frames}) == len(frames)


def test_no_frame_stands_under_two_types() -> None:
    types: dict[str, str] = {}
    for frame in read_frames():
        kind = senses()[frame.sense].event_type
        assert types.setdefault(frame.text, kind) == kind, frame.text


def test_marked_phrases_are_what_was_filled_in() -> None:
    frame = Frame(sense="ACCUSE.allege", text="[A:=the judge] accused [R:=her rival] of lying")
    filler = Filler([frame], 1)
    for _ in range(50):
        marked = filler.varied(frame).marked
        assert marked.actor or marked.recipient
        if marked.actor:
            assert marked.text[slice(*marked.actor)].lower() == "the judge"
        if marked.recipient:
            assert marked.text[slice(*marked.recipient)].lower() == "her rival"


def test_no_slot_or_blank_is_left_open() -> None:
    for example in drawn(read_frames()[::9], 3, 1):
        assert not set("[]{}") & set(example.marked.text), example.marked.text


def test_the_same_seed_draws_the_same() -> None:
    frames = read_frames()[:40]
    assert list(drawn(frames, 4, 2)) == list(drawn(frames, 4, 2))
    assert list(drawn(frames, 4, 2)) != list(drawn(frames, 5, 2))


def test_some_frames_are_held_out() -> None:
    frames = read_frames()
    assert 0.04 < sum(map(held_out, frames)) / len(frames) < 0.1


def test_a_bad_heading_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("# ACCUSE.allege\n[A] sued [R]\n# NO.SUCH\n", "utf-8")
    with pytest.raises(TableError, match="line 3"):
        read_frames(tmp_path)


def test_a_line_without_slots_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("# ACCUSE.allege\nNobody sued\n", "utf-8")
    with pytest.raises(TableError, match="line 2"):
        read_frames(tmp_path)


def test_plover_records_are_unmarked_and_parted(tmp_path: Path) -> None:
    records = [
        {"id": f"R-{n}", "event": "DEMAND", "textInfo": {"markup": markup}}
        for n, markup in enumerate(
            ["(SRC: Rebels near (TAR: Kabul)) (EVT: asked) for aid.", "(SRC: Peru) asked."] * 6
        )
    ]
    path = tmp_path / "gsr.json"
    path.write_text(json.dumps(records), "utf-8")
    learnt = list(plover_records(path))
    kept = list(plover_records(path, training=False))
    assert len(learnt) + len(kept) == 12
    assert all(trains(e.origin) for e in learnt) and not any(trains(e.origin) for e in kept)
    nested = next(e for e in learnt + kept if "Kabul" in e.marked.text).marked
    assert nested.text == "Rebels near Kabul asked for aid."
    assert nested.actor == (0, 17) and nested.recipient == (12, 17)
    assert all(name.startswith("REQUEST") for name in learnt[0].senses)


def test_lexicon_examples_keep_their_type() -> None:
    examples = list(lexicon_examples(LEXICON))
    assert len(examples) > 1000
    assert all(len({n.split(".")[0] for n in e.senses}) == 1 for e in examples)
