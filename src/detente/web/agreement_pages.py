"""The agreements that the record touches, and how one stands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from detente.analyse import agreements as standings
from detente.errors import UnknownName
from detente.gazetteer.agreements import agreements as known_agreements
from detente.store import EventFilter
from detente.web.answer import Shown
from detente.web.asking import Ask
from detente.web.lines import line_as_json, lines_of, ordered
from detente.web.naming import agreement_name

#: Occurrences that an agreement's standing is read from, the latest.
MOST = 200


def agreements(ask: Ask) -> Shown:
    """Agreements with how often the record touches them."""
    found = ask.site.record.tallies.agreements()
    return Shown(
        template="agreements.html.j2",
        title="Agreements",
        shows={"found": [(name, agreement_name(name), n, last) for name, n, last in found]},
        twin={
            "agreements": [
                {"id": name, "name": agreement_name(name), "events": n, "last": last}
                for name, n, last in found
            ]
        },
    )


def agreement(ask: Ask) -> Shown:
    """One agreement: its standing today with reasons, its dates, what the record tells of it."""
    name = ask.part("agreement")
    wanted = EventFilter(agreement=name)
    page = ask.site.lookup.page(wanted, limit=MOST)
    known = known_agreements().get(name)
    if not page.told and known is None:
        raise UnknownName(name, "no agreement that the record or our tables know")
    lines = lines_of(page.told, wanted)
    row = _standing(page.told)
    return Shown(
        template="agreement.html.j2",
        title=agreement_name(name),
        shows={
            "name": name,
            "known": known,
            "row": row,
            "lines": lines,
        },
        twin={
            "id": name,
            "name": agreement_name(name),
            "standing": {
                k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()
            },
            "occurrences": [line_as_json(line) for line in lines],
        },
    )


def _standing(told: tuple[Any, ...]) -> dict[str, Any]:
    """How it stands today; nothing where the record tells nothing of it."""
    if not told:
        return {}
    table = standings(ordered(told), today=datetime.now(UTC).date())
    wanted = told[0].mentions[0].agreement
    rows = [row for row in table.to_dicts() if wanted and row["id"] == wanted.id]
    return rows[0] if rows else {}
