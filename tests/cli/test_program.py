"""The program as a person runs it: help, documentation, errors, exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from detente.cli import app

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "inf-treaty"
#: The order of the data: news in, names, the record, its readings, judgement, the brief, the desk.
ORDER = ("read", "code", "actors", "add", "chronology", "forecast", "brief", "serve")


def run(*words: str, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "detente", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "120", **variables},
        check=False,
    )


def commands() -> dict[str, Any]:
    program: Any = typer.main.get_command(app)
    return dict(program.commands)


def test_help_lists_the_stages_in_the_order_of_the_data():
    names = list(commands())
    listed = [name for name in ORDER if name in names]
    assert sorted(listed, key=names.index) == listed
    assert {"read", "code", "brief"} <= set(listed)
    shown = run("--help").stdout
    places = [shown.index(f"\n  {name} ") for name in listed]
    assert places == sorted(places)


def test_every_command_and_option_has_its_help_and_stands_in_the_docs():
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in commands().items():
        assert command.help, f"{name} has no help"
        assert f"## detente {name}\n" in page, f"docs/commands.md lacks {name}"
        for parameter in command.params:
            if parameter.name != "help":
                assert getattr(parameter, "help", None), f"{name} {parameter.name} has no help"


def test_the_written_pages_are_what_the_source_says():
    script = (
        "import scripts.write_reference as w;"
        "print(w.commands_page(), end='\\x00'); print(w.codebook_page(), end='')"
    )
    written = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    ).stdout
    commands_page, codebook_page = written.split("\x00")
    remedy = "run scripts/write_reference.py"
    docs = ROOT / "docs"
    assert (docs / "commands.md").read_text(encoding="utf-8") == commands_page.rstrip() + "\n", (
        remedy
    )
    assert (docs / "codebook.md").read_text(encoding="utf-8") == codebook_page, remedy


def test_read_prints_one_object_a_report():
    found = run("read", str(SAMPLES / "2017-08-02-northern-wire-caatsa.txt"), "--format", "jsonl")
    assert (found.returncode, found.stderr) == (0, "")
    (line,) = found.stdout.splitlines()
    report = json.loads(line)
    wanted = {
        "path",
        "url",
        "outlet",
        "title",
        "standfirst",
        "published",
        "language",
        "sections",
        "text",
        "image",
    }
    assert wanted <= set(report)
    assert report["published"].startswith("2017-08-02")


def test_a_bad_input_is_named_and_the_rest_goes_on(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 20)
    good = SAMPLES / "2017-08-02-northern-wire-caatsa.txt"
    (tmp_path / "good.txt").write_bytes(good.read_bytes())
    found = run("read", str(tmp_path), str(tmp_path / "nowhere.txt"), "--format", "jsonl")
    assert found.returncode == 1
    assert len(found.stdout.splitlines()) == 1
    named = found.stderr.splitlines()
    assert len(named) == 3
    assert all(line.startswith("detente: ") for line in named)
    for name in ("empty.txt", "picture.txt", "nowhere.txt"):
        assert any(name in line for line in named)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("read", "x.txt", "--published", "yesterday"), "no date"),
        (("brief", "x.txt", "-o", "brief.docx"), "a brief is written as"),
        (("brief", "x.txt", "-o", "nowhere/brief.html"), "there is no folder"),
        (("read", "--format", "yaml", "x.txt"), "yaml"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(words, says, tmp_path):
    found = run(*words, cwd=tmp_path)
    assert found.returncode == 2
    assert says in found.stderr
    assert "Traceback" not in found.stderr


def test_nothing_to_tell_is_one_line_and_exit_1(tmp_path):
    (tmp_path / "weather.txt").write_text(
        "The weather stayed mild over the hills, and the bakery sold out of bread by noon. "
        "Children played in the square until the evening came.\n",
        encoding="utf-8",
    )
    found = run("brief", "weather.txt", "-o", "brief.html", cwd=tmp_path)
    assert found.returncode == 1
    assert "none tells an event" in found.stderr
    assert "Traceback" not in found.stderr
    assert not (tmp_path / "brief.html").exists()


def test_a_brief_is_written_whole_and_its_path_printed(tmp_path):
    paths = [str(p) for p in sorted(SAMPLES.glob("2018-10-2*"))]
    found = run("brief", *paths, "--about", "USA,RUS", "-o", str(tmp_path / "brief.html"))
    assert found.returncode == 0, found.stderr
    assert found.stdout.splitlines()[-1] == str(tmp_path / "brief.html")
    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert page.rstrip().endswith("</html>")
    assert list(tmp_path.iterdir()) == [tmp_path / "brief.html"]
