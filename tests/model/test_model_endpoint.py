"""An endpoint that misbehaves: each way seen, against a real server on loopback."""

import asyncio
import importlib.util
import json
import logging
import socket
import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest

from drafter.domain import Prompt
from drafter.errors import (
    BudgetSpent,
    ModelAnswerInvalid,
    ModelBusy,
    ModelDenied,
    ModelError,
    ModelTimeout,
    ModelUnreachable,
    SettingsError,
)
from drafter.model import connect

_SPEC = importlib.util.spec_from_file_location("fake_conf", Path(__file__).with_name("conftest.py"))
conf = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(conf)
DONE, KEY, Reply, event, fails, says = (
    conf.DONE,
    conf.KEY,
    conf.Reply,
    conf.event,
    conf.fails,
    conf.says,
)
PROMPT = Prompt((("system", "写公文。"), ("user", "中心组学习〔F1.1=11〕次")), max_tokens=200)
TEXT = "中心组开展集中学习〔F1.1〕次，班子成员全部参加。"


def ask(endpoint, prompt=PROMPT, **more):
    async def run():
        try:
            return await endpoint.ask(prompt, **more)
        finally:
            await endpoint.release()

    return asyncio.run(run())


def test_an_answer_is_streamed_with_its_usage(fake, endpoint):
    usage = {
        "prompt_tokens": 91,
        "completion_tokens": 17,
        "prompt_tokens_details": {"cached_tokens": 64},
    }
    fake.answers(says(TEXT, usage=usage))
    deltas = []
    answer = ask(endpoint, on_delta=deltas.append)
    assert answer == TEXT == "".join(deltas)
    assert len(deltas) > 2
    assert answer.finish == "stop"
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens) == (91, 17)
    assert answer.usage.cached_tokens == 64
    assert answer.usage.calls == 1


def test_the_request_is_what_was_asked_and_the_stable_part_comes_first(fake, endpoint):
    fake.answers(says(TEXT))
    ask(endpoint)
    path, headers, body = fake.requests[0]
    assert path == "/v1/chat/completions"
    assert {k.lower(): v for k, v in headers.items()}["authorization"] == f"Bearer {KEY}"
    assert body["messages"][0] == {"role": "system", "content": "写公文。"}
    assert body["stream"] is True
    assert body["max_tokens"] == 200


def test_usage_is_counted_here_where_the_server_does_not(fake, endpoint):
    fake.answers(says(TEXT))
    usage = ask(endpoint).usage
    assert usage.prompt_tokens == endpoint.count_tokens(str(PROMPT))
    assert usage.completion_tokens == endpoint.count_tokens(TEXT)


@pytest.mark.parametrize(
    "usage", [{"prompt_tokens": "many"}, {"prompt_tokens": -5}, {"prompt_tokens": None}]
)
def test_a_usage_that_is_none_does_no_harm(fake, endpoint, usage):
    fake.answers(says(TEXT, usage=usage))
    assert ask(endpoint).usage.prompt_tokens > 0


# ------------------------------------------------------------------ odd but readable streams


def body(text):
    return json.dumps(
        {"choices": [{"index": 0, "message": {"content": text}, "finish_reason": "stop"}]}
    )


def chunk(choice):
    """An event with one choice as given."""
    body = {"choices": [{"index": 0, **choice}]}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()


def crlf(data):
    return data.replace(b"\n", b"\r\n")


def lines(*texts, end="stop"):
    return [event(t) for t in texts] + [event(finish=end), DONE]


