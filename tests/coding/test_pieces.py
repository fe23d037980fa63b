"""Long reports are coded whole, piece by piece."""

from __future__ import annotations

import pytest

from detente.coding import pieces
from detente.coding.coder import Coder
from detente.coding.pieces import pieces_of
from detente.records import Report, Section

TEXT = "France condemned Iran.\n\nOn Friday, China sanctioned Japan.\n\nSpain expelled envoys.\n"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "LONGEST", 40)


@pytest.mark.usefixtures("short")
def test_pieces_end_at_paragraphs_and_make_up_the_text() -> None:
    found = list(pieces_of(Report(id="r", text=TEXT)))
    assert len(found) > 1
    assert "".join(piece.text for _, piece in found) == TEXT
    assert all(TEXT[offset:].startswith(piece.text) for offset, piece in found)
    assert all(piece.text.endswith("\n") for _, piece in found)


@pytest.mark.usefixtures("short")
def test_passages_are_those_of_the_whole_report() -> None:
    report = Report(id="r", text=TEXT)
    events = Coder().code(report)
    assert {e.actor[0].text for e in events} == {"France", "China", "Spain"}
    for event in events:
        for passage in (event.trigger, event.sentence, *event.actor, *event.recipient):
            assert TEXT[passage.start : passage.end] == passage.text


@pytest.mark.usefixtures("short")
def test_sections_move_with_their_pieces() -> None:
    start = TEXT.index("Spain")
    sections = (Section(kind="furniture", start=start, end=len(TEXT)),)
    events = Coder().code(Report(id="r", text=TEXT, sections=sections))
    assert {e.actor[0].text for e in events} == {"France", "China"}


def test_a_text_without_breaks_is_cut_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "LONGEST", 10)
    assert [p.text for _, p in pieces_of(Report(id="r", text="x" * 25))] == [
        "x" * 10,
        "x" * 10,
        "x" * 5,
    ]
