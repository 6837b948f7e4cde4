"""What servers, gateways and proxies do on the wire: the text is read where it is there at all."""

import asyncio
import gzip
import importlib.util
import json
import re
import zlib
from pathlib import Path

import pytest

from drafter.domain import Prompt
from drafter.model import connect
from drafter.writing.run import tasks_of
from drafter.writing.write import write

_SPEC = importlib.util.spec_from_file_location(
    "odd_servers", Path(__file__).with_name("test_model_odd_servers.py")
)
odd = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(odd)
DONE, KEY, Reply, event, fails, pace, says = (
    odd.DONE,
    odd.KEY,
    odd.Reply,
    odd.event,
    odd.fails,
    odd.pace,
    odd.says,
)
by_model, choice, complete, delta, good, points, raw, stream, told, town = (
    odd.by_model,
    odd.choice,
    odd.complete,
    odd.delta,
    odd.good,
    odd.points,
    odd.raw,
    odd.stream,
    odd.told,
    odd.town,
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"


class Wire(Reply):
    """Bytes as they are, status line and all; then the connection closes, or stays for ever."""

    def __init__(self, *parts, close=True):
        super().__init__()
        self.parts = parts
        self.close = close

    def send(self, handler):
        for part in self.parts:
            handler.wfile.write(part)
            handler.wfile.flush()
        handler.close_connection = self.close


def chunks(data, size, extension=b"", trailer=b""):
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    body = b"".join(b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts)
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body + b"0\r\n" + trailer + b"\r\n"


def lines(body, end, mark=b"data: "):
    return stream(body).replace(b"\n", end).replace(b"data: ", mark)


def flushed(body):
    packer = zlib.compressobj(wbits=31)
    parts = []
    for line in stream(body).splitlines(keepends=True):
        parts += [packer.compress(line), packer.flush(zlib.Z_SYNC_FLUSH)]
    return Reply(*parts, packer.flush(), headers={"Content-Encoding": "gzip"})


def so_far(body):
    text = told(body)
    return [delta(text[: at + 9]) for at in range(0, len(text), 9)]


BOMB = gzip.compress(b" " * 20_000_000)
KEEP = b": OPENROUTER PROCESSING\n\n"
READ = {
    "JSON by name, events by nature": lambda b: Reply(
        stream(b), content_type="application/json; charset=utf-8"
    ),
    "a type that is none": lambda b: Reply(stream(b), content_type=";;;charset"),
    "keepalives between all events": lambda b: Reply(
        KEEP * 3, *[x for c in told(b) for x in (event(c), KEEP)], event(finish="stop"), DONE
    ),
    "usage null in every event": lambda b: raw(
        {**delta(""), "usage": None}, {**delta(told(b)), "usage": None},
        {**choice(delta={}, finish_reason="stop"), "usage": None},
        {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 5}},
    ),
    "choices empty, then text": lambda b: raw(
        {"choices": [], "usage": None}, {"choices": []}, delta(told(b))
    ),
    "delta null": lambda b: raw(
        choice(delta=None, finish_reason=None), delta(told(b)),
        choice(delta=None, finish_reason="stop"),
    ),
    "content as a list of parts": lambda b: raw(
        delta([{"type": "text", "text": told(b)[:20]}]),
        delta([{"type": "text", "text": told(b)[20:]}, {"type": "image_url"}]),
    ),
    "parts that are plain texts": lambda b: raw(delta([told(b)[:20], told(b)[20:]])),
    "no index, an index as text": lambda b: raw(
        {"choices": [{"delta": {"content": told(b)[:20]}}]},
        {"choices": [{"index": "0", "delta": {"content": told(b)[20:]}}]},
    ),
    "the whole message once more at the end": lambda b: raw(
        *(delta(c) for c in told(b)),
        choice(delta={}, message={"role": "assistant", "content": told(b)}, finish_reason="stop"),
    ),
    "each event with all that came so far": lambda b: raw(
        *so_far(b), choice(delta={}, finish_reason="stop")
    ),
    "a byte order mark before every event": lambda b: Reply(
        lines(b, b"\n", b"\xef\xbb\xbfdata: ")
    ),
    "data named twice": lambda b: Reply(lines(b, b"\n", b"data: data: ")),
    "CR alone": lambda b: Reply(lines(b, b"\r")),
    "CR and LF, chunk by chunk of one byte": lambda b: Wire(chunks(lines(b, b"\r\n"), 1)),
    "chunks with names and trailers": lambda b: Wire(
        chunks(stream(b), 50, b";sig=1", b"X-Sum: 1\r\n")
    ),
    "DONE twice, and words behind it": lambda b: Reply(
        stream(b), DONE, event("再写一段88条。"), DONE
    ),
    "HTTP/1.0, its end is the end": lambda b: Wire(
        b"HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + stream(b)
    ),
    "early hints first": lambda b: Wire(
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n",
        HEAD + b"Connection: close\r\n\r\n" + stream(b),
    ),
    "closed without a word about it": lambda b: Wire(chunks(stream(b), 400)),
    "gzip, event by event": flushed,
    "gzip without its last bytes": lambda b: Reply(
        gzip.compress(stream(b))[:-8], headers={"Content-Encoding": "gzip"}
    ),
    "finished, and then silence": lambda b: Reply(
        *[event(c) for c in told(b)], event(finish="stop"), 30
    ),
    "JSON in lines": lambda b: Reply(
        b"".join(part[6:-1] for part in [*map(event, told(b)), event(finish="stop")]),
        content_type="application/x-ndjson",
    ),
}  # fmt: skip


