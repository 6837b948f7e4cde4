"""Servers that nobody has met yet: whatever comes back, the text is whole, safe, and in time."""

import contextlib
import gzip
import importlib.util
import json
import re
import socketserver
import threading
import time
import zlib
from pathlib import Path

import pytest

from drafter.errors import ModelDenied, ModelError
from drafter.model import connect
from drafter.writing.write import write

_SPEC = importlib.util.spec_from_file_location(
    "model_write", Path(__file__).with_name("test_model_write.py")
)
base = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(base)
DONE, KEY, Reply, event, fails, pace, says = (
    base.DONE,
    base.KEY,
    base.Reply,
    base.event,
    base.fails,
    base.pace,
    base.says,
)
complete, good, points, told = base.complete, base.good, base.points, base.told
town = base.town

FINAL = {301, 302, 307, 308, 401, 403, 404, 405}
STATUSES = [400, 402, 406, 408, 409, 410, 413, 415, 418, 422, 423, 424, 425, 426, 429, 431, 451,
            500, 501, 502, 503, 504, 505, 507, 511, 520, 522, 524, 529, 599]  # fmt: skip
WAITS = ["", "0", "-5", "0.2", "soon", "Wed, 21 Oct 2015 07:28:00 GMT", "9" * 40, "inf", "nan",
         "1e3", "Fri, 31 Dec 9999 23:59:59 GMT", "99999999999999999999 GMT"]  # fmt: skip


def drafted(fake, settings, town, reply, **changes):
    fake.answers(*reply) if isinstance(reply, list) else fake.answers(reply)
    started = time.monotonic()
    draft = write(*town, None, ask=connect(settings(**changes)).ask, year=2026)
    assert time.monotonic() - started < 20
    assert fake.calls <= 40
    complete(draft, town)
    return draft


def by_model(draft):
    return {p.origin for p in points(draft)} == {"model"}


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_that_comes_once_costs_at_most_one_point(fake, settings, town, status):
    draft = drafted(fake, settings, town, [good, fails(status, retry_after="0"), good])
    assert sum(p.origin == "composer" for p in points(draft)) <= 3


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_that_comes_for_ever_costs_no_fact(fake, settings, town, status):
    draft = drafted(fake, settings, town, fails(status, retry_after="0"))
    assert {p.origin for p in points(draft)} == {"composer"}
    assert all(p.notice and "Error" not in p.notice for p in points(draft))


@pytest.mark.parametrize("status", sorted(FINAL))
@pytest.mark.parametrize("body", [b"", b"<html>", b'{"error": "' + KEY.encode() + b'"}'])
def test_a_status_that_no_call_can_mend_is_one_line_at_the_start(
    fake, settings, town, status, body
):
    elsewhere = {"Location": "http://203.0.113.9/v1/chat/completions"}
    fake.answers(Reply(body, status=status, content_type="text/html", headers=elsewhere))
    with pytest.raises(ModelDenied) as caught:
        write(*town, None, ask=connect(settings(concurrency=1)).ask)
    assert fake.calls == 1
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("wait", WAITS)
@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_in_any_form_is_bounded(fake, settings, town, status, wait):
    draft = drafted(fake, settings, town, [good, fails(status, retry_after=wait), good])
    assert not any("inf" in p.notice or "nan" in p.notice for p in points(draft))


def raw(*payloads, done=True):
    """Events with payloads as given."""
    parts = [f"data: {json.dumps(p, ensure_ascii=False)}\n\n".encode() for p in payloads]
    return Reply(*parts, DONE if done else b"")


def choice(**fields):
    return {"choices": [{"index": 0, **fields}]}


def delta(content, **fields):
    return choice(delta={"content": content, **fields})


def packed(data, name):
    return Reply(data, headers={"Content-Encoding": name})


def stream(body):
    return b"".join(says(told(body)).pieces)


