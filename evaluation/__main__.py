"""``python -m evaluation NAME PATH [--raw] [--predictions OUT.jsonl]`` and ``… gate``."""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

from detente.errors import DetenteError
from evaluation import gate
from evaluation.result import Result

#: Each is a module of this package with ``evaluate(path)``; those in RAW take ``raw=True`` too.
NAMES = (
    "relations",
    "neutral",
    "validation",
    "plover",
    "factuality",
    "attribution",
    "events",
    "confidence",
    "timex",
    "toponyms",
    "actors",
    "incidents",
    "forecast",
    "dyads",
    "pages",
)
RAW = frozenset({"relations"})


def run(name: str, path: Path, *, raw: bool = False) -> Result:
    """One evaluation by name over the data at ``path``."""
    evaluate = import_module(f"evaluation.{name}").evaluate
    result: Result = evaluate(path, raw=True) if raw and name in RAW else evaluate(path)
    return result


def main() -> int:
    """Parses the command line, runs, prints one JSON line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("name", choices=(*NAMES, "gate"))
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--raw", action="store_true", help="relations: from the bare sentence")
    parser.add_argument("--predictions", type=Path, help="write a row a test item here")
    parser.add_argument("--lower", action="store_true", help="gate: let floors be lowered")
    parser.add_argument(
        "--raise", dest="pin", action="store_true", help="gate: pin what is reached"
    )
    parser.add_argument("--slow", action="store_true", help="gate: run the slow ones too")
    arguments = parser.parse_args()
    if arguments.name == "gate":
        return gate.check(run, pin=arguments.pin, lower=arguments.lower, slow=arguments.slow)
    if arguments.path is None or not arguments.path.exists():
        print(f"evaluation: {arguments.path}: no such file or folder", file=sys.stderr)
        return 2
    result = run(arguments.name, arguments.path, raw=arguments.raw)
    print(json.dumps(dict(result.metrics)))
    if arguments.predictions:
        rows = (json.dumps(row, ensure_ascii=False) for row in result.predictions)
        arguments.predictions.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DetenteError as error:
        print(f"evaluation: {error}", file=sys.stderr)
        sys.exit(1)
