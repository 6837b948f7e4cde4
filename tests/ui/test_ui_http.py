"""What a stranger, a neighbour and a foreign page can do over HTTP: nothing.

Rows name those of the list of attacks that the page is held against.
"""

import re
import threading

import pytest

TestClient = pytest.importorskip("fastapi.testclient").TestClient

from drafter.errors import SettingsError  # noqa: E402
from drafter.settings import Settings  # noqa: E402
from drafter.ui.app import build_app, check_exposure  # noqa: E402
from drafter.ui.place import Place  # noqa: E402


class Caller:
    """A browser without a screen: calls page events by component and event name."""

    def __init__(self, app, base_url="http://127.0.0.1", prefix=""):
        self.http = TestClient(
            app, base_url=base_url, follow_redirects=False, raise_server_exceptions=False
        )
        self.prefix = prefix
        self.session = "session1"

    def config(self):
        return self.http.get(f"{self.prefix}/config").json()

    def event(self, name, kind="click"):
        config = self.config()
        ids = {c["props"].get("elem_id"): c["id"] for c in config["components"]}
        for found in config["dependencies"]:
            if [ids[name], kind] in [list(t) for t in found["targets"]]:
                return found, config
        raise AssertionError(f"no event {kind} on {name}")

    def post(self, name, data, kind="click", **more):
        found, _ = self.event(name, kind)
        body = {"fn_index": found["id"], "data": data, "session_hash": self.session, **more}
        return self.http.post(f"{self.prefix}/gradio_api/run/predict", json=body)

    def call(self, name, data, kind="click"):
        """Return the outputs of an event by element id."""
        found, config = self.event(name, kind)
        answer = self.post(name, data, kind).json()
        names = {c["id"]: c["props"].get("elem_id") for c in config["components"]}
        return dict(zip([names[i] for i in found["outputs"]], answer["data"], strict=True))

    def load(self):
        config = self.config()
        found = next(d for d in config["dependencies"] if d["targets"][0][1] == "load")
        body = {"fn_index": found["id"], "data": [""], "session_hash": self.session}
        answer = self.http.post(f"{self.prefix}/gradio_api/run/predict", json=body).json()
        return answer["data"][0]


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    app = build_app(Settings(home=tmp_path_factory.mktemp("local")))
    with TestClient(app):
        yield app


@pytest.fixture
def local(shared):
    return Caller(shared)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """An office with accounts."""
    from drafter.ui.accounts import hash_password

    home = tmp_path_factory.mktemp("county")
    path = home / "accounts"
    lines = [f"{name}:{hash_password(name * 3)}" for name in ("alice", "bob")]
    path.write_text("\n".join(lines), encoding="utf-8")
    app = build_app(Settings(home=home, accounts_file=str(path), host="0.0.0.0"))
    with TestClient(app):
        yield app


def signed_in(app, name, base_url="http://office.example"):
    caller = Caller(app, base_url)
    answer = caller.http.post("/login", data={"name": name, "password": name * 3})
    assert answer.status_code == 303
    caller.session = f"session{name}"
    return caller


