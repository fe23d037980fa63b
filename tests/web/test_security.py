"""What someone who means harm tries."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from detente.web.addresses import pages
from detente.web.app import make_app
from detente.web.naming import safe_link
from detente.web.routes import Page
from detente.web.settings import Settings
from detente.web.signin import local
from tests.web.conftest import EVIL, PASSWORD, Reach, hostile_report, send, token_of


class Dangers(HTMLParser):
    """Collects what a browser would run or load from elsewhere."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        own = named.get("src") == "/static/desk.js" or named.get("type") == "application/ld+json"
        if tag == "script" and not own:
            self.found.append(f"script {attrs}")
        if tag in ("iframe", "object", "embed", "base", "style"):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "action") and re.match(
                r"\s*(javascript|data|vbscript):", value or "", re.IGNORECASE
            ):
                self.found.append(f"{tag} {name}={value}")
            if name == "src" and (value or "").startswith(("http", "//")):
                self.found.append(f"{tag} {name}={value}")


def dangers(html: str) -> list[str]:
    parser = Dangers()
    parser.feed(html)
    return parser.found


def test_the_finder_finds():
    assert len(dangers("<script>1</script><a href=' JavaScript:x'>y</a><b onclick=z>")) == 3


def test_a_hostile_report_is_shown_as_words(reach: Reach):
    client, report = reach("eve"), hostile_report()
    event = client.get(f"/reports/{report.id}.json").json()["events"][0]
    pages_shown = [
        f"/reports/{report.id}",
        f"/reports/{report.id}?at=0-10",
        f"/incidents/{event['incident']}",
        f"/desk/events/{event['id']}",
        "/chronology?actor=RUS&recipient=UKR",
        "/dyads/RUS/UKR",
        "/search?q=accused",
        "/desk/sources",
        "/desk/review",
        "/actors/UKR",
    ]
    for page in pages_shown:
        shown = client.get(page)
        assert shown.status_code == 200, page
        assert dangers(shown.text) == [], page
    assert "alert(1)" in client.get(f"/reports/{report.id}").text
    atom = client.get("/chronology.atom?actor=RUS&recipient=UKR").text
    assert "<script" not in atom
    assert "alert(1)" in atom


QUERIES = [
    (page.path, field.name)
    for page in pages()
    if page.method == "GET" and "{" not in page.path and not page.role
    for field in page.queries
]


@pytest.mark.parametrize(("where", "name"), QUERIES)
def test_nothing_typed_into_an_address_runs(reach: Reach, where: str, name: str):
    shown = reach().get(where, params={name: EVIL})
    assert shown.status_code < 500
    if "html" in shown.headers["content-type"]:
        assert dangers(shown.text) == []
    else:
        assert "<script" not in shown.text


@pytest.mark.parametrize("page", [p for p in pages() if p.method == "GET"], ids=lambda p: p.path)
def test_nothing_typed_into_a_path_runs_or_reaches_files(reach: Reach, page: Page):
    client = reach("eve")
    tried = (EVIL, "' OR 1=1 --", "..%2f..%2fetc%2fpasswd", "%00", "x" * 3000, "🙈")
    for word in tried:
        path = "/".join(
            word.replace("/", "%2f") if part[:1] == "{" else part for part in page.path.split("/")
        )
        shown = client.get(path, follow_redirects=False)
        assert shown.status_code < 500, path
        if "html" in shown.headers.get("content-type", ""):
            assert dangers(shown.text) == []
        assert "root:" not in shown.text
        if "{" in page.path:
            assert shown.status_code in (200, 303, 404), (path, shown.status_code)


@pytest.mark.parametrize(
    "asked",
    (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fapp.py",
        "/static//etc/passwd",
    ),
)
def test_static_files_are_those_of_their_folder_only(reach: Reach, asked: str):
    assert reach().get(asked).status_code in (404, 405)


