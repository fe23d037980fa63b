"""``python -m benchmarks NAME``: prints one JSON object of ratios."""

from __future__ import annotations

import argparse
import json
from importlib import import_module

#: What is measured; docs/benchmarks.md explains each.
NAMES = ("coding", "growth", "add", "readings", "ray", "screening", "links", "web")


def main() -> None:
    """Runs the benchmark named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    arguments = parser.parse_args()
    print(json.dumps(import_module(f"benchmarks.{arguments.name}").measure(), indent=2))


if __name__ == "__main__":
    main()
