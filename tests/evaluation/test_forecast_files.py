"""The forecast evaluations on files of their form, and what they refuse."""

import numpy as np
import pytest

from detente.errors import InputError
from evaluation import forecast
from evaluation.dyads import _quad_of_name, quad_of_root


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
    (folder / "small_valid.txt").write_text("1\tx\t2\t3\n")
    with pytest.raises(InputError, match=r"small_valid\.txt: not lines of four integers"):
        forecast.evaluate(folder)
    (folder / "small_valid.txt").unlink()
    with pytest.raises(InputError, match=r"no \*valid\.txt where one is needed"):
        forecast.evaluate(folder)


def test_four_columns_and_plain_names_do_as_well(folder):
    expected = forecast.evaluate(folder).metrics
    for file in list(folder.iterdir()):
        rows = [line.rsplit("\t", 1)[0] for line in file.read_text().splitlines()]
        file.rename(folder / file.name.removeprefix("small_")).write_text("\n".join(rows))
    assert forecast.evaluate(folder).metrics == expected


def test_what_cannot_be_a_set_is_refused(folder, monkeypatch):
    monkeypatch.setenv("DETENTE_FORECAST_SECONDS", "soon")
    with pytest.raises(InputError, match="DETENTE_FORECAST_SECONDS: not a number: soon"):
        forecast.evaluate(folder)
    monkeypatch.delenv("DETENTE_FORECAST_SECONDS")
    write(folder, "test", [(0, 0, 1, 0)])
    with pytest.raises(InputError, match="test begins before the part before it ends"):
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