def test_a_comment_cannot_carry_markup(reach: Reach):
    reader, ana = reach(), reach("ana")
    sent = {"name": EVIL[:60], "email": "a@example.org"}
    text = f"{EVIL}<a href=javascript:alert(1)>x</a><svg/onload=alert(1)><em onclick=x>fine</em>"
    to = "/briefs/inf-treaty/comments"
    assert send(reader, "/briefs/inf-treaty", to, **sent, text=text).status_code == 303
    assert dangers(ana.get("/desk/comments").text) == []
    number = ana.get("/desk/comments.json").json()["comments"][0]["id"]
    send(ana, "/desk/comments", f"/desk/comments/{number}", verdict="approve")
    shown = reader.get("/briefs/inf-treaty").text
    assert dangers(shown) == []
    assert "<em>fine</em>" in shown


def test_what_the_desk_types_cannot_run(reach: Reach):
    eve, reader = reach("eve"), reach()
    event = eve.get("/desk/review.json").json()["events"][0]
    page = f"/desk/events/{event['id']}"
    send(eve, page, f"{page}/rulings", kind="confirm", reason=EVIL)
    send(eve, "/desk/briefs", "/desk/briefs", about="USA,RUS", name="second")
    brief = "/desk/briefs/second"
    send(eve, brief, brief, state="reviewed", title=EVIL, note=EVIL)
    send(eve, brief, brief, state="published")
    send(eve, brief, brief, state="corrected", note=EVIL)
    send(eve, "/desk/sources", "/desk/sources", outlet=EVIL, reliability="A", credibility="1",
         reason=EVIL)  # fmt: skip
    send(eve, "/desk/tokens", "/desk/tokens", label=EVIL[:70])
    seen = [reader.get(p).text for p in ("/briefs/second", "/", f"/incidents/{event['incident']}")]
    seen += [eve.get(p).text for p in ("/desk", brief, page, "/desk/audit", "/desk/tokens")]
    seen += [eve.get(f"/reports/{event['report']}").text, eve.get("/desk/sources").text]
    for html in seen:
        assert dangers(html) == []
    assert "<script" not in reader.get("/briefs.atom").text
    linked = re.findall(r"ld\+json\">(.*?)</script>", seen[0], re.S)
    assert len(linked) == 1
    assert "<" not in linked[0]


def test_every_form_carries_a_token_and_none_is_taken_without(reach: Reach):
    ana = reach("ana")
    for page in (
        "/desk/review",
        "/desk/briefs",
        "/desk/sources",
        "/desk/tokens",
        "/briefs/inf-treaty",
    ):
        html = ana.get(page).text
        forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", html, re.S)
        assert forms
        assert all('name="token" value="' in form for form in forms)


POSTS = [p for p in pages() if p.method == "POST"]


@pytest.mark.parametrize("page", POSTS, ids=lambda p: p.path)
def test_no_post_is_taken_without_its_token(reach: Reach, page: Page):
    eve, other = reach("eve"), reach("ana")
    path = re.sub(r"{\w+}", "inf-treaty", page.path)
    strangers = token_of(other.get("/desk/tokens").text)
    for given in ({}, {"token": ""}, {"token": "0" * 80}, {"token": strangers}):
        assert eve.post(path, data=given).status_code == 403
    own = token_of(eve.get("/desk/tokens").text)
    crossed = eve.post(path, data={"token": own}, headers={"sec-fetch-site": "cross-site"})
    assert crossed.status_code == 403


def test_a_session_planted_before_the_sign_in_is_not_taken_over(reach: Reach):
    client = reach()
    client.cookies.set("detente_session", "planted-by-someone-else")
    client.cookies.set("detente_visitor", "planted-too")
    answer = send(client, "/sign-in", "/sign-in", name="ana", password=PASSWORD)
    given = re.findall(r"detente_session=([^;]+)", answer.headers["set-cookie"])
    assert given
    assert given[0] != "planted-by-someone-else"
    assert len(given[0]) >= 40
    other = reach()
    other.cookies.set("detente_session", "planted-by-someone-else")
    assert other.get("/desk", follow_redirects=False).status_code == 303


def test_each_sign_in_has_a_new_session_and_ends_the_one_before(reach: Reach):
    client = reach()
    send(client, "/sign-in", "/sign-in", name="ana", password=PASSWORD)
    first = client.cookies["detente_session"]
    send(client, "/sign-in", "/sign-in", name="ana", password=PASSWORD)
    second = client.cookies["detente_session"]
    assert first != second
    other = reach()
    other.cookies.set("detente_session", first)
    assert other.get("/desk", follow_redirects=False).status_code == 303