PUBLIC = ["/login", "/healthz", "/page/page.css", "/page/page.js", "/favicon.ico"]
GUARDED = [
    ("GET", "/config"),
    ("GET", "/en/config"),
    ("GET", "/gradio_api/app_id"),
    ("GET", "/gradio_api/heartbeat/abc"),
    ("GET", "/gradio_api/startup-events"),
    ("GET", "/projects/1/export"),
    ("GET", "/projects/1/batch"),
    ("GET", "/projects/1/files/1"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/en/gradio_api/run/predict"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/reset"),
    ("POST", "/projects/1/typed"),
]
CLOSED = [
    "/gradio_api/info",
    "/gradio_api/openapi.json",
    "/openapi.json",
    "/docs",
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/file=http://127.0.0.1:1/",
    "/gradio_api/file=https://example.com/",
    "/gradio_api/proxy=https://example.com/",
    "/file=/etc/passwd",
    "/gradio_api/file=../../projects.db",
    "/gradio_api/queue/data?session_hash=abc",
    "/gradio_api/queue/status",
    "/gradio_api/call/run/abc",
    "/monitoring",
    "/gradio_api/vibe-code/",
    "/gradio_api/dev/reload",
    "/token",
    "/page/..%2f..%2fapp.py",
    "/page/none.py",
    "/assets/../../../../etc/passwd",
    "/static/..%2f..%2f..%2fetc%2fpasswd",
    "/en/gradio_api/file=/etc/passwd",
]
CLOSED_POSTS = [
    "/gradio_api/queue/join",
    "/gradio_api/cancel",
    "/gradio_api/call/run",
    "/gradio_api/component_server",
    "/gradio_api/api/run",
    "/gradio_api/stream/abc",
    "/gradio_api/vibe-edit/",
    "/run/predict",
    "/projects/1/export",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_only_these_addresses_are_open_to_anybody(county, path):
    assert TestClient(county, base_url="http://office.example").get(path).status_code == 200


@pytest.mark.parametrize(("method", "path"), GUARDED)
def test_without_a_sign_in_every_address_is_closed_row_61(county, method, path):
    http = TestClient(county, base_url="http://office.example", follow_redirects=False)
    assert http.request(method, path).status_code == 401


def test_the_page_itself_leads_to_the_sign_in(county):
    http = TestClient(county, base_url="http://office.example", follow_redirects=False)
    answer = http.get("/", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


@pytest.mark.parametrize("path", CLOSED)
def test_what_the_page_does_not_use_is_not_reachable(local, path):
    answer = local.http.get(path)
    assert answer.status_code in {403, 404}
    assert "root:" not in answer.text


@pytest.mark.parametrize("path", CLOSED_POSTS)
def test_posts_that_the_page_does_not_use_are_not_reachable(local, path):
    assert local.http.post(path, json={}).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1.evil.example"},
        {"origin": "http://127.0.0.1:9"},
        {"sec-fetch-site": "cross-site"},
        {"origin": ""},
    ],
)
def test_a_foreign_page_cannot_post_row_62(local, headers):
    answer = local.http.post("/gradio_api/run/predict", json={}, headers=headers)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_no_origin_is_let_in_by_cors(local):
    answer = local.http.get("/config", headers={"origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_local_page_answers_to_its_own_names_only(shared):
    http = TestClient(shared, base_url="http://evil.example")
    assert http.get("/config").status_code == 403


def test_a_forged_host_header_changes_nothing_row_63(local):
    answer = local.http.get("/config", headers={"x-forwarded-host": "evil.example"})
    assert "evil.example" not in answer.text


def test_a_hundred_tries_end_after_five_row_64(tmp_path):
    from drafter.ui.accounts import Door, hash_password

    clock = [0.0]
    door = Door({"alice": hash_password("right-one")}, lambda: clock[0])
    assert door.enter("alice", "right-one", "10.0.0.1")
    assert not any(door.enter("alice", f"wrong{n}", "10.0.0.1") for n in range(5))
    assert not door.enter("alice", "right-one", "10.0.0.2")
    assert door.locked("n:alice")
    clock[0] = 301
    assert door.enter("alice", "right-one", "10.0.0.2")


def test_a_locked_sign_in_says_so(county):
    http = TestClient(county, base_url="http://office.example", client=("10.9.9.9", 1))
    wrong = [
        http.post("/login", data={"name": "nobody", "password": "x"}).status_code for _ in range(7)
    ]
    assert wrong[:4] == [401] * 4
    assert wrong[-1] == 429


def test_a_cookie_is_not_for_scripts(county):
    http = TestClient(county, base_url="http://office.example", follow_redirects=False)
    answer = http.post("/login", data={"name": "alice", "password": "alice" * 3})
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "samesite=lax" in answer.headers["set-cookie"].lower()


def test_signing_out_needs_a_post_and_ends_the_session(county):
    alice = signed_in(county, "alice")
    assert alice.http.get("/logout").status_code == 404
    assert alice.http.post("/logout").status_code == 303
    assert alice.http.get("/config").status_code == 401


@pytest.mark.parametrize("path", ["/", "/config", "/login", "/gradio_api/file=/etc/passwd"])
def test_every_answer_carries_the_policy(county, path):
    headers = TestClient(county, base_url="http://office.example").get(path).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self' 'nonce-" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_inline_scripts_carry_the_nonce_of_their_own_answer(local):
    first, second = local.http.get("/"), local.http.get("/")
    nonce = first.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    assert f'<script nonce="{nonce}"' in first.text
    assert "<script>" not in first.text
    assert nonce not in second.text


# --------------------------------------------------------------------------- size


def test_a_hundred_megabytes_are_refused_row_30(local):
    answer = local.http.post("/gradio_api/run/predict", content=b"x" * (5 * 1024 * 1024))
    assert answer.status_code == 413
    said = {"content-length": str(100 * 1024 * 1024)}
    assert local.http.post("/gradio_api/run/predict", headers=said).status_code == 413


def test_a_body_without_a_length_is_counted_as_it_comes(local):
    pieces = (b"x" * 65_536 for _ in range(100))
    answer = local.http.post("/gradio_api/run/predict", content=pieces)
    assert answer.status_code == 413


def test_a_large_upload_is_refused_row_26(local):
    files = {"files": ("a.txt", b"x" * (26 * 1024 * 1024))}
    assert local.http.post("/gradio_api/upload", files=files).status_code == 413


# --------------------------------------------------------------------------- two users


def test_bob_reaches_nothing_of_alices_row_60(county):
    alice, bob = signed_in(county, "alice"), signed_in(county, "bob")
    place = alice.load()
    number = place.split(".")[0]
    said = bob.call("facts-add", [place, "偷看"])
    assert "别的用户" in said["notice"]
    assert "facts-table" not in said or said["facts-table"] == {"__type__": "update"}
    for path in (f"/projects/{number}/export", f"/projects/{number}/batch"):
        assert bob.http.get(path).status_code == 403
    assert bob.http.get(f"/projects/{number}/files/1").status_code == 403
    assert bob.load().split(".")[0] != number


def test_bob_cannot_use_alices_session_name_row_60(county):
    alice, bob = signed_in(county, "alice"), signed_in(county, "bob")
    alice.load()
    bob.session = alice.session
    assert bob.post("facts-add", ["", "x"]).status_code == 403
    assert bob.http.get(f"/gradio_api/heartbeat/{alice.session}").status_code == 403


def test_an_upstreams_header_names_the_user(tmp_path):
    app = build_app(Settings(home=tmp_path, user_header="X-Remote-User", host="0.0.0.0"))
    with TestClient(app):
        http = TestClient(app, base_url="http://office.example")
        assert http.get("/config").status_code == 401
        assert http.get("/config", headers={"x-remote-user": "alice"}).status_code == 200


def test_without_accounts_the_network_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="DRAFTER_ACCOUNTS"):
        check_exposure(Settings(home=tmp_path, host="0.0.0.0"))


# --------------------------------------------------------------------------- odd calls, row 65


@pytest.mark.parametrize(
    "place",
    [
        "",
        "x",
        "0.s1.0.p",
        "999999.s1.0.p",
        "1.s999.0.p",
        "1.s1.-5.p",
        "1.' or 1=1.0.p",
        7,
        None,
        [],
    ],
)
def test_a_place_that_cannot_be_is_one_plain_line(local, place):
    local.load()
    answer = local.post("draft-one", [place, "文字"])
    assert answer.status_code == 200
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("data", [[], ["1.s1.0.p"], ["1.s1.0.p", {"a": 1}], ["1.s1.0.p", 5, 6, 7]])
def test_missing_or_wrong_values_are_refused_without_a_traceback(local, data):
    local.load()
    answer = local.post("facts-add", data)
    assert answer.status_code in {200, 422, 500}
    for told in ("Traceback", "site-packages", 'File "'):
        assert told not in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"fn_index": 99999, "data": []}'])
