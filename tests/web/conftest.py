"""A record of some sample reports, one hostile report and a published brief; and who asks it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from detente import pipeline, recording
from detente.records import Report, Section
from detente.store import open_record
from detente.web.app import make_app
from detente.web.passwords import hashed
from detente.web.settings import Settings
from tests.making import made_event

SAMPLES = Path(__file__).parents[2] / "samples" / "inf-treaty"
WANTED = ("2016-12-29", "2016-12-30", "2017-08-02", "2018-10", "2018-11", "2018-12")
PASSWORD = "correct horse battery"
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def hostile_report() -> Report:
    """A report whose every field was written by someone who means harm."""
    text = f"Russia {EVIL} accused Ukraine {EVIL} of a breach. The end."
    return Report(
        id="f0f0f0f0f0f0f0f0",
        url="javascript:alert(3)",
        path=EVIL,
        outlet=f"Evil {EVIL}",
        title=f"Evil {EVIL}",
        standfirst=EVIL,
        text=text,
        sections=(Section(kind="body", heading=EVIL, start=0, end=len(text)),),
        language='en" onload="alert(4)',
        image="javascript:alert(5)",
        license=EVIL,
    )


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record, made once; every test works on a copy."""
    path = tmp_path_factory.mktemp("desk") / "detente.db"
    files = [p for p in sorted(SAMPLES.iterdir()) if p.name.startswith(WANTED)]
    assert len(files) > 6
    with open_record(path) as record:
        assert all(a.new for a in recording.add(record, files, []))
        evil = hostile_report()
        sentence = evil.text.split(". ")[0] + "."
        event = made_event(
            evil,
            sentence,
            "accused",
            event_type="ACCUSE",
            actor=(("Russia", "RUS"),),
            recipient=(("Ukraine", "UKR"),),
        )
        assert record.add(evil, (event,))
        view = record.view()
        reports = [r for r in view.reports() if r.id != evil.id]
        events = list(view.events())
        coded = [(r, tuple(e for e in events if e.coded.trigger.report == r.id)) for r in reports]
        brief, _ = pipeline.brief(coded, about=("USA", "RUS"))
        for state in ("draft", "reviewed", "published"):
            record.desk.save_brief("inf-treaty", brief, state=state, by="eve")
        for name, role in (("rita", "reader"), ("ana", "analyst"), ("eve", "editor")):
            record.desk.save_user(name, role, hashed(PASSWORD), by="test")
    return path


@pytest.fixture
def path(dossier: Path, tmp_path: Path) -> Path:
    """A copy of the record."""
    copy = tmp_path / "detente.db"
    with open_record(dossier, read_only=True) as record:
        record.back_up(copy)
    return copy


Reach = Callable[..., TestClient]


@pytest.fixture
def reach(path: Path) -> Iterator[Reach]:
    """Makes clients of one site; ``reach("eve")`` is signed in."""
    open_clients: list[TestClient] = []
    app = make_app(path, Settings(fresh=0.0))

    def made(user: str = "") -> TestClient:
        client = TestClient(app, base_url="http://testserver", raise_server_exceptions=True)
        open_clients.append(client)
        if user:
            session = secrets.token_urlsafe(32)
            app.state.site.record.desk.open_session(session, user, timedelta(hours=1))
            client.cookies.set("detente_session", session)
        return client

    yield made
    for client in open_clients:
        client.close()
    app.state.site.cache.close()
    app.state.site.record.close()


def token_of(html: str) -> str:
    """The form token of a page."""
    found = re.search(r'name="token" value="([0-9a-f]{80})"', html)
    assert found, html[:2000]
    return found[1]


def send(client: TestClient, page: str, to: str, **fields: str):
    """Sends a form of a page."""
    token = token_of(client.get(page).text)
    return client.post(to, data={"token": token, **fields}, follow_redirects=False)


__all__ = ["EVIL", "PASSWORD", "Reach", "send", "token_of"]
