"""Schemathesis over the site's own OpenAPI document: no fault of ours, and answers as described."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from detente.store import open_record
from detente.web.addresses import pages
from detente.web.app import make_app
from detente.web.openapi import described
from detente.web.settings import Settings

#: Addresses that only end a session, or cost much for each call and are asked elsewhere.
PASSED_OVER = ("/briefs/{brief}/brief.pdf",)
KEPT = ("not_a_server_error", "status_code_conformance", "content_type_conformance")


def test_the_document_describes_every_address():
    told = described(pages())
    assert told["openapi"] == "3.1.0"
    for page in pages():
        where = re.sub(r"{(\w+):path}", r"{\1}", page.twin_path if page.twin else page.path)
        assert page.method.lower() in told["paths"][where]
    named = [o["operationId"] for ways in told["paths"].values() for o in ways.values()]
    assert len(named) == len(set(named))


def test_the_document_is_openapi(path: Path):
    schema = schemathesis.openapi.from_dict(described(pages()))
    assert schema.validate() is None  # raises where it is not


@pytest.mark.parametrize("role", ["", "eve"])
def test_no_input_is_a_fault_of_ours(path: Path, role: str):
    app = make_app(path, Settings(fresh=0.0))
    headers = {}
    if role:
        token = secrets.token_urlsafe(16)
        with open_record(path) as record:
            record.access.add_token(token, role, "fuzz")
        headers = {"authorization": f"Bearer {token}"}
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    asked = 0
    load_all_checks()
    kept = [CHECKS.get_one(name) for name in KEPT]
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path in PASSED_OVER:
            continue

        @settings(
            max_examples=6,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case):
            nonlocal asked
            case.call_and_validate(headers=headers, checks=kept)
            asked += 1

        ask()
    assert asked > 100
    app.state.site.record.close()
