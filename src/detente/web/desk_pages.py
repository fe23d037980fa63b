"""The addresses of the desk: each with the least role that may ask it."""

from __future__ import annotations

from detente.web import desk, drafting, signin
from detente.web.routes import Field, Page

PAGES = (
    Page(
        path="/sign-in",
        show=signin.sign_in_page,
        summary="The sign-in",
        queries=(Field(name="next", means="where to go on"),),
    ),
    Page(
        path="/sign-in",
        show=signin.sign_in,
        summary="Sign in",
        method="POST",
        fields=signin.FIELDS,
        twin=False,
    ),
    Page(
        path="/sign-out",
        show=signin.sign_out,
        summary="Sign out",
        role="reader",
        method="POST",
        twin=False,
    ),
    Page(path="/desk", show=desk.desk, summary="What waits for someone", role="analyst"),
    Page(
        path="/desk/review", show=desk.review, summary="Events that need eyes most", role="analyst"
    ),
    Page(
        path="/desk/events/{event}",
        show=desk.event_page,
        summary="One event, to rule on",
        role="analyst",
    ),
    Page(
        path="/desk/events/{event}/rulings",
        show=desk.rule_on_event,
        summary="Confirm, reject or amend an event",
        role="analyst",
        method="POST",
        fields=desk.RULING_FIELDS,
    ),
    Page(
        path="/desk/incidents/{incident}/rulings",
        show=desk.rule_on_incident,
        summary="Merge or split incidents",
        role="analyst",
        method="POST",
        fields=desk.GROUPING_FIELDS,
    ),
    Page(path="/desk/comments", show=desk.moderation, summary="Comments that wait", role="analyst"),
    Page(
        path="/desk/comments/{comment}",
        show=desk.judge,
        summary="Approve or refuse a comment",
        role="analyst",
        method="POST",
        fields=desk.JUDGE_FIELDS,
    ),
    Page(path="/desk/briefs", show=drafting.drafts, summary="All briefs", role="analyst"),
    Page(
        path="/desk/briefs",
        show=drafting.draft,
        summary="Compose a draft from the record",
        role="analyst",
        method="POST",
        fields=drafting.DRAFT_FIELDS,
    ),
    Page(
        path="/desk/briefs/{brief}",
        show=drafting.draft_page,
        summary="A brief at the desk",
        role="analyst",
    ),
    Page(
        path="/desk/briefs/{brief}",
        show=drafting.advance,
        summary="Edit, review, publish or correct a brief",
        role="analyst",
        method="POST",
        fields=drafting.EDIT_FIELDS,
    ),
    Page(
        path="/desk/briefs/{brief}/picture",
        show=drafting.add_picture,
        summary="Choose a brief's picture",
        role="analyst",
        method="POST",
        fields=drafting.PICTURE_FIELDS,
    ),
    Page(path="/desk/sources", show=desk.sources, summary="Sources, graded", role="analyst"),
    Page(
        path="/desk/sources",
        show=desk.grade,
        summary="Grade a source",
        role="analyst",
        method="POST",
        fields=desk.GRADE_FIELDS,
    ),
    Page(path="/desk/tokens", show=desk.tokens, summary="Tokens for programs", role="analyst"),
    Page(
        path="/desk/tokens",
        show=desk.make_token,
        summary="Make a token",
        role="analyst",
        method="POST",
        fields=desk.TOKEN_FIELDS,
    ),
    Page(
        path="/desk/tokens/withdrawn",
        show=desk.drop_tokens,
        summary="Withdraw all tokens",
        role="analyst",
        method="POST",
    ),
    Page(
        path="/desk/audit",
        show=desk.audit,
        summary="Who did what",
        role="editor",
        queries=(Field(name="target", means="only what was done to this"),),
    ),
)
