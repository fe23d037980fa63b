"""The forecast evaluations on files of their form, and what they refuse."""

from datetime import date, timedelta

import numpy as np
import pytest

from detente.errors import InputError
from evaluation import forecast
from evaluation.dyads import _quad_of_name, quad_of_root
from evaluation.link_sets import read_set


def write(folder, name, rows):
    text = "".join("\t".join(str(cell) for cell in row) + "\n" for row in rows)
    (folder / f"small_{name}.txt").write_text(text)


@pytest.fixture
def folder(tmp_path):
    random = np.random.default_rng(4)
    for name, first, last in (("train", 0, 20), ("valid", 20, 25), ("test", 25, 30)):
        rows = [(i % 3, i % 2, 3 + i % 2, 15 * t, -1) for t in range(first, last) for i in range(3)]
        rows += [(*random.integers(0, [5, 2, 5]), 15 * t, -1) for t in range(first, last)]
        write(tmp_path, name, rows)
    return tmp_path


def test_every_line_of_the_test_is_ranked_from_both_ends(folder):
    result = forecast.evaluate(folder)
    assert result.metrics["queries"] == len(result.predictions) == 2 * 20
    ranks = [row["rank"] for row in result.predictions]
    assert result.metrics["mrr"] == pytest.approx(np.mean(1 / np.array(ranks)), abs=1e-4)
    assert all(1 <= rank <= 5 for rank in ranks)


def test_missing_parts_and_broken_lines_are_named(folder):
    (folder / "small_valid.txt").write_text("1\t2\t2\t3\n1\tx\t2\n")
    with pytest.raises(InputError, match=r"small_valid\.txt: line 2: no subject, relation, obj"):
        forecast.evaluate(folder)
    (folder / "small_train.txt").unlink()
    with pytest.raises(InputError, match=r"no \*train\.txt where one is needed; there is small_t"):
        forecast.evaluate(folder)
    (folder / "other_test.txt").write_text("0\t0\t1\t2\n")
    with pytest.raises(InputError, match=r"2 files \*test\.txt where one is needed"):
        forecast.evaluate(folder)


def rewritten(folder, change, ending=".txt", start="small_"):
    """The set with its lines changed and its files renamed."""
    for file in [p for p in folder.iterdir() if p.is_file()]:
        name = file.stem.removeprefix("small_")
        rows = [line.split("\t") for line in file.read_text().splitlines()]
        file.unlink()
        text = "".join(f"{line}\n" for line in change(rows))
        (folder / f"{start}{name}{ending}").write_text(text)


