"""The addresses of the desk: each with the least role that may ask it."""

from __future__ import annotations

from dataclasses import replace

from detente.web import desk, drafting, signin
from detente.web.routes import Field, form, page

_BRIEF, _EVENT = "/desk/briefs/{brief}", "/desk/events/{event}"
_NEXT = Field(name="next", means="where to go on")

_SIGNING = (
    replace(page("/sign-in", signin.sign_in_page, "The sign-in", _NEXT), cached=False),
    form("/sign-in", signin.sign_in, "Sign in", *signin.FIELDS, twin=False),
    form("/sign-out", signin.sign_out, "Sign out", role="reader", twin=False),
)
_DESK = (
    page("/desk", desk.desk, "What waits for someone"),
    page("/desk/review", desk.review, "Events that need eyes most"),
    page(_EVENT, desk.event_page, "One event, to rule on"),
    form(
        f"{_EVENT}/rulings",
        desk.rule_on_event,
        "Confirm, reject or amend an event",
        *desk.RULING_FIELDS,
    ),
    form(
        "/desk/incidents/{incident}/rulings",
        desk.rule_on_incident,
        "Merge or split incidents",
        *desk.GROUPING_FIELDS,
    ),
    page("/desk/comments", desk.moderation, "Comments that wait"),
    form("/desk/comments/{comment}", desk.judge, "Approve or refuse a comment", *desk.JUDGE_FIELDS),
    page("/desk/briefs", drafting.drafts, "All briefs"),
    form(
        "/desk/briefs",
        drafting.draft,
        "Compose a draft from the record",
        *drafting.DRAFT_FIELDS,
    ),
    page(_BRIEF, drafting.draft_page, "A brief at the desk"),
    form(
        _BRIEF,
        drafting.advance,
        "Edit, review, publish or correct a brief",
        *drafting.EDIT_FIELDS,
    ),
    form(
        f"{_BRIEF}/picture",
        drafting.add_picture,
        "Choose a brief's picture",
        *drafting.PICTURE_FIELDS,
    ),
    page("/desk/sources", desk.sources, "Sources, graded"),
    form("/desk/sources", desk.grade, "Grade a source", *desk.GRADE_FIELDS),
    page("/desk/tokens", desk.tokens, "Tokens for programs"),
    form("/desk/tokens", desk.make_token, "Make a token", *desk.TOKEN_FIELDS),
    form("/desk/tokens/withdrawn", desk.drop_tokens, "Withdraw all tokens"),
)
_TRAIL = page(
    "/desk/audit",
    desk.audit,
    "Who did what",
    Field(name="target", means="only what was done to this"),
    role="editor",
)

PAGES = (
    *_SIGNING,
    *(replace(one, role="analyst", cached=False) for one in _DESK),
    _TRAIL,
)