READ = {
    "gzip": lambda b: packed(gzip.compress(stream(b)), "gzip"),
    "deflate": lambda b: packed(zlib.compress(stream(b)), "deflate"),
    "no content type": lambda b: Reply(stream(b), content_type=""),
    "plain text": lambda b: Reply(stream(b), content_type="text/plain; charset=latin-1"),
    "octets": lambda b: Reply(stream(b), content_type="application/octet-stream"),
    "status 201": lambda b: Reply(stream(b), status=201),
    "status 203": lambda b: Reply(stream(b), status=203),
    "role only first": lambda b: raw(choice(delta={"role": "assistant"}), delta(told(b))),
    "finish before the text": lambda b: raw(
        choice(delta={}, finish_reason="stop"), delta(told(b))
    ),
    "finish that is no text": lambda b: raw({**delta(told(b))}, choice(delta={}, finish_reason=1)),
    "empty events": lambda b: Reply(b"data:\n\ndata: \n\n", stream(b)),
    "null payload": lambda b: Reply(b"data: null\n\n", stream(b)),
    "an event of choices null": lambda b: raw({"choices": None}, delta(told(b))),
    "choices of texts": lambda b: raw({"choices": ["好"]}, delta(told(b))),
    "a filter's report first": lambda b: raw(
        {"choices": [], "prompt_filter_results": [{"x": {}}]}, delta(told(b))
    ),
    "odd usage": lambda b: raw(delta(told(b)), {"usage": {"prompt_tokens": "many"}}),
    "huge usage": lambda b: raw(delta(told(b)), {"usage": {"prompt_tokens": 10**400}}),
    "usage as a list": lambda b: raw(delta(told(b)), {"usage": [1, 2]}),
    "thoughts, then text": lambda b: raw(delta(None, reasoning_content="先想"), delta(told(b))),
    "thoughts under another name": lambda b: raw(delta(None, reasoning="先想"), delta(told(b))),
    "think marks cut apart": lambda b: raw(
        delta("<th"), delta("ink>共99"), delta("条</thi"), delta("nk>"), delta(told(b))
    ),
    "a message in place of a delta": lambda b: raw(choice(message={"content": told(b)})),
    "one body without a stream": lambda b: Reply(
        json.dumps(choice(message={"content": told(b)})).encode(), content_type="application/json"
    ),
    "pretty JSON": lambda b: Reply(
        json.dumps(choice(message={"content": told(b)}), indent=2).encode(),
        content_type="application/json",
    ),
    "one character an event": lambda b: raw(*(delta(c) for c in told(b))),
    "escapes of ASCII": lambda b: Reply(
        f"data: {json.dumps(delta(told(b)))}\n\n".encode(), DONE
    ),
    "hidden marks": lambda b: says("\ufeff\u200b\u202e" + told(b) + "\x00\x1b[0m"),
    "a table's frame": lambda b: says(f"| 正文 |\n| --- |\n| {told(b)} |"),
    "a script": lambda b: says(f"<p>{told(b)}</p><script>alert(1)</script>"),
    "a signature behind": lambda b: says(told(b) + "\n\n（以上内容由人工智能生成，仅供参考）"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_an_answer_in_an_odd_dress_is_read_and_used(fake, settings, town, name):
    draft = drafted(fake, settings, town, READ[name])
    assert by_model(draft), [p.notice for p in points(draft) if p.origin != "model"]
    for mark in ("alert", "人工智能", "先想", "99", "[0m", "|", "\u200b"):
        assert mark not in draft.text


def huge(body):
    return raw(delta("好" * 2_000_000))


SPOILT = {
    "gzip that is none": lambda b: packed(stream(b), "gzip"),
    "gzip cut off": lambda b: packed(gzip.compress(stream(b))[:60], "gzip"),
    "an unknown packing": lambda b: packed(b"\x00\x01\x02" * 40, "br"),
    "GBK": lambda b: Reply(stream(b).decode().encode("gbk", "replace")),
    "UTF-16": lambda b: Reply(stream(b).decode().encode("utf-16")),
    "status 204": lambda b: Reply(status=204),
    "more promised than sent": lambda b: Reply(
        stream(b)[:80], headers={"Content-Length": "99999"}
    ),
    "less promised than sent": lambda b: Reply(stream(b), headers={"Content-Length": "50"}),
    "chunks without an end": lambda b: Reply(
        b"40\r\n" + stream(b)[:30], headers={"Transfer-Encoding": "chunked"}
    ),
    "chunks of no size": lambda b: Reply(b"zz\r\n", headers={"Transfer-Encoding": "chunked"}),
    "content is a number": lambda b: raw(delta(42)),
    "content is an object": lambda b: raw(delta({"text": told(b)})),
    "content is true": lambda b: raw(delta(True)),
    "choices is an object": lambda b: raw({"choices": {"0": {}}}),
    "detail in place of choices": lambda b: raw({"detail": "Not Found"}, done=False),
    "an error as text": lambda b: raw({"error": "overloaded"}, done=False),
    "an error, then text": lambda b: raw({"error": {"message": "x"}}, delta(told(b)[:9])),
    "only another choice": lambda b: raw(
        {"choices": [{"index": 3, "delta": {"content": "别的稿子写了77条。"}}]}
    ),
    "DONE first": lambda b: Reply(DONE, stream(b)),
    "all said twice": lambda b: says(told(b) + told(b)),
    "a function call": lambda b: raw(choice(delta={"function_call": {"arguments": "{}"}})),
    "one huge word": huge,
    "white space without end": lambda b: Reply(*[b" " * 65536] * 200),
    "a line without end": lambda b: Reply(b"data: ", *[b"x" * 65536] * 200),
    "blank lines without end": lambda b: Reply(*[b"\n" * 65536] * 200),
    "comments without end": lambda b: Reply(*[b": keep\n\n" * 9000] * 150),
    "a header of a megabyte": lambda b: Reply(stream(b), headers={"X-Long": "x" * 1_000_000}),
    "the key itself": lambda b: says(f"密钥是{KEY}。" + told(b)),
    "lone halves of characters": lambda b: Reply(
        event("\\ud83d\\udca9\\ud800").replace(rb"\\\\u", rb"\\u"), DONE
    ),
    "the word null": lambda b: says("null"),
    "only marks": lambda b: says("。。。，，，；；；"),
    "only handles": lambda b: says("".join(re.findall("〔[^〕]*〕", told(b)))),
    "handles by another's name": lambda b: says(told(b).replace("〔F", "〔G")),
    "all handles at the end": lambda b: says(
        re.sub("〔[^〕]*〕", "", told(b)) + "".join(re.findall("〔[^〕]*〕", told(b)))
    ),
    "a slow drip": lambda b: Reply(*[x for c in told(b) for x in (event(c), 0.05)]),
    "an address of another": lambda b: says("详见http://203.0.113.9/?k=1。" + told(b)),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_answer_costs_no_fact_and_adds_none(fake, settings, town, name):
    draft = drafted(fake, settings, town, SPOILT[name], **pace(name))
    for mark in (KEY, "77条", "203.0.113.9", "null", "好好好"):
        assert mark not in draft.text


class _Rude(socketserver.BaseRequestHandler):
    """Says something that is no HTTP, or nothing, and hangs up."""

    says = b""

    def handle(self):
        self.request.settimeout(1)
        self.request.recv(65536)
        self.request.sendall(self.says)


@pytest.mark.parametrize(
    "says_",
    [b"", b"\x16\x03\x01\x00\xa5", b"HTTP/1.1 999 ?\r\n\r\n", b"HTTP/1.1 200 OK\r\n"],
)  # fmt: skip
def test_what_is_no_web_server_is_told_in_our_words(settings, town, says_):
    handler = type("Handler", (_Rude,), {"says": says_})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        started = time.monotonic()
        with contextlib.suppress(ModelError):
            draft = write(*town, None, ask=connect(settings(base_url=url)).ask, year=2026)
            complete(draft, town)
        assert time.monotonic() - started < 20
        server.shutdown()


@pytest.mark.parametrize("at_once", [1, 4])
def test_a_silent_server_costs_as_many_first_words_as_the_breaker_allows(
    fake, settings, town, at_once
):
    fake.answers(Reply(30))
    draft = write(
        *town,
        None,
        ask=connect(settings(first_token_timeout=0.5, concurrency=at_once)).ask,
        year=2026,
    )
    complete(draft, town)
    assert fake.calls <= max(3, at_once)
    assert all("第一个字" in p.notice or "没有回应" in p.notice for p in points(draft))
