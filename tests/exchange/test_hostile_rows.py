"""Packed and endless files of rows: one line each, the rows before and after kept."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from detente.errors import InputError, MalformedRow
from detente.exchange import RepairLog, lines, read_events

HEADER = "date,actor,recipient,event_type\n"
ROW = "2018-03-26,USA,RUS,SANCTION\n"


def kept(path: Path) -> tuple[int, RepairLog]:
    log = RepairLog()
    return len(list(read_events(path, log, "csv"))), log


def test_a_line_too_long_for_a_row_is_one_refusal(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + ROW + "x" * (3 * lines.LONGEST) + "\n" + ROW)
    count, log = kept(path)
    assert (count, log.refused) == (2, 1)
    assert str(log.malformed[0]) == f"{path}: line 3: longer than {lines.LONGEST} bytes"


def test_a_packed_file_that_grows_without_end_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "FREE_GROWTH", 1000)
    monkeypatch.setattr(lines, "MOST_GROWTH", 2)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress((HEADER + ROW * 2000).encode()))
    count, log = kept(path)
    assert 0 < count < 2000
    assert "more than 2 times its size" in str(log.malformed[-1])
    assert log.rows == log.kept + log.refused


@pytest.mark.parametrize(("bits", "central", "value"), [(6, 8, 1), (8, 10, 99)])
def test_a_zip_with_a_password_or_of_another_method(
    tmp_path: Path, bits: int, central: int, value: int
) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.csv", HEADER + ROW)
    content = bytearray(made.getvalue())
    content[bits] = content[content.find(b"PK\x01\x02") + central] = value
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match="password, or another method"):
        kept(path)


def test_quotes_that_make_no_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + '"""' * 100_000 + "\n" + ROW)
    count, log = kept(path)
    assert (count, log.refused) == (1, 1)
    path.write_text('"""' * 100_000 + "\n" + ROW)
    with pytest.raises(MalformedRow, match="line 1: not delimited text"):
        kept(path)


def test_a_damaged_parquet_file(tmp_path: Path) -> None:
    from detente.exchange import write_events

    path = tmp_path / "a.csv"
    path.write_text(HEADER + ROW * 3)
    table = tmp_path / "a.parquet"
    write_events("parquet", read_events(path, RepairLog()), table)
    content = table.read_bytes()
    for at in range(4, len(content), 397):
        table.write_bytes(content[:at] + b"\xff\x00\xff" + content[at + 3 :])
        log = RepairLog()
        try:
            assert len(list(read_events(table, log))) == log.kept
        except InputError as error:
            assert str(table) in str(error)