TWO = lines("中心组学习", "〔F1.1〕次。")
READABLE = {
    "CRLF": [crlf(p) for p in TWO],
    "CR": [p.replace(b"\n", b"\r") for p in TWO],
    "comments": [b": ping\n\n", *TWO],
    "byte order mark": [b"\xef\xbb\xbf", *TWO],
    "no blank lines": [p.replace(b"\n\n", b"\n") for p in TWO] + [b"\n"],
    "no space after data": [p.replace(b"data: ", b"data:") for p in TWO],
    "event names": [b"event: message\nid: 7\nretry: 10\n" + p for p in TWO],
    "one byte at a time": [bytes([b]) for b in b"".join(TWO)],
    "several data lines": [
        chunk({"delta": {"content": "中心组学习"}}).replace(b', "delta"', b',\ndata: "delta"'),
        *lines("〔F1.1〕次。"),
    ],
    "no DONE but a finish": TWO[:-1],
    "DONE but no finish": [event("中心组学习"), event("〔F1.1〕次。"), DONE],
    "no last newline": [*TWO[:-1], b"data: [DONE]"],
    "unknown fields": [event("中心组学习", tool_calls=None, foo=[1]), *lines("〔F1.1〕次。")],
    "empty choices": [b'data: {"choices": []}\n\n', *TWO],
    "null delta": [b'data: {"choices": [{"index": 0, "delta": null}]}\n\n', *TWO],
    "content parts": [
        chunk({"delta": {"content": [{"type": "text", "text": "中心组学习"}]}}),
        *lines("〔F1.1〕次。"),
    ],
    "completion text": [
        chunk({"text": "中心组学习"}),
        *lines("〔F1.1〕次。"),
    ],
    "a second choice": [
        *TWO[:2],
        b'data: {"choices": [{"index": 1, "delta": {"content": "\xe5\x88\xab"}}]}\n\n',
        *lines()[-2:],
    ],
    "usage without choices": [*TWO[:-1], b'data: {"usage": {"prompt_tokens": 3}}\n\n', DONE],
    "junk behind DONE": [*TWO, b"data: {broken\n\n"],
    "bare JSON lines among events": [
        event("中心组学习"),
        event("〔F1.1〕次。")[6:].replace(b"\n\n", b"\n"),
        event(finish="stop"),
    ],
    "one JSON body": [body("中心组学习〔F1.1〕次。").encode()],
}


@pytest.mark.parametrize("name", READABLE)
def test_an_odd_stream_is_read_whole(fake, endpoint, name):
    fake.answers(Reply(*READABLE[name]))
    answer = ask(endpoint)
    assert answer == "中心组学习〔F1.1〕次。"
    assert answer.finish == "stop"


def test_reasoning_is_kept_apart_from_the_answer(fake, endpoint):
    fake.answers(
        Reply(event(reasoning_content="先想想"), event(reasoning="再想想"), *lines("好。"))
    )
    answer = ask(endpoint)
    assert answer == "好。"
    assert answer.thought


# ------------------------------------------------------------------ broken answers, told apart


