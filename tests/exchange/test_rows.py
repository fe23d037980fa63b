"""Other people's rows come in whole, say what they say, and go out to the character."""

from __future__ import annotations

import gzip
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from detente.errors import InputError, MalformedRow, UnknownName
from detente.exchange import RepairLog, detect, event_lines, header, read_events, write_events
from detente.exchange.gdelt import COLUMNS_1, COLUMNS_2
from detente.exchange.icews import COLUMNS as ICEWS_COLUMNS
from detente.exchange.polecat import COLUMNS as POLECAT_COLUMNS
from detente.records import Event

from .made import ACLED_HEADER, ACLED_ROW, gdelt_rows, polecat_row

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "events"
ICEWS_ROW = (
    "12\t2018-06-01\tForeign Affairs (Bangladesh)\tForeign Ministry,Government\tBangladesh\t"
    "Consult\t040\t1\tVietnam\tNA\tVietnam\t47\t2\tWire\tHanoi\tNA\tNA\tVietnam\t21.02\t105.84"
)


def events_of(path: Path, name: str = "") -> tuple[list[Event], RepairLog]:
    log = RepairLog()
    return list(read_events(path, log, name)), log


def lines_to(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("file", "name", "rows"),
    [("icews_sample_2018.tab", "icews", 3705), ("keds_levant.csv", "keds", 145_709)],
)
def test_real_files_come_whole_and_go_out_equal(
    tmp_path: Path, file: str, name: str, rows: int
) -> None:
    path = SHARED / file
    if not path.exists():
        pytest.skip(f"{file} is not here")
    assert detect(path) == name
    log = RepairLog()
    out = tmp_path / file
    write_events(name, read_events(path, log), out, header(path, name))
    assert (log.kept, log.refused) == (rows, 0)
    assert out.read_bytes() == path.read_bytes()


def test_an_icews_row_says(tmp_path: Path) -> None:
    path = lines_to(tmp_path / "a.tab", "\t".join(ICEWS_COLUMNS), ICEWS_ROW)
    (event,), _ = events_of(path)
    coded = event.coded
    assert (coded.event_type, coded.cameo, coded.status) == ("CONSULT", "040", "done")
    assert coded.coder.version == "CAMEO→PLOVER 2026.1"
    assert event.actor[0].entity.country == "BGD" and event.actor[0].entity.sectors == ("GOV",)
    assert event.recipient[0].entity.id == "VNM"
    assert event.where is not None and (event.where.name, event.where.country) == ("Hanoi", "VNM")
    assert event.when.earliest == date(2018, 6, 1) and event.origin == "icews"
    text = path.read_text(encoding="utf-8")
    for passage in (coded.trigger, coded.sentence, event.actor[0].passage):
        assert text[passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    ("columns", "name"),
    [(COLUMNS_1, "gdelt1"), (COLUMNS_1[:-1], "gdelt1"), (COLUMNS_2, "gdelt2")],
)
def test_gdelt_both_versions(tmp_path: Path, columns: tuple[str, ...], name: str) -> None:
    path = lines_to(tmp_path / "export.CSV", *gdelt_rows(50, columns))
    assert detect(path) == name
    events, log = events_of(path)
    assert (log.kept, len({e.id for e in events})) == (50, 50)
    assert "\n".join(event_lines(name, events)) + "\n" == path.read_text()
    first = events[0]
    assert first.coded.cameo.startswith("0") or first.coded.cameo[0] in "1"
    assert first.where is not None and first.where.lat == 50.4333
    assert first.reported is not None and first.reported.tzinfo is not None
    assert first.outlet == ("example.org" if columns is not COLUMNS_1[:-1] and len(columns) != 57
                            else "")  # fmt: skip


def test_gdelt_places_are_fips_and_codes_are_text(tmp_path: Path) -> None:
    row = dict(zip(COLUMNS_2, next(gdelt_rows(1)).split("\t"), strict=True))
    row |= {"EventCode": "0231", "ActionGeo_CountryCode": "UP", "Actor1Code": "RUSMIL"}
    path = lines_to(tmp_path / "a.CSV", "\t".join(row.values()))
    (event,), _ = events_of(path)
    assert event.where is not None and event.where.country == "UKR"
    assert event.coded.cameo == "0231" and event.coded.event_type == ""
    assert event.actor[0].entity.country == "RUS"
    assert event.actor[0].entity.sectors == ("MIL",)


