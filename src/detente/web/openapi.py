"""The API's description (OpenAPI 3.1), made from the table of addresses."""

from __future__ import annotations

import json
import re
from typing import Any

from detente.web.routes import Field, Page

Json = dict[str, Any]
_OBJECT: Json = {"application/json": {"schema": {"type": "object"}}}


def written(table: tuple[Page, ...]) -> bytes:
    """The document as it is sent; see :func:`described`."""
    return json.dumps(described(table)).encode()


def described(table: tuple[Page, ...]) -> Json:
    """The addresses of a table as an OpenAPI document.

    JSON twins are described with their JSON, other addresses with their own type. Writing takes a
    bearer token, which the desk gives (``/desk/tokens``).
    """
    paths: dict[str, Json] = {}
    for page in table:
        if page.twin:
            _add(paths, page, page.twin_path, "application/json")
        else:
            _add(paths, page, page.path, page.media)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Détente",
            "version": "1",
            "description": "Every page of the desk has a .json twin; lists page by cursor.",
        },
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Error": {
                    "type": "object",
                    "properties": {"error": {"type": "string"}},
                    "required": ["error"],
                }
            },
        },
    }


def _add(paths: dict[str, Json], page: Page, path: str, media: str) -> None:
    plain = re.sub(r"{(\w+):path}", r"{\1}", path)
    operation: Json = {
        "summary": page.summary,
        "operationId": re.sub(r"\W+", "_", f"{page.method.lower()}{plain}").strip("_"),
        "parameters": [
            *(_part(name) for name in re.findall(r"{(\w+)}", plain)),
            *(_query(field) for field in page.queries),
        ],
        "responses": _responses(page, media),
    }
    if page.method == "POST" or page.role:
        operation["security"] = [{"token": []}]
    if page.method == "POST":
        operation["requestBody"] = _body(page.fields)
    paths.setdefault(plain, {})[page.method.lower()] = operation


def _part(name: str) -> Json:
    schema = {"type": "string", "minLength": 1}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query(field: Field) -> Json:
    return {"name": field.name, "in": "query", "description": field.means, "schema": _kind(field)}


def _kind(field: Field) -> Json:
    kind: Json = {"type": "string"}
    if field.choices:
        kind["enum"] = list(field.choices)
    if field.form:
        kind["format"] = field.form
    return kind


def _body(fields: tuple[Field, ...]) -> Json:
    schema: Json = {
        "type": "object",
        "properties": {f.name: {**_kind(f), "description": f.means} for f in fields},
        "required": [f.name for f in fields if f.needed],
    }
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _responses(page: Page, media: str) -> Json:
    error = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Error"}},
        "text/html": {"schema": {"type": "string"}},
        "text/plain": {"schema": {"type": "string"}},
    }
    good = _OBJECT if media == "application/json" else {media: {}}
    reasons = {
        "400": "a word or field cannot be used",
        "401": "a token is needed",
        "403": "the role does not allow it, or the form's token is missing",
        "404": "nothing is there",
        "409": "the record's state does not allow it",
        "413": "the body is too large",
        "429": "too often",
    }
    found: Json = {s: {"description": d, "content": error} for s, d in reasons.items()}
    found["200"] = {"description": page.summary, "content": good}
    if page.method == "POST":
        found["201"] = {"description": "kept", "content": good}
    else:
        found["304"] = {"description": "unchanged since the entity tag given"}
    return found
