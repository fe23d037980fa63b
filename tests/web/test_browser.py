"""Journeys in a real browser (Chromium by Playwright); pictures of each in out/screenshots."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from detente.store import open_record
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "out" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
if not CHROMIUM.exists():
    pytest.skip(
        "browser: no /usr/bin/chromium here (apt-get install chromium)", allow_module_level=True
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(dossier: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site as the command serves it, in a process of its own; its address."""
    copy = tmp_path_factory.mktemp("served") / "detente.db"
    with open_record(dossier, read_only=True) as record:
        record.back_up(copy)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "detente", "serve", "--record", str(copy), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    _wait_for(address, server)
    yield address
    server.terminate()
    server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            with urlopen(f"{address}/sign-in") as answer:
                assert answer.status == 200
            return
        except OSError:
            assert server.poll() is None, "the server stopped"
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


Open = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any, site: str) -> Iterator[Open]:
    """Opens pages; fails if one asks anything of another server or breaks its content policy."""
    contexts, complaints = [], []

    def made(**wishes: Any) -> Any:
        context = browser.new_context(base_url=site, **wishes)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: r.url.startswith(site) or complaints.append(f"asks {r.url}"))
        page.on("console", lambda m: m.type == "error" and complaints.append(m.text))
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.set_default_timeout(30_000)
        return page

    yield made
    for context in contexts:
        context.close()
    kept = [c for c in complaints if "status of 40" not in c]
    assert kept == []


def sign_in(page: Any, user: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Name").fill(user)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk")


def picture(page: Any, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=True)


def test_reading_a_brief_and_opening_a_citation(open_page: Open):
    page = open_page(viewport={"width": 1200, "height": 900})
    page.goto("/")
    picture(page, "home")
    page.locator(".card h2 a").first.click()
    page.wait_for_url("**/briefs/inf-treaty")
    picture(page, "brief")
    page.locator("a.cite").nth(2).click()
    page.wait_for_url("**/reports/**")
    marked = page.locator("mark.cited").first
    assert marked.is_visible()
    box = marked.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
    picture(page, "report")
    coded = page.locator("a.coded[href]").first
    coded.hover()
    assert coded.locator(".tip").is_visible()
    picture(page, "report-hover")


def test_leaving_approving_and_seeing_a_comment(open_page: Open):
    page = open_page()
    page.goto("/briefs/inf-treaty")
    page.get_by_label("Name *").fill("Nora")
    page.get_by_label("E-mail *").fill("nora@example.org")
    page.get_by_label("Comment *").fill("A word from the browser.")
    page.get_by_role("button", name="Send comment").click()
    page.wait_for_url("**/comments/**")
    picture(page, "comment-waits")
    page.get_by_label("Comment by Nora").fill("A better word from the browser.")
    page.get_by_role("button", name="Change comment").click()
    page.goto("/briefs/inf-treaty")
    assert "from the browser" not in page.content()
    desk = open_page()
    sign_in(desk, "ana")
    desk.goto("/desk/comments")
    picture(desk, "moderation")
    desk.get_by_role("button", name="Approve").click()
    desk.wait_for_url("**/desk/comments")
    page.reload()
    assert "A better word from the browser." in page.content()
    assert "nora@example.org" not in page.content() + desk.content()


def test_filtering_the_chronology_and_sharing_its_address(open_page: Open):
    page = open_page()
    page.goto("/chronology")
    page.get_by_label("Actor").fill("usa")
    page.get_by_label("Act", exact=True).select_option("CONSULT")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/chronology?**")
    assert "actor=usa" in page.url
    assert "recipient" not in page.url
    first = page.locator(".line").first.inner_text()
    other = open_page()
    other.goto(page.url)
    assert other.locator(".line").first.inner_text() == first
    picture(other, "chronology")


def test_ruling_on_an_event_changes_the_briefs_count(open_page: Open):
    page = open_page()
    sign_in(page, "ana")
    twin = page.request.get("/briefs/inf-treaty.json").json()
    event = next(s["events"][0]["id"] for s in twin["brief"]["background"] if s["events"])
    page.goto("/briefs/inf-treaty")
    before = page.locator("#rests").inner_text()
    page.goto(f"/desk/events/{event}")
    page.get_by_label("Reason").fill("not an event")
    page.get_by_role("button", name="Reject").click()
    page.wait_for_url(f"**/desk/events/{event}")
    picture(page, "event-ruled")
    reader = open_page()
    reader.goto("/briefs/inf-treaty")
    after = reader.locator("#rests").inner_text()
    assert f"Rests on {twin['rests_on']['events'] - 1} coded" in after
    assert "1 rejected" in after
    assert after != before