def test_polecat_lists_nones_latin_and_both_widths(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "\t".join(POLECAT_COLUMNS) + "\n" + polecat_row() + "\n"
    path.write_bytes(text.encode("latin-1"))
    (event,), log = events_of(path)
    assert log.refused == 0 and detect(path) == "polecat"
    assert [p.entity.country for p in event.recipient] == ["DEU", "POL"]
    assert event.where is not None and event.where.name == "Zürich"
    assert event.coded.mode == "visit" and event.actor[0].entity.office == "president"
    narrow = tuple(c for c in POLECAT_COLUMNS if c != "Intensity")
    cells = dict(zip(POLECAT_COLUMNS, polecat_row().split("\t"), strict=True))
    lines_to(path, "\t".join(narrow), "\t".join(cells[c] for c in narrow))
    (same,), _ = events_of(path)
    assert same.id == event.id
    assert "\n".join(event_lines("polecat", [same], "\t".join(narrow))) + "\n" == path.read_text()


def test_acled_with_a_mark_is_read_and_never_written(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\ufeff" + ACLED_HEADER + "\n" + ACLED_ROW + "\n", encoding="utf-8")
    (event,), log = events_of(path)
    assert detect(path) == "acled" and log.kept == 1
    assert (event.coded.event_type, event.coded.mode) == ("ASSAULT", "firearms")
    assert [p.entity.country for p in (*event.actor, *event.recipient)] == ["RUS", "UKR"]
    assert event.when.edtf == "2023-02-16" and event.outlet == "ISW"
    with pytest.raises(UnknownName, match="acled"):
        event_lines("acled", [event])


def test_equal_rows_are_different_events_and_the_same_again(tmp_path: Path) -> None:
    row = "1979-04-15,EGYGOV,MOSREB,010"
    path = lines_to(tmp_path / "a.csv", "date,source,target,code", row, row)
    first, _ = events_of(path)
    again, _ = events_of(lines_to(tmp_path / "b.csv", "date,source,target,code", row, row, row))
    assert len({e.id for e in first}) == 2
    assert [e.id for e in again[:2]] == [e.id for e in first] and len({e.id for e in again}) == 3


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (ICEWS_ROW.replace("2018-06-01", "2018-06-31"), "bad date"),
        (ICEWS_ROW.replace("\t040\t", "\t40x\t"), "bad CAMEO code"),
        (ICEWS_ROW.replace("\t040\t", "\t99\t"), "bad CAMEO code"),
        (ICEWS_ROW + "\textra", "21 columns, not 20"),
        ("a\tb", "2 columns, not 20"),
        (ICEWS_ROW.replace("105.84", "205.84"), "longitude 205.84 is outside"),
        (ICEWS_ROW.replace("21.02", "north"), "bad latitude"),
        (ICEWS_ROW.replace("\t1\tViet", "\tmuch\tViet"), "bad intensity"),
    ],
)
def test_malformed_rows_are_refused_by_line_and_the_rest_kept(
    tmp_path: Path, row: str, says: str
) -> None:
    path = lines_to(tmp_path / "a.tab", "\t".join(ICEWS_COLUMNS), ICEWS_ROW, row, ICEWS_ROW)
    events, log = events_of(path)
    assert (len(events), log.rows, log.kept, log.refused) == (2, 3, 2, 1)
    (refused,) = log.malformed
    assert refused.line == 3 and says in refused.bare_reason
    log.write(tmp_path / "repair.jsonl")
    assert '"line": 3' in (tmp_path / "repair.jsonl").read_text()


def test_lines_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tab"
    good = ("\t".join(ICEWS_COLUMNS) + "\n" + ICEWS_ROW + "\n").encode()
    path.write_bytes(good + ICEWS_ROW.replace("Wire", "W\xe9").encode("latin-1") + b"\n")
    events, log = events_of(path)
    assert (len(events), log.refused) == (1, 1) and "not UTF-8" in str(log.malformed[0])


def test_packed_files_and_those_cut_short(tmp_path: Path) -> None:
    text = "\n".join(gdelt_rows(2000)).encode() + b"\n"
    packed, cut, zipped = (tmp_path / n for n in ("a.gz", "cut.gz", "a.zip"))
    packed.write_bytes(gzip.compress(text))
    cut.write_bytes(gzip.compress(text)[:-20_000])
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.CSV", text)
    assert events_of(packed)[1].kept == events_of(zipped)[1].kept == 2000
    events, log = events_of(cut)
    assert 0 < len(events) < 2000 and log.kept + log.refused == log.rows
    assert "cut short" in log.malformed[0].bare_reason


@pytest.mark.parametrize("content", [b"", b"hello world\n", b"\x1f\x8bxx", b"PK\x03\x04zz"])
def test_what_is_no_event_data_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(content)
    with pytest.raises(InputError) as told:
        detect(path)
    assert str(path) in str(told.value) and "\n" not in str(told.value)


def test_missing_files_and_names(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        detect(tmp_path / "none")
    with pytest.raises(InputError, match="not a file"):
        detect(tmp_path)
    with pytest.raises(UnknownName, match="fax"):
        read_events(tmp_path / "none", RepairLog(), "fax")
    path = lines_to(tmp_path / "a", "date,source,target")
    with pytest.raises(MalformedRow, match="no column 'code'"):
        list(read_events(path, RepairLog(), "keds"))


def test_an_amended_row_goes_out_as_amended(tmp_path: Path) -> None:
    path = lines_to(tmp_path / "a.CSV", *gdelt_rows(3))
    events, _ = events_of(path)
    coded = replace(events[1].coded, event_type="SANCTION", mode="expel", cameo="166")
    lines = list(event_lines("gdelt2", [events[0], replace(events[1], coded=coded), events[2]]))
    original = path.read_text().splitlines()
    assert (lines[0], lines[2]) == (original[0], original[2])
    row = dict(zip(COLUMNS_2, lines[1].split("\t"), strict=True))
    assert row["EventCode"] == "166" and row["QuadClass"] == "4"