BROKEN = {
    "no DONE and no finish": [event("中心组学习")],
    "bad JSON in the middle": [event("中心组"), b'data: {"choices": [{\n\n', event("学习")],
    "invalid UTF-8": [event("中心组"), event("学习").replace("学".encode(), b"\xe5\xad")],
    "an error in mid-stream": [
        event("中心组"),
        b'data: {"error": {"message": "overloaded"}}\n\n',
        DONE,
    ],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_marked_incomplete(fake, endpoint, name):
    fake.answers(Reply(*BROKEN[name]))
    answer = ask(endpoint)
    assert answer.startswith("中心组")
    assert answer.finish == "incomplete"


def test_a_body_that_is_cut_off_is_no_raw_error(fake, endpoint):
    data = event("中心组学习")
    fake.answers(Reply(data, headers={"Content-Length": str(len(data) + 500)}), says("好。"))
    answer = ask(endpoint)
    assert answer in ("中心组学习", "好。")
    assert answer.finish == ("incomplete" if answer != "好。" else "stop")


def test_the_servers_limit_is_told(fake, endpoint):
    fake.answers(says("中心组学习", finish="length"))
    assert ask(endpoint).finish == "length"


@pytest.mark.parametrize("finish", ["content_filter"])
def test_a_refusal_by_the_server_is_told(fake, endpoint, finish):
    fake.answers(says("", finish=finish))
    assert ask(endpoint).finish == "refused"


NOT_ANSWERS = {
    "web page": Reply(b"<!DOCTYPE html><html><body>login</body></html>", content_type="text/html"),
    "web page as a stream": Reply(b"<html><body>502</body></html>"),
    "nothing": Reply(b""),
    "only DONE": Reply(DONE),
    "empty text": Reply(event(""), event(finish="stop"), DONE),
    "only white space": says(" \n　"),
    "bad JSON": Reply(b'{"choices": [', content_type="application/json"),
    "a JSON list": Reply(b"[1, 2]", content_type="application/json"),
    "an error with status 200": Reply(
        b'{"error": {"message": "model not loaded"}}', content_type="application/json"
    ),
    "bytes that are no text": Reply(bytes(range(256)) * 4),
    "deep JSON": Reply(b"data: " + b"[" * 100_000 + b"\n\n"),
    "tool calls only": Reply(event(tool_calls=[{"id": "x"}], finish="tool_calls"), DONE),
}


@pytest.mark.parametrize("name", NOT_ANSWERS)
def test_what_is_no_answer_is_an_error_in_our_words(fake, endpoint, name):
    fake.answers(NOT_ANSWERS[name])
    with pytest.raises(ModelAnswerInvalid) as caught:
        ask(endpoint)
    message = str(caught.value)
    assert "模型" in message or "127.0.0.1" in message
    assert "Error" not in message
    assert fake.calls <= 3


def test_a_web_page_says_what_to_check(fake, endpoint):
    fake.answers(NOT_ANSWERS["web page"])
    with pytest.raises(ModelAnswerInvalid, match="OPENAI_BASE_URL"):
        ask(endpoint)


# ------------------------------------------------------------------ statuses


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_key_is_told_once_and_then_nothing_more_is_asked(fake, endpoint, status):
    fake.answers(fails(status, {"error": {"message": f"Incorrect API key provided: {KEY}"}}))
    for _ in range(3):
        with pytest.raises(ModelDenied, match="OPENAI_API_KEY") as caught:
            ask(endpoint)
        assert KEY not in str(caught.value)
    assert fake.calls == 1


@pytest.mark.parametrize("status", [404, 405])
def test_a_wrong_address_or_model_is_told(fake, endpoint, status):
    fake.answers(fails(status))
    with pytest.raises(ModelDenied, match="DRAFTER_MODEL"):
        ask(endpoint)
    assert fake.calls == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(fake, endpoint, status):
    fake.answers(Reply(b"", status=status, headers={"Location": "http://127.0.0.1:9/steal"}))
    with pytest.raises(ModelDenied, match="不跟随"):
        ask(endpoint)
    assert fake.calls == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 529])
def test_a_server_error_is_tried_twice_more(fake, endpoint, status):
    fake.answers(fails(status), fails(status), says(TEXT))
    assert ask(endpoint) == TEXT
    assert fake.calls == 3


def test_server_errors_without_end_are_given_up(fake, endpoint):
    fake.answers(fails(500, {"error": {"message": f"trace {KEY}"}}))
    with pytest.raises(ModelAnswerInvalid, match="500") as caught:
        ask(endpoint)
    assert fake.calls == 3
    assert KEY not in str(caught.value)


def test_an_html_error_page_is_no_raw_error(fake, endpoint):
    fake.answers(Reply(b"<html>Bad gateway</html>", status=502, content_type="text/html"))
    with pytest.raises(ModelAnswerInvalid, match="502"):
        ask(endpoint)


def test_busy_is_waited_out_as_long_as_the_server_says(fake, endpoint):
    fake.answers(fails(429, retry_after="1"), says(TEXT))
    started = time.monotonic()
    assert ask(endpoint) == TEXT
    assert 0.95 <= time.monotonic() - started < 10
    assert fake.calls == 2


