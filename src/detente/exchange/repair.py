"""What an import kept and refused: the numbers, and the rows that were malformed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from detente.errors import MalformedRow

#: So many refused rows are kept word for word; the rest is counted.
MOST = 10_000


@dataclass(slots=True)
class RepairLog:
    """Kept and refused rows of one or more files; ``kept + refused == rows``."""

    rows: int = 0
    kept: int = 0
    refused: int = 0
    malformed: list[MalformedRow] = field(default_factory=list)

    def keep(self) -> None:
        """Counts a row that was kept."""
        self.rows += 1
        self.kept += 1

    def refuse(self, row: MalformedRow) -> None:
        """Counts and notes a row that was refused."""
        self.rows += 1
        self.refused += 1
        if len(self.malformed) < MOST:
            self.malformed.append(row)

    def lines(self) -> Iterator[str]:
        """One JSON object a refused row: path, line, reason."""
        for row in self.malformed:
            told = {"path": row.path, "line": row.line, "reason": row.bare_reason}
            yield json.dumps(told, ensure_ascii=False)

    def write(self, path: Path) -> None:
        """Writes the refused rows as JSON Lines."""
        path.write_text("".join(f"{line}\n" for line in self.lines()), encoding="utf-8")
