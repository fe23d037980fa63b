"""The analysts' desk: what waits, review, rulings, moderation, sources, the audit trail."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import cast, get_args

from detente.errors import InputError, UnknownName
from detente.ontology.admiralty import credibility, reliability
from detente.publish.jsonform import event_as_json
from detente.records import Ruling, RulingKind
from detente.store import ruling_id
from detente.store.amending import FIELDS as AMENDABLE
from detente.store.amending import values_of
from detente.store.reviewing import most_needful
from detente.web.answer import Gone, Shown
from detente.web.asking import Ask
from detente.web.briefs import listed_as_json
from detente.web.routes import Field
from detente.web.signin import local

RULING_FIELDS = (
    Field(name="kind", means="what is ruled", needed=True, choices=get_args(RulingKind)[:3]),
    Field(name="reason", means="why; kept with the ruling", needed=True),
    *(Field(name=name, means=f"amended {name}") for name in AMENDABLE),
    Field(name="next", means="where to go on"),
)
GROUPING_FIELDS = (
    Field(name="kind", means="what is ruled", needed=True, choices=("merge", "split")),
    Field(name="reason", means="why; kept with the ruling", needed=True),
    Field(name="with", means="incidents to merge with, parted by ;"),
    Field(name="events", means="events to take out, parted by ;"),
    Field(name="next", means="where to go on"),
)
JUDGE_FIELDS = (
    Field(name="verdict", means="approve or refuse", needed=True, choices=("approve", "refuse")),
)
GRADE_FIELDS = (
    Field(name="outlet", means="the outlet", needed=True),
    Field(name="reliability", means="A to F", needed=True, choices=tuple(reliability())),
    Field(name="credibility", means="1 to 6", needed=True, choices=tuple(credibility())),
    Field(name="reason", means="why", needed=True),
)
TOKEN_FIELDS = (Field(name="label", means="what it is for", needed=True),)
#: Events of the review queue on one page.
QUEUE = 25


def desk(ask: Ask) -> Shown:
    """What waits for someone."""
    record = ask.site.record
    waiting = record.desk.comments(state="waiting")
    drafts = [v for v in record.desk.briefs(limit=50) if v.state in ("draft", "reviewed")]
    return Shown(
        template="desk.html.j2",
        title="Desk",
        shows={
            "waiting": len(waiting),
            "drafts": drafts,
            "totals": record.tallies.totals(),
            "entries": list(record.desk.audit(limit=10)),
        },
        twin={"comments_waiting": len(waiting), "drafts": [listed_as_json(v) for v in drafts]},
    )


def review(ask: Ask) -> Shown:
    """Events without a ruling, those that need a person's eyes most first."""
    site = ask.site
    found = most_needful(site.record.tallies, site.lookup, QUEUE)
    return Shown(
        template="review.html.j2",
        title="Review",
        shows={"found": found, "values_of": values_of},
        twin={
            "events": [
                {**event_as_json(r.event), "need": round(r.need, 3), "because": list(r.because)}
                for r in found
            ]
        },
    )


def event_page(ask: Ask) -> Shown:
    """One event with the form to rule on it."""
    mark = ask.site.lookup.event(ask.part("event"))
    rulings = ask.site.lookup.rulings_on([mark.event.id]).get(mark.event.id, ())
    told = ask.site.lookup.tellings([mark.event.id]).get(mark.event.id)
    incident = told.incident.id if told else ""
    return Shown(
        template="event.html.j2",
        title="Rule on an event",
        shows={"mark": mark, "rulings": rulings, "values_of": values_of, "incident": incident},
        twin={**event_as_json(mark.event), "rejected": mark.rejected},
    )


def rule_on_event(ask: Ask) -> Gone:
    """Keeps a ruling on an event."""
    event = ask.part("event")
    kind = _kind(ask, ("confirm", "reject", "amend"))
    changes = {n: v for n in AMENDABLE if (v := ask.line(n))} if kind == "amend" else {}
    if kind == "amend" and not changes:
        raise InputError("amend", "change at least one field")
    return _rule(ask, event, kind, changes, f"/desk/events/{event}")


def rule_on_incident(ask: Ask) -> Gone:
    """Keeps a merge or split of an incident."""
    incident = ask.part("incident")
    kind = _kind(ask, ("merge", "split"))
    name = "with" if kind == "merge" else "events"
    return _rule(ask, incident, kind, {name: ask.needed(name, 4000)}, f"/incidents/{incident}")