def test_a_body_that_is_no_call_breaks_nothing(local, body):
    answer = local.http.post(
        "/gradio_api/run/predict", content=body, headers={"content-type": "application/json"}
    )
    assert 400 <= answer.status_code <= 500
    assert "site-packages" not in answer.text
    assert local.http.get("/healthz").status_code == 200


def test_an_unknown_export_form_is_one_plain_line(local):
    number = local.load().split(".")[0]
    answer = local.http.get(f"/projects/{number}/export?form=exe")
    assert (answer.status_code, "格式" in answer.text) == (400, True)


def test_an_export_of_nothing_asks_for_a_draft_first_row_74(local):
    place = local.call("project-new", [local.load()])["place"]
    answer = local.http.get(f"/projects/{place.split('.')[0]}/export")
    assert (answer.status_code, "还没有正文" in answer.text) == (400, True)


def test_a_double_click_starts_one_job_row_66(local):
    place = local.load()
    threads = [
        threading.Thread(target=local.post, args=("draft-all", [place, ""])) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    project = local.http.app.state.bench.store.project("本机用户", int(place.split(".")[0]))
    assert all(len(project.history("section", key)) == 1 for key in project.entries("section"))


def test_our_static_files_are_kept_under_the_address_of_their_content(local):
    page = local.http.get("/").text
    for name in ("early.js", "page.js", "page.css"):
        found = re.search(rf'"(/page/{re.escape(name)}\?v=\w+)"', page)
        assert found, name
        assert "immutable" in local.http.get(found[1]).headers["cache-control"]
        assert local.http.get(f"/page/{name}").headers["cache-control"] == "no-cache"
        assert local.http.get(f"/page/{name}?v=other").headers["cache-control"] == "no-cache"


def test_nothing_of_a_page_is_kept_by_browsers_on_shared_machines(local):
    assert local.http.get("/").headers["cache-control"] == "no-store"
    assert local.config()["run_history"] is False


# --------------------------------------------------------------------------- what a page hands in


def typed(caller, number, place, text):
    said = {"place": place, "text": text}
    return caller.http.post(f"/projects/{number}/typed", json=said)


def test_what_a_closed_page_still_held_is_saved(local):
    place = local.call("project-new", [local.load()])["place"]
    local.call("facts-add", [place, "全镇党员846名"])
    local.call("outline-make", [place, "一、抓实党建"])
    number = int(place.split(".")[0])
    there = str(Place(number, "s1", 0, "closing"))
    assert typed(local, number, there, "关闭前打的字。").status_code == 204
    project = local.http.app.state.bench.store.project("本机用户", number)
    assert project.entry("section", "s1").text == "关闭前打的字。"


def test_only_the_owner_hands_text_in_and_only_from_our_page(county):
    alice, bob = signed_in(county, "alice"), signed_in(county, "bob")
    number = alice.load().split(".")[0]
    assert typed(bob, number, f"{number}.s1.0.p", "x").status_code == 403
    foreign = {"origin": "https://evil.example"}
    body = {"place": f"{number}.s1.0.p", "text": "x"}
    answer = alice.http.post(f"/projects/{number}/typed", json=body, headers=foreign)
    assert answer.status_code == 403
    anonymous = TestClient(county, base_url="http://office.example", follow_redirects=False)
    assert anonymous.post(f"/projects/{number}/typed", json=body).status_code == 401


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"7", b'{"place": 1}'])
def test_what_is_no_text_to_save_is_refused_in_one_line(local, body):
    number = local.load().split(".")[0]
    answer = local.http.post(f"/projects/{number}/typed", content=body)
    assert answer.status_code == 400


