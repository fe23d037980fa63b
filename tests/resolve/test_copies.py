"""Reprints are copies of the earliest; other stories and short notes are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from detente.records import Report, Section
from detente.resolve.copies import LEAST, bands, copies_among, origin_of, resemblance, signature

BODY = " ".join(
    f"The delegations spoke about item {word} and agreed to return to it in the {word} session."
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight")
)
FRAME = " ".join(f"Subscribe to our letter number {n} and share this page." for n in range(40))


def report(name: str, text: str, day: int = 1) -> Report:
    return Report(id=name, text=text, published=datetime(2018, 10, day, tzinfo=UTC))


def test_a_reprint_with_another_head_and_tail_is_a_copy_of_the_earliest() -> None:
    wire = report("wire", BODY)
    reprint = report("reprint", "Talks held, says agency. " + BODY + " Edited by the desk.", 2)
    other = report("other", BODY.replace("delegations", "players").replace("agreed", "failed"), 3)
    assert copies_among([reprint, wire, other]) == {"reprint": "wire"}
    assert origin_of(reprint, [other, wire]) == "wire"
    assert origin_of(other, [wire]) == ""
    assert set(bands(signature(wire))) & set(bands(signature(reprint)))


def test_a_shared_page_frame_makes_no_copies() -> None:
    one, two = (
        replace(
            report(name, text + FRAME),
            sections=(
                Section(kind="body", start=0, end=len(text)),
                Section(kind="furniture", start=len(text), end=len(text + FRAME)),
            ),
        )
        for name, text in (("one", BODY), ("two", " ".join(reversed(BODY.split()))))
    )
    assert resemblance(signature(one), signature(two)) < LEAST
    assert copies_among([one, two]) == {}


def test_short_notes_are_never_copies() -> None:
    note = "Talks were held in Vienna on Monday."
    assert signature(report("a", note)) == ()
    assert copies_among([report("a", note), report("b", note, 2)]) == {}


def test_signatures_do_not_change_between_runs() -> None:
    assert signature(report("a", BODY))[:3] == signature(report("b", BODY))[:3]
    assert bands(signature(report("a", BODY)))[0] == bands(signature(report("a", BODY)))[0]