def test_publishing_and_correcting_a_brief(open_page: Open):
    page = open_page()
    sign_in(page, "eve")
    page.goto("/desk/briefs")
    page.get_by_label("Countries").fill("USA,RUS")
    page.get_by_label("Its name").fill("journey")
    page.get_by_role("button", name="Compose").click()
    page.wait_for_url("**/desk/briefs/journey")
    picture(page, "draft")
    page.get_by_role("button", name="Mark as reviewed").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_label("Note").fill("The headline said too much.")
    page.get_by_label("Headline").fill("A careful headline")
    page.get_by_role("button", name="Publish a correction").click()
    page.wait_for_load_state()
    reader = open_page()
    reader.goto("/briefs/journey")
    assert reader.locator("h1").inner_text() == "A careful headline"
    assert "The headline said too much." in reader.locator(".correction").inner_text()
    picture(reader, "brief-corrected")


def test_the_review_queue_by_keyboard_only(open_page: Open):
    page = open_page()
    sign_in(page, "ana")
    page.goto("/desk/review")
    picture(page, "review")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("[data-item]").nth(1)
    form = second.locator("form").get_attribute("action")
    page.keyboard.press("c")
    page.keyboard.type("checked by hand")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    gone = "form => ![...document.forms].some(one => one.getAttribute('action') === form)"
    page.wait_for_function(gone, arg=form, timeout=20_000)
    assert page.locator("[data-item]").count() > 5


def test_a_page_is_walked_by_keyboard_only(open_page: Open):
    page = open_page()
    page.goto("/briefs/inf-treaty")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "cite":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/**")
    assert page.locator("mark.cited").first.is_visible()


def test_without_javascript(open_page: Open):
    page = open_page(java_script_enabled=False)
    page.goto("/briefs/inf-treaty")
    page.locator("a.cite").first.click()
    assert page.locator("mark.cited").first.is_visible()
    page.goto("/chronology")
    page.get_by_label("Status").select_option("done")
    page.get_by_role("button", name="Show").click()
    assert "status=done" in page.url
    assert page.locator(".line").count() > 5
    page.goto("/briefs/inf-treaty")
    page.get_by_label("Name *").fill("Sam")
    page.get_by_label("E-mail *").fill("sam@example.org")
    page.get_by_label("Comment *").fill("Without a script.")
    page.get_by_role("button", name="Send comment").click()
    assert "waits for approval" in page.content()
    sign_in(page, "ana")
    page.goto("/desk/review")
    page.get_by_label("Reason").first.fill("fine")
    page.get_by_role("button", name="Confirm").first.click()
    assert page.url.endswith("/desk/review")


SHOWN = (
    ("/", "home"),
    ("/briefs/inf-treaty", "brief"),
    ("/chronology", "chronology"),
    ("/dyads/USA/RUS", "dyad"),
    ("/dyads", "dyads"),
    ("/actors/USA", "actor"),
    ("/agreements", "agreements"),
    ("/map", "map"),
    ("/search?q=missile", "search"),
)


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 390), ("dark", 1400)])
def test_pages_fit_their_screen(open_page: Open, scheme: str, width: int):
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 844})
    for where, name in SHOWN:
        page.goto(where)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{where} is {wide} wide"
        picture(page, f"{name}-{scheme}-{width}")


def test_print_leaves_out_what_paper_cannot_do(open_page: Open):
    page = open_page()
    page.goto("/briefs/inf-treaty")
    page.emulate_media(media="print")
    assert not page.locator("header.site").is_visible()
    assert not page.locator("form.reply").first.is_visible()
    assert page.locator("#sources").is_visible()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's script, from the npm registry."""
    if shutil.which("npm") is None:
        pytest.skip("browser: no npm here, which brings axe-core")
    folder = tmp_path_factory.mktemp("axe")
    packed = subprocess.run(
        ["npm", "pack", "axe-core@4", "--silent"], cwd=folder, capture_output=True, check=False
    )
    archive = next(folder.glob("axe-core-*.tgz"), None)
    if packed.returncode or archive is None:
        pytest.skip("browser: the npm registry does not give axe-core")
    shutil.unpack_archive(archive, folder, filter="data")
    return (folder / "package" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(open_page: Open, axe: str, scheme: str):
    page = open_page(color_scheme=scheme, bypass_csp=True)
    sign_in(page, "eve")
    report = page.request.get("/search.json?q=treaty").json()["reports"][0]["id"]
    incident = page.request.get("/chronology.json").json()["occurrences"][0]["incident"]
    desk = ("/desk", "/desk/review", "/desk/briefs", "/desk/sources", "/desk/tokens")
    more = (f"/reports/{report}?at=0-40", f"/incidents/{incident}", "/desk/briefs/inf-treaty")
    faults = []
    for where in (*(w for w, _ in SHOWN), *desk, *more):
        page.goto(where)
        page.evaluate(axe)
        found = page.evaluate("axe.run().then(r => r.violations)")
        faults += [
            (where, v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:200])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
    assert faults == []