FORMS = {
    "four columns": (lambda rows: ["\t".join(r[:4]) for r in rows], ".txt", ""),
    "spaces": (lambda rows: ["  ".join(r) for r in rows], ".txt", "YAGO-"),
    "commas and a header": (
        lambda rows: ["head,relation,tail,time", *(",".join(r[:4]) for r in rows)], ".csv", "",
    ),
    "tabs without an ending": (lambda rows: ["\t".join(r) for r in rows], "", ""),
    "decimal points": (lambda rows: ["\t".join(f"{c}.0" for c in r) for r in rows], ".tsv", ""),
    "hours": (lambda rows: ["\t".join((*r[:3], str(int(r[3]) * 24))) for r in rows], ".txt", ""),
    "told twice": (lambda rows: ["\t".join(r) for r in (*rows[:5], *rows)], ".txt", ""),
    "a mark before and blank lines between": (
        lambda rows: ["\ufeff" + "\t".join(rows[0]), "", *("\t".join(r) for r in rows[1:])],
        ".txt", "",
    ),
    "names and days": (
        lambda rows: [
            f"n{r[0]}\tr{r[1]}\tn{r[2]}\t{date(2014, 1, 1) + timedelta(int(r[3]) // 15)}"
            for r in rows
        ],
        ".txt", "",
    ),
    "far-away ids": (
        lambda rows: ["\t".join((f"9{r[0]:0>7}", r[1], f"9{r[2]:0>7}", r[3])) for r in rows],
        ".txt", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_set_is_the_same_in_whatever_form_it_comes(folder, form):
    expected = read_set(folder)
    change, ending, start = FORMS[form]
    rewritten(folder, change, ending, start)
    found = read_set(folder)
    assert found.whole.facts.tolist() == expected.whole.facts.tolist()
    assert (found.validation_from, found.test_from) == (20, 25)
    assert len(found.lines) >= len(expected.lines) == 20


def test_names_come_back_in_the_predictions(folder):
    change, ending, start = FORMS["names and days"]
    rewritten(folder, change, ending, start)
    result = forecast.evaluate(folder)
    assert {row["gold"] for row in result.predictions} <= {f"n{number}" for number in range(5)}


def test_without_validation_the_last_steps_take_its_place(folder):
    (folder / "small_valid.txt").unlink()
    found = read_set(folder)
    assert (found.validation_from, found.test_from) == (18, 25)
    assert forecast.evaluate(folder).metrics["queries"] == 40


def test_what_there_is_no_time_for_is_ranked_by_the_baseline(folder, monkeypatch):
    monkeypatch.setenv("DETENTE_FORECAST_SECONDS", "0.001")
    monkeypatch.setattr("detente.assess.links.budget.Pace.is_over", lambda _: True)
    result = forecast.evaluate(folder)
    assert all(row["rank"] == row["rank of recurrency"] for row in result.predictions)
    assert result.metrics["mrr"] == result.metrics["recurrency mrr"]
    assert {row["predicted"] for row in result.predictions} == {None}


def test_a_set_may_stand_in_a_folder_of_the_folder(folder, tmp_path_factory):
    outer = tmp_path_factory.mktemp("outer")
    folder.rename(outer / "data")
    assert read_set(outer).test_from == 25


def test_months_told_by_days_are_steps_of_a_month(folder):
    months = [f"{2014 + n // 12}-{n % 12 + 1:02}-01" for n in range(30)]
    rewritten(
        folder,
        lambda rows: ["\t".join((*r[:3], months[int(r[3]) // 15])) for r in rows],
    )
    assert read_set(folder).whole.facts[-1, 3] == 29


def test_the_tables_and_the_count_say_how_many_there_are(folder):
    (folder / "stat.txt").write_text("9\t4\t0\n")
    found = read_set(folder).whole
    assert (found.entities, found.relations) == (9, 4)
    (folder / "entity2id.txt").write_text("11\n" + "".join(f"n{n}\t{n}\n" for n in range(11)))
    assert read_set(folder).whole.entities == 11


def test_entities_that_only_the_test_knows_are_ranked(folder):
    with (folder / "small_test.txt").open("a") as file:
        file.write("7\t1\t8\t420\t-1\n")
    result = forecast.evaluate(folder)
    assert result.metrics["queries"] == 42
    assert all(1 <= row["rank"] <= 9 for row in result.predictions)


def test_parts_that_overlap_are_told_in_their_own_time(folder, capsys):
    with (folder / "small_train.txt").open("a") as file:
        file.write("4\t1\t4\t405\t-1\n")
    expected = [row["rank"] for row in forecast.evaluate(folder).predictions]
    assert "valid begins before the part before it ends" in capsys.readouterr().err
    assert len(expected) == 40


def test_what_cannot_be_a_set_is_refused(folder, monkeypatch):
    monkeypatch.setenv("DETENTE_FORECAST_SECONDS", "soon")
    with pytest.raises(InputError, match="DETENTE_FORECAST_SECONDS: not a number: soon"):
        forecast.evaluate(folder)
    monkeypatch.delenv("DETENTE_FORECAST_SECONDS")
    write(folder, "test", [(0, 0, 1, 0)])
    with pytest.raises(InputError, match="nothing is told before the test begins"):
        forecast.evaluate(folder)
    write(folder, "test", [(0, -1, 1, 600)])
    with pytest.raises(InputError, match="an id below 0"):
        forecast.evaluate(folder)
    write(folder, "test", [])
    with pytest.raises(InputError, match=r"small_test\.txt: empty"):
        forecast.evaluate(folder)


@pytest.mark.parametrize(
    ("root", "quad"),
    [
        ("01", "verbal cooperation"),
        ("05", "verbal cooperation"),
        ("06", "material cooperation"),
        ("09", "verbal conflict"),
        ("13", "verbal conflict"),
        ("14", "material conflict"),
        ("20", "material conflict"),
        ("21", ""),
        ("--", ""),
    ],
)
def test_quad_classes_of_cameo_roots(root, quad):
    assert quad_of_root(root) == quad


@pytest.mark.parametrize(
    ("name", "quad"),
    [
        ("Engage_in_negotiation", "verbal cooperation"),
        ("Engage_in_mass_killings", "material conflict"),
        ("Demonstrate_military_or_police_power", "material conflict"),
        ("Impose_blockade,_restrict_movement", "material conflict"),
        ("Demand", "verbal conflict"),
        ("Sing_a_song", ""),
    ],
)
def test_quad_classes_of_names(name, quad):
    assert _quad_of_name(name) == quad