def drafted(fake, town, ask, reply):
    fake.answers(reply)
    draft = write(*town, None, ask=ask, year=2026)
    assert fake.calls <= 40
    complete(draft, town)
    return draft


@pytest.mark.parametrize("name", READ)
def test_an_answer_that_is_there_is_read_with_one_call(fake, settings, town, name):
    draft = drafted(fake, town, connect(settings()).ask, READ[name])
    assert by_model(draft), [p.notice for p in points(draft) if p.origin != "model"]
    assert [p.notice for p in points(draft) if p.notice] == []
    assert fake.calls == len(tasks_of(town[1], town[0]))
    assert "88条" not in draft.text


SPOILT = {
    "a role, and then silence": lambda b: Reply(event(role="assistant"), 30),
    "a role for ever": lambda b: Reply(*[event(role="assistant"), 0.02] * 200),
    "keepalives, and the end": lambda b: Reply(KEEP * 20),
    "an error object with status 200": lambda b: Reply(
        json.dumps({"error": {"message": f"quota {KEY}", "code": 429}}).encode(),
        content_type="application/json",
    ),
    "an error in a choice": lambda b: raw(
        delta(told(b)[: len(told(b)) // 2]),
        choice(delta={"content": ""}, finish_reason="error", error={"message": "upstream"}),
    ),
    "the server ran out of means": lambda b: raw(
        delta(told(b)[: len(told(b)) // 2]),
        choice(delta={}, finish_reason="insufficient_system_resource"),
    ),
    "the limit at once": lambda b: raw(choice(delta={"content": ""}, finish_reason="length")),
    "the limit under another name": lambda b: raw(
        delta(told(b)[:15]), choice(delta={}, finish_reason="max_tokens")
    ),
    "refused under another name": lambda b: raw(choice(delta={}, finish_reason="sensitive")),
    "only thoughts": lambda b: raw(
        choice(delta={"reasoning_content": told(b)}), choice(delta={}, finish_reason="stop")
    ),
    "the text as a tool's argument": lambda b: raw(
        choice(delta={"tool_calls": [{"function": {"name": "f", "arguments": told(b)}}]}),
        choice(delta={}, finish_reason="tool_calls"),
    ),
    "chunks shorter than they say": lambda b: Wire(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n" + stream(b)[:90]
    ),
    "chunks longer than they say": lambda b: Wire(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n10\r\n" + stream(b)[:90] + b"\r\n0\r\n\r\n"
    ),
    "another answer behind the answer": lambda b: Wire(
        chunks(b"", 1) + b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n88888888\n", close=False
    ),
    "early hints for ever": lambda b: Wire(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 5000),
    "promised nothing": lambda b: Reply(headers={"Content-Length": "0"}),
    "a length that is no number": lambda b: Wire(
        HEAD + b"Content-Length: many\r\n\r\n" + stream(b)
    ),
    "a huge single line of JSON": lambda b: Reply(
        b'{"choices": [{"message": {"content": "' + b"\xe5\xa5\xbd" * 900_000 + b'"}}]}',
        content_type="application/json",
    ),
    "deep JSON": lambda b: Reply(b'data: {"choices": ' + b"[" * 100_000 + b"\n\n", DONE),
    "packed twice": lambda b: Reply(
        gzip.compress(gzip.compress(stream(b))), headers={"Content-Encoding": "gzip"}
    ),
    "a bomb": lambda b: Reply(BOMB, headers={"Content-Encoding": "gzip"}),
    "a header that is no header": lambda b: Wire(
        b"HTTP/1.1 200 OK\r\n\xff\xfe\r\n\r\n" + stream(b)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_an_answer_that_is_not_there_costs_no_fact(fake, settings, town, name):
    draft = drafted(fake, town, connect(settings(**pace(name))).ask, SPOILT[name])
    port = re.compile(r":\d{2,5}\b")  # the address may stand in a notice, its port is no text
    for mark in (KEY, "88", "好好好", "upstream"):
        assert mark not in draft.text
        assert all(mark not in port.sub("", notice.message) for notice in draft.notices)
    assert all(point.text.endswith(("。", "】")) for point in points(draft))


FINISHES = {
    "stop": "stop",
    "end_turn": "stop",
    "eos": "stop",
    "length": "length",
    "max_tokens": "length",
    "MAX_TOKENS": "length",
    "model_length": "length",
    "content_filter": "refused",
    "sensitive": "refused",
    "error": "incomplete",
    "abort": "incomplete",
    "network_error": "incomplete",
    "insufficient_system_resource": "incomplete",
}


@pytest.mark.parametrize("reason", FINISHES)
def test_how_an_answer_ended_is_known_under_any_name(fake, settings, reason):
    fake.answers(raw(delta("组织学习，"), choice(delta={}, finish_reason=reason), done=False))
    prompt = Prompt((("user", "写一句话"),))
    answer = asyncio.run(connect(settings()).ask(prompt))
    assert (str(answer), answer.finish) == ("组织学习，", FINISHES[reason])