def test_guessing_locks_the_name_even_for_the_right_password(reach: Reach):
    client = reach()
    for _ in range(5):
        assert send(client, "/sign-in", "/sign-in", name="ana", password="guess").status_code == 401
    locked = send(client, "/sign-in", "/sign-in", name="ana", password=PASSWORD)
    assert locked.status_code == 429
    assert send(client, "/sign-in", "/sign-in", name="eve", password=PASSWORD).status_code == 303


def test_after_a_sign_in_nobody_is_sent_elsewhere():
    for address in (
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/\n/evil",
        "",
        "x",
    ):
        assert local(address) == "/desk"
    assert local("/desk/review?x=1") == "/desk/review?x=1"


def test_only_addresses_of_the_web_are_linked():
    assert safe_link("https://a.example/x") == "https://a.example/x"
    for address in ("javascript:x", "JAVASCRIPT:x", " javascript:x", "data:text/html,x", "https:x",
                    "java\nscript:x", "ftp://a.example", "http://[", None, ""):  # fmt: skip
        assert safe_link(address) == ""


GUARDED = [p for p in pages() if p.role]
NEEDED = {"": 0, "reader": 1, "analyst": 2, "editor": 3}


@pytest.mark.parametrize("page", GUARDED, ids=lambda p: f"{p.method} {p.path}")
def test_each_address_refuses_every_lesser_role(reach: Reach, page: Page):
    path = re.sub(r"{\w+}", "inf-treaty", page.path)
    twin = re.sub(r"{\w+}", "inf-treaty", page.twin_path)
    for user, role in (("", ""), ("rita", "reader"), ("ana", "analyst"), ("eve", "editor")):
        client = reach(user)
        told = client.request(page.method, path, follow_redirects=False)
        if NEEDED[role] >= NEEDED[page.role]:
            if page.method == "GET":
                assert told.status_code in (200, 404)
            else:
                assert "the form is out of date" in told.text
            continue
        if not user and page.method == "GET":
            assert (told.status_code, told.headers["location"][:9]) == (303, "/sign-in?")
        else:
            assert told.status_code == (403 if user else 401)
        if page.twin:
            assert client.request(page.method, twin).status_code == (403 if user else 401)


def test_headers(reach: Reach, path):
    for where in (
        "/",
        "/briefs/inf-treaty",
        "/nope",
        "/chronology.json",
        "/static/desk.css",
        "/sign-in",
    ):
        told = reach().get(where).headers
        policy = told["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert told["x-content-type-options"] == "nosniff"
        assert told["x-frame-options"] == "DENY"
        assert "strict-transport-security" not in told
    answer = send(reach(), "/sign-in", "/sign-in", name="ana", password=PASSWORD)
    cookies = answer.headers.get_list("set-cookie")
    session = next(c for c in cookies if c.startswith("detente_session="))
    assert {"httponly", "samesite=lax"} <= {p.strip().lower() for p in session.split(";")}


def test_behind_tls_cookies_are_secure_and_hsts_is_sent(path):
    from starlette.testclient import TestClient

    app = make_app(path, Settings(fresh=0.0, tls=True))
    with TestClient(app, base_url="https://testserver") as client:
        told = client.get("/sign-in")
        assert "max-age=31536000" in told.headers["strict-transport-security"]
        assert "secure" in told.headers["set-cookie"].lower()


def test_a_body_over_the_limit_is_refused_whatever_it_claims(reach: Reach):
    client = reach("ana")
    assert client.post("/sign-in", content=b"x" * 200_000).status_code == 413

    def pieces():
        for _ in range(30):
            yield b"y" * 10_000

    assert client.post("/sign-in", content=pieces()).status_code == 413


def test_the_host_of_a_request_is_never_believed(reach: Reach):
    told = reach().get("/briefs/inf-treaty", headers={"host": "evil.example"}).text
    assert "evil.example" not in told


def test_a_program_with_an_unknown_token_is_refused_everywhere(reach: Reach):
    bearer = {"authorization": "Bearer made-up"}
    assert reach().get("/chronology.json", headers=bearer).status_code == 401