def test_retry_after_may_be_a_date(fake, endpoint):
    moment = datetime.now(timezone.utc) + timedelta(seconds=2)
    fake.answers(fails(429, retry_after=format_datetime(moment, usegmt=True)), says(TEXT))
    started = time.monotonic()
    assert ask(endpoint) == TEXT
    assert 0.8 <= time.monotonic() - started < 10


def test_busy_without_end_is_given_up(fake, endpoint):
    fake.answers(fails(429, retry_after="0"))
    with pytest.raises(ModelBusy, match="429"):
        ask(endpoint)
    assert fake.calls == 4


def test_a_wait_of_hours_is_left_to_a_person(fake, endpoint):
    fake.answers(fails(429, retry_after="7200"))
    started = time.monotonic()
    with pytest.raises(ModelBusy, match="7200"):
        ask(endpoint)
    assert time.monotonic() - started < 10
    assert fake.calls == 1


def test_a_wait_holds_for_all_calls_to_the_server(fake, settings):
    fake.answers(fails(429, retry_after="1"), says(TEXT))
    endpoint = connect(settings(concurrency=3))

    async def run():
        first = asyncio.ensure_future(endpoint.ask(PROMPT))
        await asyncio.sleep(0.3)
        waiting = endpoint.waiting
        others = [asyncio.ensure_future(endpoint.ask(PROMPT)) for _ in range(2)]
        await asyncio.sleep(0.2)
        calls = fake.calls
        await asyncio.gather(first, *others)
        await endpoint.release()
        return waiting, calls

    waiting, calls = asyncio.run(run())
    assert 0.3 < waiting < 1
    assert calls == 1


def test_a_spent_quota_is_no_reason_to_wait(fake, endpoint):
    fake.answers(
        fails(
            429,
            {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}},
        )
    )
    with pytest.raises(ModelDenied, match="额度"):
        ask(endpoint)
    assert fake.calls == 1


def test_a_bad_request_is_not_repeated(fake, endpoint):
    fake.answers(fails(400, {"error": {"message": f"context too long, key {KEY}"}}))
    with pytest.raises(ModelAnswerInvalid, match="400") as caught:
        ask(endpoint)
    assert fake.calls == 1
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("message", "gone", "there"),
    [
        ("Unknown parameter: stream_options", "stream_options", "max_tokens"),
        ("temperature is not supported", "temperature", "max_tokens"),
        ("Use max_completion_tokens instead of max_tokens", "max_tokens", "max_completion_tokens"),
    ],
)
def test_a_parameter_that_a_server_does_not_know_is_left_out(fake, endpoint, message, gone, there):
    fake.answers(fails(400, {"error": {"message": message}}), says(TEXT))
    assert ask(endpoint) == TEXT
    assert gone in fake.requests[0][2]
    assert gone not in fake.requests[1][2]
    assert there in fake.requests[1][2]


# ------------------------------------------------------------------ silence and excess


def test_no_first_word_in_time_is_told(fake, hasty):
    fake.answers(Reply(60))
    started = time.monotonic()
    with pytest.raises(ModelTimeout):
        ask(hasty)
    assert time.monotonic() - started < 30


def test_pings_are_no_words(fake, hasty):
    fake.answers(Reply(*[b": ping\n\n", 0.1] * 400))
    started = time.monotonic()
    with pytest.raises(ModelTimeout):
        ask(hasty)
    assert time.monotonic() - started < 30


