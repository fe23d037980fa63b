"""Hostile input: read, or refused by name; never anything else. ``make fuzz`` runs it at length."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from detente.read import ReadLimits
from detente.read.polling import PollSettings
from tests.faults import guided, seeds
from tests.faults.bombs import BOMBS
from tests.faults.kinds import KINDS, input_of, take_bomb, take_events, take_reports
from tests.faults.trial import FINE, MOST_SECONDS, Tally, _note, tried

#: How many inputs of each kind the normal run takes.
FEW = 25
#: Bombs that are refused before they cost much; all of them go off in ``make fuzz``.
QUICK = (
    "deep elements", "deep mail", "mail in mail", "many parts", "a long header", "encoded words",
    "many attributes", "one long paragraph", "a long text", "short lines", "quotes in a row",
    "entries in entries", "a deep JSON feed", "a deep line", "a packed page", "a packed answer",
    "a row of cells",
)  # fmt: skip


@pytest.mark.parametrize("name", [name for name in KINDS if name not in ("bomb", "coded")])
def test_hostile_inputs_are_read_or_refused_by_name(tmp_path: Path, name: str) -> None:
    for number in range(FEW):
        ending, content = input_of(KINDS[name], 1, number)
        path = tmp_path / f"hostile{ending}"
        path.write_bytes(content)
        assert KINDS[name].take(path) in FINE


@pytest.mark.parametrize("name", QUICK)
def test_bombs_are_refused_by_name(tmp_path: Path, name: str) -> None:
    ending, make = BOMBS[name]
    path = tmp_path / f"bomb{ending}"
    path.write_bytes(make())
    assert take_bomb(path) in ("refused", "part")


@pytest.mark.parametrize("suffix", seeds.REPORTS)
def test_undamaged_reports_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"whole{suffix}"
    path.write_bytes(seeds.REPORTS[suffix])
    assert take_reports(path) == "read"


@pytest.mark.parametrize("name", seeds.event_files())
def test_undamaged_event_files_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"whole.{name}"
    path.write_bytes(seeds.event_files()[name])
    assert take_events(path) == "read"


def test_an_input_is_the_same_for_its_seed() -> None:
    made = [input_of(KINDS["html"], 3, number) for number in range(20)]
    assert made == [input_of(KINDS["html"], 3, number) for number in range(20)]
    assert made != [input_of(KINDS["html"], 4, number) for number in range(20)]


def test_a_child_tells_of_each_input() -> None:
    tally = tried(KINDS["table"], 1, 12)
    assert (tally.count(), tally.faults) == (12, [])
    assert set(tally.outcomes) <= set(FINE) and 0 < tally.megabytes < 2048


def test_faults_are_told_apart() -> None:
    tally = Tally(kind="html")
    _note(tally, {"n": 0, "what": "read", "s": 0.1, "mb": 90, "told": ""})
    _note(tally, {"n": 1, "what": "slow", "s": MOST_SECONDS + 1, "mb": 91, "told": ""})
    assert tally.outcomes == {"read": 1, "slow": 1}
    assert [(fault.number, fault.what) for fault in tally.faults] == [(1, "slow")]
    assert (tally.slowest, tally.megabytes) == (1, 91)


@pytest.mark.parametrize("kind", [ReadLimits, PollSettings])
def test_every_bound_is_documented_with_its_default(kind: type) -> None:
    page = (seeds.ROOT / "docs" / "faults.md").read_text("utf-8")
    for setting in fields(kind):
        assert f"| `{setting.name}` | {setting.default} |" in page


def test_fuzzing_led_by_coverage(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is not installed")
    code, told = guided.run("site", tmp_path, "-runs=200")
    assert code == 0, told[-2000:]
    assert "number_of_executed_units" in told
