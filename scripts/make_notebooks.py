"""Builds and executes the notebooks of docs/notebooks.

Run ``.venv/bin/python scripts/make_notebooks.py``. The third compares with an ICEWS file, whose
path is taken from ``DETENTE_ICEWS`` (the weekly files are on Harvard's Dataverse).
"""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "notebooks"
ICEWS = os.environ.get("DETENTE_ICEWS", "")

DYAD = (
    "# A dyad over time\n\nUnited States and Russia in the sample dossier, from a record to a "
    "series. Frames are Polars; `.to_pandas()` works on each.",
    "from pathlib import Path\nfrom tempfile import mkdtemp\n\nimport detente\n\n"
    "record = str(Path(mkdtemp()) / 'detente.db')\nrefused = []\n"
    "with detente.open_record(record) as kept:\n"
    "    for report, events in detente.read_code_resolve(['samples/inf-treaty'], refused):\n"
    "        kept.add(report, events)\n"
    "len(refused)",
    "reading = detente.readings(record)\n"
    "choice = detente.Choice(actor='USA', recipient='RUS')\n"
    "series = reading.series(choice)\nseries.filter(series['total'] > 0).tail(12)",
    "Only what was *done* counts: planned, threatened, alleged, denied and negated acts do not. "
    "They have readings of their own.",
    "reading.plans().select('date', 'kind', 'actor', 'act', 'recipient', 'outcome').tail(8)",
    "reading.claims().head(8)",
    "As of a day, nothing published later is known:",
    "from datetime import date\n\n"
    "for day in (date(2018, 11, 1), date(2019, 2, 3), date(2019, 8, 3)):\n"
    "    table = detente.readings(record, as_of=day).agreements()\n"
    "    print(day, table.filter(table['id'] == 'inf-treaty')['standing'].to_list())",
)
BRIEF = (
    "# From a folder of reports to a brief\n\nThe whole way in Python, with what each stage gives.",
    "import detente\n\nreports = [r for r in detente.read_paths(['samples/inf-treaty'])]\n"
    "report = next(r for r in reports if 'northern-wire-paris' in r.path)\n"
    "report.title, report.published, [s.kind for s in report.sections]",
    "coder = detente.Coder()\ncoded = coder.code(report)\n"
    "[(e.trigger.text, e.event_type, e.act, e.status) for e in coded]",
    "events = detente.resolve_report(report, coded)\n"
    "[(e.when.edtf, [p.entity.name for p in e.actor], e.where and e.where.name) for e in events]",
    "The brief, and the passages of its first sentence:",
    "from datetime import UTC, datetime\n\n"
    "brief, known = detente.brief(\n"
    "    detente.read_code_resolve(['samples/inf-treaty'], []),\n"
    "    about=('USA', 'RUS'),\n"
    "    as_of=datetime(2019, 2, 2, 23, 59, tzinfo=UTC),\n)\n"
    "print(brief.title)\nprint(brief.standfirst.text)\n"
    "for passage in brief.standfirst.evidence:\n    print('  -', passage.text)",
    "for sentence in brief.assessment:\n    print(sentence.text)",
)
COMPARE = (
    "# Comparing our coding with ICEWS\n\nImported events keep their origin apart from our own. "
    "Here: two days of ICEWS (1 and 2 June 2018), read with its CAMEO codes mapped to PLOVER, "
    "beside the sample dossier.",
    "import os\nfrom pathlib import Path\nfrom tempfile import mkdtemp\n\nimport polars as pl\n\n"
    "import detente\n\nrecord = str(Path(mkdtemp()) / 'detente.db')\n"
    "with detente.open_record(record) as kept:\n"
    "    for report, events in detente.read_code_resolve(['samples/inf-treaty'], []):\n"
    "        kept.add(report, events)",
    "import subprocess\nimport sys\n\n"
    "done = subprocess.run(\n"
    "    [sys.executable, '-m', 'detente', 'import', os.environ['DETENTE_ICEWS'], "
    "'--record', record],\n    capture_output=True, text=True,\n)\n"
    "done.returncode",
    "The busiest dyads of each, and the mix of kinds of act:",
    "ours = detente.readings(record, origin='detente')\n"
    "theirs = detente.readings(record, origin='icews')\n"
    "theirs.network().head(8)",
    "def mix(reading):\n"
    "    table = reading.chronology()\n"
    "    counts = table.filter(pl.col('status') == 'done')['act'].value_counts(sort=True)\n"
    "    share = (pl.col('count') / counts['count'].sum()).round(2)\n"
    "    return counts.with_columns(share.alias('share'))\n\n\n"
    "mix(ours).head(8)",
    "mix(theirs).head(8)",
    "ICEWS has no status: a planned meeting and a held one are told apart by CAMEO code at best. "
    "Ours keeps both, and what is only alleged:",
    "ours.chronology()['status'].value_counts(sort=True)",
)


def build(name: str, title_and_cells: tuple[str, ...]) -> None:
    """Writes one notebook, executed; a cell that fails stops the build."""
    first, *cells = title_and_cells
    notebook = new_notebook()
    notebook.cells.append(new_markdown_cell(first))
    for cell in cells:
        plain = cell[0].isupper() and "\n" not in cell and "(" not in cell
        notebook.cells.append(new_markdown_cell(cell) if plain else new_code_cell(cell))
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"{name}-{number}"
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(ROOT)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            # Warnings name folders of the machine it was built on.
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, FOLDER / f"{name}.ipynb")


if __name__ == "__main__":
    build("a-dyad-over-time", DYAD)
    build("from-reports-to-a-brief", BRIEF)
    if ICEWS:
        build("comparing-with-icews", COMPARE)