def test_headers_that_never_come_are_told(settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        with pytest.raises(ModelTimeout):
            ask(connect(settings(base_url=address, **conf.HASTY)))


def test_silence_in_mid_stream_keeps_what_came(fake, hasty):
    fake.answers(Reply(event("中心组学习"), 60))
    started = time.monotonic()
    answer = ask(hasty)
    assert (answer, answer.finish) == ("中心组学习", "stalled")
    assert time.monotonic() - started < 30


def test_an_endless_answer_is_cut(fake, endpoint):
    text = "".join(f"第{n}件事是这样做的，" for n in range(5000))
    fake.answers(says(text, finish=None, done=False))
    answer = ask(endpoint)
    assert answer.finish == "cut"
    assert len(answer) < 1000


def test_a_drip_without_end_is_cut_by_the_clock(fake, hasty):
    fake.answers(Reply(*[part for n in range(400) for part in (event(f"{n}，"), 0.1)]))
    started = time.monotonic()
    assert ask(hasty).finish == "stalled"
    assert time.monotonic() - started < 30


def test_a_loop_is_noticed_and_stopped(fake, endpoint):
    fake.answers(says("中心组学习〔F1.1〕次。" + "加强组织领导，" * 200))
    answer = ask(endpoint)
    assert answer.finish == "loop"
    assert len(answer) < 200


def test_thoughts_without_end_are_cut(fake, endpoint):
    fake.answers(Reply(*[event(reasoning_content="想")] * 25_000))
    with pytest.raises(ModelError):
        ask(endpoint)


# ------------------------------------------------------------------ no connection


def test_a_refused_connection_is_told(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ModelUnreachable, match="连不上"):
        ask(connect(settings(base_url=f"http://127.0.0.1:{port}/v1")))


def test_an_unknown_host_is_told(settings):
    with pytest.raises(ModelUnreachable, match=r"主机名|代理|连不上"):
        ask(connect(settings(base_url="http://no-such-host.invalid/v1")))


def test_a_failing_tls_connection_is_told(fake, settings):
    with pytest.raises(ModelUnreachable, match=r"TLS|中断"):
        ask(connect(settings(base_url=fake.url.replace("http:", "https:"))))


def test_a_connection_that_is_dropped_is_tried_again(settings, fake):
    class Drop(Reply):
        def send(self, handler):
            handler.close_connection = True
            handler.connection.shutdown(socket.SHUT_RDWR)

    fake.answers(Drop(), says(TEXT))
    assert ask(connect(settings())) == TEXT
    assert fake.calls == 2


def test_a_proxy_that_fails_is_told(settings, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(ModelUnreachable):
        ask(connect(settings(base_url="http://model.invalid/v1")))


def test_a_proxy_is_not_asked_for_a_model_on_this_machine(fake, settings, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    fake.answers(says(TEXT))
    assert ask(connect(settings())) == TEXT


def test_an_endpoint_that_fails_on_and_on_is_not_asked_for_ever(fake, endpoint):
    fake.answers(NOT_ANSWERS["web page"])
    for _ in range(12):
        with pytest.raises(ModelAnswerInvalid):
            ask(endpoint)
    assert fake.calls == 3


# ------------------------------------------------------------------ keys, budget, sharing


@pytest.mark.parametrize("key", ["密钥甲乙丙", "sk-换行\nInjected: 1"])
def test_a_key_that_cannot_be_sent_is_told_without_showing_it(fake, settings, key):
    with pytest.raises(ModelError) as caught:
        ask(connect(settings(api_key=key)))
    assert key not in str(caught.value)
    assert fake.calls == 0


def test_the_key_is_in_no_log_and_no_repr(fake, settings, caplog):
    caplog.set_level(logging.DEBUG)
    endpoint = connect(settings())
    fake.answers(
        Reply(
            b'{"error": {"message": "bad key %s"}}' % KEY.encode(),
            status=401,
            headers={"X-Echo": KEY},
        )
    )
    with pytest.raises(ModelDenied):
        ask(endpoint)
    assert KEY not in caplog.text
    assert KEY not in repr(endpoint)
    assert KEY not in repr(settings())


def test_a_key_in_the_address_is_not_shown(settings):
    url = "http://127.0.0.1:9/v1?api-key=geheim12345"
    with pytest.raises(ModelError) as caught:
        ask(connect(settings(base_url=url)))
    assert "geheim" not in str(caught.value)


def test_a_budget_stops_a_run_before_it_is_spent(fake, settings):
    fake.answers(says(TEXT, usage={"prompt_tokens": 100, "completion_tokens": 60}))
    endpoint = connect(settings(token_budget=700))
    calls = 0
    needed = endpoint.count_tokens(str(PROMPT)) + PROMPT.max_tokens
    while endpoint.budget.spent + needed <= 700:
        ask(endpoint)
        calls += 1
    with pytest.raises(BudgetSpent, match="DRAFTER_TOKEN_BUDGET"):
        ask(endpoint)
    assert 480 <= endpoint.budget.spent <= 700
    assert fake.calls == calls == endpoint.budget.spent // 160


def test_no_more_calls_run_at_once_than_allowed_across_event_loops(fake, settings):
    import threading

    running, most = 0, 0
    lock = threading.Lock()

    class Slow(Reply):
        def send(self, handler):
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.1)
            with lock:
                running -= 1
            super().send(handler)

    fake.answers(Slow(*says(TEXT).pieces))
    endpoint = connect(settings(concurrency=2))

    async def several():
        await asyncio.gather(*[endpoint.ask(PROMPT) for _ in range(4)])
        await endpoint.release()

    threads = [threading.Thread(target=lambda: asyncio.run(several())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fake.calls == 8
    assert most == 2


def test_a_cancelled_call_gives_its_place_back(fake, settings):
    fake.answers(Reply(3), says(TEXT))
    endpoint = connect(settings(concurrency=1))

    async def run():
        first = asyncio.ensure_future(endpoint.ask(PROMPT))
        second = asyncio.ensure_future(endpoint.ask(PROMPT))
        third = asyncio.ensure_future(endpoint.ask(PROMPT))
        await asyncio.sleep(0.2)
        second.cancel()
        first.cancel()
        answer = await asyncio.wait_for(third, 3)
        await endpoint.release()
        return answer

    assert asyncio.run(run()) == TEXT


def test_probe_says_whether_the_endpoint_works(fake, endpoint, settings):
    fake.answers(says("好"))
    endpoint.probe()
    fake.answers(fails(401))
    with pytest.raises(ModelDenied):
        connect(settings()).probe()


def test_no_model_no_endpoint(settings):
    with pytest.raises(SettingsError, match="DRAFTER_MODEL"):
        connect(settings(model=""))


def test_an_address_copied_with_its_path_is_cut_back(fake, settings):
    fake.answers(says(TEXT))
    ask(connect(settings(base_url=fake.url + "/chat/completions/")))
    assert fake.requests[0][0] == "/v1/chat/completions"


def test_a_broken_chunk_in_mid_body_keeps_what_came(fake, endpoint):
    class Broken(Reply):
        def send(self, handler):
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            data = event("中心组学习")
            handler.wfile.write(b"%x\r\n%s\r\nzz\r\n" % (len(data), data))
            handler.close_connection = True

    fake.answers(Broken())
    answer = ask(endpoint)
    assert (answer, answer.finish) == ("中心组学习", "incomplete")


def test_a_body_that_claims_to_be_packed_is_no_raw_error(fake, endpoint):
    fake.answers(Reply(b"no gzip", headers={"Content-Encoding": "gzip"}))
    with pytest.raises(ModelAnswerInvalid):
        ask(endpoint)


def test_halves_of_a_character_are_joined_or_gone(fake, endpoint):
    halves = [b'data: {"choices": [{"delta": {"content": "\\ud842"}}]}\n\n']
    halves.append(b'data: {"choices": [{"delta": {"content": "\\udfb7"}}]}\n\n')
    fake.answers(Reply(*halves, *lines("村学习。")))
    assert ask(endpoint) == "𠮷村学习。"
    fake.answers(Reply(halves[0], *lines("村学习。")))
    ask(endpoint).encode()


def test_an_error_event_is_an_error(fake, endpoint):
    fake.answers(Reply(b'event: error\ndata: {"message": "overloaded"}\n\n'))
    with pytest.raises(ModelAnswerInvalid, match="报告了错误"):
        ask(endpoint)


def test_a_key_that_the_server_says_back_is_not_passed_on(fake, endpoint):
    fake.answers(says(f"您的密钥是{KEY}，中心组学习。"))
    assert KEY not in ask(endpoint)