# --------------------------------------------------------------------------- the question, row 74


def test_the_export_button_asks_over_http_and_gives_a_link_at_the_second_click_row_74(local):
    place = local.call("project-new", [local.load()])["place"]
    local.call("facts-add", [place, "全镇党员846名"])
    number = int(place.split(".")[0])
    bench = local.http.app.state.bench
    local.call("outline-make", [place, "一、抓实党建"])
    project = bench.store.project("本机用户", number)
    project.save("section", "s1", "全镇党员864名。", base=0, origin="hand")
    place = f"{number}.s1.1.askpage"
    clicks = [local.call("export-docx", [place, "docx", False, False, "全镇党员864名。"])]
    clicks.append(local.call("export-docx", [place, "docx", False, False, "全镇党员864名。"]))
    assert "仍然导出" in clicks[0]["export-note"]
    assert "data-fetch" not in clicks[0]["export-note"]
    assert "review=1" in clicks[1]["export-note"]
    answer = local.http.get(f"/projects/{number}/export?form=docx&review=1")
    assert answer.content[:2] == b"PK"


IDS = re.findall(
    r"[\w-]+",
    """
    project-new facts-paste facts-add facts-file facts-table tasks-paste outline-make
    outline-table draft-all draft-one draft-stop section-list editor instruction regenerate
    candidate-accept candidate-reject versions findings provenance compare export-docx
    save-state batch-file batch-start batch-table corpus-add corpus-report
    """,
)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_ids_that_programs_go_by_are_there_and_the_page_stays_small(shared, prefix):
    components = Caller(shared, prefix=prefix).config()["components"]
    names = [c["props"].get("elem_id") for c in components]
    assert [name for name in IDS if names.count(name) != 1] == []
    assert len(components) <= 300


@pytest.mark.parametrize("open_browser", [False, True])
def test_the_start_is_said_before_it_takes_its_time_and_then_where_the_page_is(
    monkeypatch, capsys, tmp_path, open_browser
):
    from drafter.settings import Settings
    from drafter.ui import serve

    said = []
    tell = lambda *_args, **_options: said.append(capsys.readouterr().err)  # noqa: E731
    monkeypatch.setattr("drafter.ui.app.build_app", tell)
    monkeypatch.setattr("uvicorn.run", tell)
    monkeypatch.setattr(serve.webbrowser, "open", lambda _address: None)
    serve.serve(Settings(home=tmp_path), port=0, open_browser=open_browser)
    assert "正在启动" in said[0]
    assert "http://127.0.0.1:0/" in said[1]
    assert ("请在浏览器里打开" in said[1]) != open_browser
