"""The CAMEO table is whole, and says what DESIGN and PLOVER say."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import TableError
from detente.ontology import cameo as module
from detente.ontology.cameo import cameo, cameo_of, codes
from detente.ontology.plover import event_types

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.mark.parametrize(
    ("code", "kind", "mode"),
    [
        ("163", "COERCE", "restrict"),
        ("036", "AGREE", ""),
        ("042", "CONSULT", "visit"),
        ("0874", "RETREAT", "withdraw"),
        ("1383", "THREATEN", "violence"),
        ("010", "", ""),
        ("1129", "ACCUSE", "disapprove"),
    ],
)
def test_codes_convert(code: str, kind: str, mode: str) -> None:
    found = cameo(code)
    assert found is not None and (found.event_type, found.mode) == (kind, mode)


@pytest.mark.parametrize("code", ["", "1", "99", "ab", "0", "---", "21"])
def test_what_is_no_code_is_none(code: str) -> None:
    assert cameo(code) is None


def test_each_type_has_a_code_that_leads_back() -> None:
    for kind in event_types():
        found = cameo(cameo_of(kind))
        assert found is not None and found.event_type == kind
    assert cameo_of("SANCTION", "expel") == "166"


def test_every_parent_is_listed() -> None:
    assert all(code[:-1] in codes() for code in codes() if len(code) > 2)


def test_the_published_conversion_gives_the_same_types() -> None:
    table = SHARED / "plover" / "CAMEO2PLOVER-2021.txt"
    if not table.exists():
        pytest.skip("the published CAMEO to PLOVER table is not here")
    for line in table.read_text(encoding="utf-8").splitlines():
        code, _, rest = line.partition(":")
        if len(code) >= 3 and code.isdigit():
            found = cameo(code)
            assert found is not None, code
            assert found.event_type == rest.split(",")[0].strip(), code


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("010,NONE,,,x", "unknown type"),
        ("1a,,,,x", "no CAMEO code"),
        ("04,CONSULT,expel,,x", "no mode"),
        ("04,CONSULT,,moon,x", "unknown context"),
        ("04,,,,x\n04,,,,y", "stands twice"),
    ],
)
def test_damaged_rows_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, says: str
) -> None:
    table = tmp_path / "cameo.csv"
    table.write_text("code,type,mode,contexts,meaning\n" + row + "\n", encoding="utf-8")
    monkeypatch.setattr(module, "packaged", lambda *_: table)
    with pytest.raises(TableError, match=says):
        codes.__wrapped__()
