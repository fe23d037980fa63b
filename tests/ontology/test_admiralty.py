import pytest

from detente.errors import TableError, UnknownName
from detente.ontology.admiralty import (
    OWN,
    credibility,
    grade_from,
    grade_of,
    graded,
    read_grades,
    reliability,
)
from detente.records import Report, SourceGrade
from tests.making import made_report

B2 = SourceGrade(outlet="Northern Wire", reliability="B", credibility="2")


def test_the_scales_run_from_best_to_unknown():
    assert "".join(reliability()) == "ABCDEF"
    assert "".join(credibility()) == "123456"
    assert reliability()["F"].endswith("cannot be judged")
    assert credibility()["6"].endswith("cannot be judged")


@pytest.mark.parametrize(("written", "grade"), [("B2", ("B", "2")), (" f 6 ", ("F", "6"))])
def test_a_grade_is_a_letter_and_a_number(written, grade):
    assert grade_from(written) == grade


@pytest.mark.parametrize("written", ["", "B", "2B", "G1", "A7", "B22"])
def test_what_is_no_grade_is_refused_in_a_line(written):
    with pytest.raises(UnknownName, match="no Admiralty grade"):
        grade_from(written)


def test_a_source_is_graded_by_outlet_else_by_its_file_and_else_not_judged():
    wire = made_report("They met.")
    bare = Report(id="x", text="They met.", path="seed.txt")
    by_file = SourceGrade(outlet="seed.txt", reliability="C", credibility="3")
    assert graded(wire, (B2, by_file)) == "B2"
    assert graded(bare, (B2, by_file)) == "C3"
    assert graded(bare, (B2,)) == "not judged"
    assert grade_of(bare, (B2,)) is None
    assert graded(Report(id="y", text="Reckoned.", outlet=OWN), (B2,)) == ""


def test_a_table_of_grades_is_read_and_its_bad_rows_are_named(tmp_path):
    table = tmp_path / "grades.csv"
    table.write_text("outlet,grade,reason\nNorthern Wire,B2,checked\nNorthern Wire,C3,later\n")
    (found,) = read_grades(table, by="Ada")
    assert (found.code, found.by, found.reason) == ("C3", "Ada", "later")
    for row, why in (("Northern Wire,Z9,no", "no Admiralty grade"), (",B2,no", "no outlet")):
        table.write_text(f"outlet,grade,reason\n{row}\n")
        with pytest.raises(TableError, match=f"line 2: .*{why}"):
            read_grades(table)
