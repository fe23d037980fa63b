"""Whatever the text: coding raises nothing and points only at characters that are there.

Bounded by default; ``make fuzz`` and ``make soak`` set the variables for hours.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.coding.coder import Coder
from detente.errors import InputError, TableError
from detente.ontology.table import rows
from detente.resolve.dates.dating import when_of
from detente.spread import parts_of, write_part
from tests.making import made_report

EXAMPLES = int(os.environ.get("DETENTE_FUZZ", "60"))
SOAK = int(os.environ.get("DETENTE_SOAK", "150"))
SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "inf-treaty").glob("*.txt"))
#: Words and marks that lead into every branch of the coder, to be put together at random.
PIECES = st.sampled_from(
    ("Russia", "the US", " said ", " accused ", "“", "”", '"', ",", ".", "\n\n", "\n", " that ")
) | st.sampled_from(
    (
        "-",
        " will not meet ",
        " talks ",
        "it ",
        " they ",
        "(Reuters) - ",
        "MOSCOW",
        ": ",
        " of ",
        "no",
    )
)
SENTENCES = st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join)
_bounded = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def check_coded_soundly(text: str) -> None:
    for event in Coder().code(made_report(text)):
        for passage in (event.trigger, event.sentence, *event.actor, *event.recipient):
            assert text[passage.start : passage.end] == passage.text


@_bounded
@given(st.text(max_size=300))
def test_arbitrary_unicode_is_coded(text: str) -> None:
    check_coded_soundly(text)


@_bounded
@given(SENTENCES)
def test_words_in_any_order_are_coded(text: str) -> None:
    check_coded_soundly(text)


@_bounded
@given(st.sampled_from(SAMPLES), st.data())
def test_damaged_reports_are_coded(path: Path, data: st.DataObject) -> None:
    text = path.read_text("utf-8")[:1500]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 200)))
    check_coded_soundly(text[:start] + data.draw(st.text(max_size=10)) + text[end:])


@_bounded
@given(st.binary(max_size=200))
def test_any_bytes_as_a_table_are_rows_or_a_named_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    table = tmp_path_factory.getbasetemp() / "any.csv"
    table.write_bytes(b"word,part\n" + content)
    try:
        for _, row in rows(table, ("word", "part")):
            assert row.keys() == {"word", "part"}
    except TableError as error:
        assert str(table) in str(error)


class _Silent:
    def code(self, report: object) -> tuple[()]:
        del report
        return ()


def test_a_full_disk_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is imported meanwhile would leave half a compiled module behind for good.
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (part,) = parts_of([SAMPLES[0]], [])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
    try:
        with pytest.raises(InputError, match="cannot be written"):
            write_part(_Silent(), part, tmp_path, None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_memory_stays_flat_over_many_reports() -> None:
    texts = [path.read_text("utf-8") for path in SAMPLES]
    items = (made_report(f"{texts[n % len(texts)]}\n\nNumber {n}.") for n in range(SOAK))
    early = 0.0
    for n, _ in enumerate(Coder().code_many(items), 1):
        if n == max(SOAK // 3, 32):
            early = _megabytes()
    assert _megabytes() - early < 60


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * resource.getpagesize() / 2**20


@pytest.mark.parametrize("word", ["9" * 5000, "9" * 400, "9" * 5000 + "th", "1," * 3000 + "1"])
def test_numbers_without_end_date_nothing(word: str) -> None:
    report = made_report(f"Russia expelled {word} diplomats on March {word}, {word} days later.")
    for coded in Coder().code(report):
        assert (
            when_of(report, coded).earliest is None or when_of(report, coded).earliest.year < 2100
        )