def _kind(ask: Ask, allowed: tuple[str, ...]) -> RulingKind:
    kind = ask.needed("kind")
    if kind not in allowed:
        raise InputError("kind", f"is one of {', '.join(allowed)}")
    return cast(RulingKind, kind)


def _rule(ask: Ask, target: str, kind: RulingKind, changes: dict[str, str], then: str) -> Gone:
    at, reason, by = datetime.now(UTC), ask.needed("reason", 1000), ask.visitor.name
    told = [f"{name}={value}" for name, value in sorted(changes.items())]
    ruling = Ruling(
        id=ruling_id([kind, target, by, reason, at.isoformat(), *told]),
        target=target,
        kind=kind,
        changes=changes,
        by=by,
        at=at,
        reason=reason,
    )
    ask.site.record.rule(ruling)
    ask.site.record.desk.note(by, f"ruled: {kind}", target, reason)
    where = local(ask.form["next"]) if ask.form.get("next") else then
    return Gone(to=where, twin={"ruling": ruling.id}, status=201)


# ── moderation ────────────────────────────────────────────────────────────────────────────────────


def moderation(ask: Ask) -> Shown:
    """Comments that wait, oldest first."""
    found = ask.site.record.desk.comments(state="waiting")
    return Shown(
        template="moderation.html.j2",
        title="Comments that wait",
        shows={"found": found},
        twin={
            "comments": [
                {"id": c.id, "brief": c.brief, "name": c.name, "text": c.text} for c in found
            ]
        },
    )


def judge(ask: Ask) -> Gone:
    """Approves or refuses a comment."""
    number, verdict = ask.part("comment"), ask.needed("verdict")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise UnknownName(number, "no such comment")
    if verdict not in ("approve", "refuse"):
        raise InputError("verdict", "is approve or refuse")
    ask.site.record.desk.judge_comment(
        int(number), approve=verdict == "approve", by=ask.visitor.name
    )
    return Gone(to="/desk/comments", twin={"comment": int(number), "verdict": verdict})


# ── sources, tokens, audit ────────────────────────────────────────────────────────────────────────


def sources(ask: Ask) -> Shown:
    """Outlets with their grades."""
    grades = ask.site.record.access.grades()
    found = [(outlet, n, grades.get(outlet)) for outlet, n in ask.site.record.tallies.outlets()]
    return Shown(
        template="sources.html.j2",
        title="Sources",
        shows={"found": found, "reliability": reliability(), "credibility": credibility()},
        twin={
            "sources": [
                {
                    "outlet": outlet,
                    "reports": n,
                    "reliability": grade.reliability if grade else None,
                    "credibility": grade.credibility if grade else None,
                }
                for outlet, n, grade in found
            ]
        },
    )


def grade(ask: Ask) -> Gone:
    """Grades an outlet on the Admiralty scale."""
    given = (ask.needed("reliability").upper(), ask.needed("credibility"))
    outlet = ask.needed("outlet")
    ask.site.record.access.grade(outlet, given, by=ask.visitor.name, reason=ask.needed("reason"))
    return Gone(to="/desk/sources", twin={"outlet": outlet, "grade": "".join(given)}, status=201)


def tokens(ask: Ask, made: str = "") -> Shown:
    """The user's tokens; a new one is shown this once."""
    kept = ask.site.record.access.tokens(ask.visitor.name)
    return Shown(
        template="tokens.html.j2",
        title="Tokens for programs",
        shows={"kept": kept, "made": made},
        twin={"tokens": [{"label": label, "at": at.isoformat()} for label, at in kept]}
        | ({"token": made} if made else {}),
    )


def make_token(ask: Ask) -> Shown:
    """Makes a token that may do what its user may."""
    token = secrets.token_urlsafe(32)
    ask.site.record.access.add_token(token, ask.visitor.name, ask.needed("label", 80))
    return tokens(ask, token)


def drop_tokens(ask: Ask) -> Gone:
    """Withdraws all tokens of the user."""
    ask.site.record.access.drop_tokens(ask.visitor.name)
    return Gone(to="/desk/tokens")


def audit(ask: Ask) -> Shown:
    """Who did what to what, the latest first."""
    target = ask.query("target")
    entries = list(ask.site.record.desk.audit(target or None, limit=200))
    return Shown(
        template="audit.html.j2",
        title="Audit trail",
        shows={"entries": entries, "target": target},
        twin={
            "entries": [
                {
                    "at": e.at.isoformat(),
                    "by": e.by,
                    "what": e.what,
                    "target": e.target,
                    "detail": e.detail,
                }
                for e in entries
            ]
        },
    )
