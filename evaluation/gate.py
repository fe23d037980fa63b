"""The gate: what each evaluation reached is pinned in floors.json and may not fall unnoticed."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from evaluation.result import Result

FLOORS = Path(__file__).with_name("floors.json")
ROOT = Path(__file__).parent.parent
#: A figure may fall this far below its floor before the gate closes (rounding, library updates).
SLACK = 0.002

Floor = dict[str, object]


def fingerprint_of(path: Path) -> str:
    """SHA-256 of a file, or of all files of a folder in order of name."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(str(file.relative_to(path)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def check(run: Callable[..., Result], *, pin: bool, lower: bool, slow: bool = False) -> int:
    """Runs every pinned evaluation whose data is here and compares it with its floors.

    Args:
        run: runs an evaluation by name, path and ``raw``.
        pin: write the figures reached as the new floors where they are higher.
        lower: with ``pin``, write them even where they are lower.
        slow: run those marked slow too (minutes each).

    Returns:
        0 if no figure fell below its floor, else 1.
    """
    floors: list[Floor] = json.loads(FLOORS.read_text(encoding="utf-8"))
    kept, fallen = [], 0
    for floor in floors:
        path = ROOT / str(floor["path"])
        if not path.exists():
            print(f"skipped {_title(floor)}: {floor['path']} is not here", file=sys.stderr)
            kept.append(floor)
            continue
        if floor.get("slow") and not slow:
            print(f"skipped {_title(floor)}: slow, runs with make gate-full", file=sys.stderr)
            kept.append(floor)
            continue
        began = time.perf_counter()
        metrics = run(str(floor["name"]), path, raw=bool(floor.get("raw"))).metrics
        for line, below in _compare(floor, path, metrics):
            print(line)
            fallen += below
        print(f"   {_title(floor)} took {time.perf_counter() - began:.0f} s", file=sys.stderr)
        kept.append(_pinned(floor, path, metrics, lower=lower) if pin else floor)
    if pin:
        FLOORS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    print(f"gate: {len(floors)} evaluations, {fallen} figures below their floor")
    return 1 if fallen and not (pin and lower) else 0


def _title(floor: Floor) -> str:
    return f"{floor['name']}{' --raw' if floor.get('raw') else ''}"


def _pins(floor: Floor) -> dict[str, float]:
    pins = floor["floors"]
    assert isinstance(pins, dict)
    return {str(name): float(value) for name, value in pins.items()}


def _compare(floor: Floor, path: Path, metrics: object) -> Iterator[tuple[str, bool]]:
    assert hasattr(metrics, "get")
    if floor.get("sha256") and floor["sha256"] != fingerprint_of(path):
        yield f"FAILED {_title(floor)}: the data at {floor['path']} is not what was pinned", True
        return
    for name, least in _pins(floor).items():
        reached = metrics.get(name)
        below = reached is None or reached < least - SLACK
        word = "FAILED" if below else "ok"
        yield f"{word} {_title(floor)} {name}: {reached} (floor {least})", below


def _pinned(floor: Floor, path: Path, metrics: object, *, lower: bool) -> Floor:
    assert hasattr(metrics, "__getitem__")
    pins = {
        name: metrics[name] if lower else max(least, metrics[name])
        for name, least in _pins(floor).items()
    }
    return {**floor, "sha256": fingerprint_of(path), "floors": pins}
