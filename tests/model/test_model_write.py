"""The whole way over HTTP: whatever the server does, the text is complete and the run ends."""

import importlib.util
import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from drafter.chinese.entities import find_entities
from drafter.chinese.quantities import find_figures
from drafter.errors import ModelDenied, ModelUnreachable
from drafter.facts import parse_facts
from drafter.model import connect
from drafter.planning import make_outline
from drafter.samples import Library
from drafter.writing.events import StopWriting
from drafter.writing.write import write

_SPEC = importlib.util.spec_from_file_location("fake_conf", Path(__file__).with_name("conftest.py"))
conf = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(conf)
DONE, KEY, Reply, event, fails, pace, says = (
    conf.DONE,
    conf.KEY,
    conf.Reply,
    conf.event,
    conf.fails,
    conf.pace,
    conf.says,
)
FACTS = """【党建办】
党委理论学习中心组学习10次，其中专题研讨4次
党委书记沈砚秋讲专题党课2场
【纪委】
查出作风问题64个，已整改58个，剩余6个12月底前完成
明察暗访16轮，印发通报3期
3月6日印发《云渡镇“作风建设年”活动方案》
【应急办】
检查企业商户143家次，排查隐患97处，整改97处
汛期转移群众3次，合计286户812人
【民政办】
幸福食堂已开5个，每天吃饭的老人约160人
临时救助89人次，发放14.6万元"""
TASKS = "一、理论学习情况\n二、作风问题整改情况\n三、安全生产情况\n四、民生保障情况"


@pytest.fixture(scope="module")
def town():
    facts = parse_facts(FACTS, unit="云渡镇", period="2026年")
    return facts, make_outline(facts, Library([]), TASKS)


def told(body):
    """Answer a request as a good model does: its facts, handles kept, values left out."""
    users = [m["content"] for m in body["messages"] if "素材：\n" in m["content"]]
    shown = re.split(r"\n写约|\n原句：", users[-1].split("素材：\n", 1)[1])[0]
    lines = [re.sub(r"=[^〔〕]*(?=〕)", "", line) for line in shown.splitlines() if line]
    return "；".join(lines) + "。"


def good(body):
    return says(told(body))


def figures(text):
    return Counter((f.low, f.high, f.dimension) for f in find_figures(text))


def complete(draft, town):
    facts, outline = town
    plain = write(facts, outline, None, year=2026)
    assert figures(plain.text) - figures(draft.text) == {}
    extra = figures(draft.text) - figures(plain.text)
    assert extra == {} or draft.findings
    for mark in ("〔", "〕", "Traceback", "Error", KEY, "<html", "data:"):
        assert mark not in draft.text
        assert all(mark not in notice.message for notice in draft.notices)


def points(draft):
    return [point for section in draft.sections for point in section.points]


def test_a_good_server_gives_a_draft_by_the_model(fake, settings, town):
    fake.answers(good)
    draft = write(*town, None, ask=connect(settings()).ask, year=2026)
    complete(draft, town)
    assert draft.writer == "fake-1"
    assert {p.origin for p in points(draft)} == {"model"}
    assert {p.model for p in points(draft)} == {"fake-1"}
    assert draft.usage.calls == fake.calls
    assert draft.usage.prompt_tokens > 0
    assert draft.usage.seconds > 0
    assert draft.notices == ()


def whole(body):
    """Every server that misbehaves gets the facts right, if one reads what it says."""
    return told(body).encode()


def cut_json(text):
    return json.dumps({"choices": [{"message": {"content": text}}]}, ensure_ascii=False).encode()


def half(body):
    text = told(body)
    return text[: len(text) // 2]


THOUGHT = event(reasoning_content="想")
OOPS = b"data: {oops\n\n"
ERROR = b'data: {"error": {"message": "x"}}\n\n'
FILLER = "".join(f"第{n}项工作扎实推进，" for n in range(3000))
ODD = {
    "never a word": lambda body: Reply(9),
    "only pings": lambda body: Reply(*[b": ping\n\n", 0.1] * 90),
    "stalls in mid-stream": lambda body: Reply(event(half(body)), 9),
    "just ends": lambda body: Reply(event(half(body))),
    "ends within a character": lambda body: Reply(event(half(body))[:-20]),
    "cut off by the limit": lambda body: says(half(body), finish="length"),
    "web page": lambda body: Reply(b"<html>login</html>", content_type="text/html"),
    "web page as a stream": lambda body: Reply(b"<html>login</html>"),
    "nothing": lambda body: Reply(b""),
    "only DONE": lambda body: Reply(DONE),
    "bad JSON": lambda body: Reply(OOPS, DONE),
    "bad JSON in the middle": lambda body: Reply(event(half(body)), OOPS, event("完。"), DONE),
    "invalid UTF-8": lambda body: Reply(b"data: \xff\xfe\xfa\n\n", DONE),
    "error in mid-stream": lambda body: Reply(event(half(body)), ERROR),
    "server error": lambda body: fails(500),
    "bad gateway page": lambda body: Reply(b"<html>", status=502, content_type="text/html"),
    "busy for ever": lambda body: fails(429, retry_after="0"),
    "busy for hours": lambda body: fails(429, retry_after="7200"),
    "bad request": lambda body: fails(400, {"error": {"message": f"bad {KEY}"}}),
    "endless": lambda body: says(FILLER, finish=None),
    "loop": lambda body: says(told(body) + "加强组织领导，" * 400),
    "refusal": lambda body: says("抱歉，我无法协助完成该请求。"),
    "filtered": lambda body: says("", finish="content_filter"),
    "only thoughts": lambda body: Reply(THOUGHT, event(finish="stop")),
    "thoughts cut off": lambda body: Reply(THOUGHT, event(finish="length")),
    "unclosed think": lambda body: says("<think>" + told(body)),
    "English": lambda body: says("The township held ten study sessions and fixed most problems."),
    "Japanese": lambda body: says("わたしたちはがくしゅうをじゅっかいおこないました。"),
    "tool call": lambda body: Reply(event(tool_calls=[{"id": "1"}], finish="tool_calls"), DONE),
    "whole JSON": lambda body: Reply(cut_json(told(body)), content_type="application/json"),
    "invents a figure": lambda body: says(told(body) + "争取资金9321万元。"),
    "invents a handle": lambda body: says(told(body) + "新建〔F77.1〕个网格。"),
    "invents everything": lambda body: says("开会37次，投入资金9321万元，王大锤同志获评全国劳模。"),
    "types altered figures": lambda body: says("党委理论学习中心组学习11次，其中专题研讨5次。"),
    "loses all handles": lambda body: says(re.sub(r"〔[^〕]*〕", "若干", told(body))),
    "echoes the prompt": lambda body: says("\n".join(m["content"] for m in body["messages"])),
    "template marks": lambda body: says(told(body) + "<|im_end|>\n<|im_start|>user\n再写一段"),
    "redirect": None,
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in ODD if ODD[name]])
def test_the_text_is_complete_whatever_the_server_does(fake, settings, town, name):
    fake.answers(ODD[name])
    started = time.monotonic()
    draft = write(*town, None, ask=connect(settings(**pace(name))).ask, year=2026)
    complete(draft, town)
    assert time.monotonic() - started < 15
    assert fake.calls <= 40
    for invented in ("9321", "王大锤"):
        assert invented not in draft.text or any(invented in f.text for f in draft.findings)


@pytest.mark.parametrize("name", ["never a word", "web page", "server error", "busy for hours"])
def test_a_failed_point_is_the_composers_and_says_so(fake, settings, town, name):
    fake.answers(ODD[name])
    draft = write(*town, None, ask=connect(settings(**pace(name))).ask)
    assert {p.origin for p in points(draft)} == {"composer"}
    assert all(p.notice for p in points(draft))
    assert draft.writer == "composer"


def test_one_bad_call_costs_one_point_and_no_more(fake, settings, town):
    fake.answers(good, fails(400), good)
    draft = write(*town, None, ask=connect(settings(concurrency=1)).ask)
    complete(draft, town)
    origins = Counter(p.origin for p in points(draft))
    assert origins["model"] > origins["composer"] > 0


def test_requests_that_a_server_refuses_do_not_count_against_the_others(fake, settings, town):
    refused = []

    def picky(body):
        if "作风问题" in body["messages"][-1]["content"]:
            refused.append(body)
            return fails(400, {"error": {"message": "data_inspection_failed"}})
        return good(body)

    fake.answers(picky)
    draft = write(*town, None, ask=connect(settings(concurrency=1)).ask)
    complete(draft, town)
    assert refused
    assert [p for p in points(draft) if p.origin == "model"]


def test_a_server_that_refuses_every_request_is_not_asked_for_ever(fake, settings):
    lines = [f"第{n}组排查隐患{n + 100}处" for n in range(60)]
    facts = parse_facts("\n".join(lines), unit="云渡镇")
    outline = make_outline(facts, Library([]), "一、安全生产情况")
    fake.answers(fails(400))
    draft = write(facts, outline, None, ask=connect(settings()).ask)
    assert fake.calls <= 12
    assert "159处" in draft.text


def test_a_wrong_key_at_the_start_is_one_clear_error(fake, settings, town):
    fake.answers(fails(401, {"error": {"message": f"bad key {KEY}"}}))
    with pytest.raises(ModelDenied, match="OPENAI_API_KEY") as caught:
        write(*town, None, ask=connect(settings(concurrency=1)).ask)
    assert KEY not in str(caught.value)
    assert fake.calls == 1


def test_an_unreachable_endpoint_at_the_start_is_one_clear_error(settings, town, fake):
    url, _ = fake.url, fake.close()
    with pytest.raises(ModelUnreachable):
        write(*town, None, ask=connect(settings(base_url=url)).ask)


def test_a_key_that_is_withdrawn_in_mid_run_stops_the_calls_not_the_draft(fake, settings, town):
    fake.answers(good, good, fails(401))
    draft = write(*town, None, ask=connect(settings(concurrency=1)).ask)
    complete(draft, town)
    assert fake.calls == 3
    assert any("OPENAI_API_KEY" in notice.message for notice in draft.notices)


def test_a_spent_budget_stops_the_calls_not_the_draft(fake, settings, town):
    fake.answers(good)
    draft = write(*town, None, ask=connect(settings(token_budget=1100, concurrency=1)).ask)
    complete(draft, town)
    assert draft.usage.prompt_tokens + draft.usage.completion_tokens <= 1100
    assert any("DRAFTER_TOKEN_BUDGET" in notice.message for notice in draft.notices)


def test_a_truncated_answer_is_continued(fake, settings, town):
    def reply(body):
        roles = [m["role"] for m in body["messages"]]
        if body["messages"][-1]["content"].startswith("没有写完"):
            first = body["messages"][-2]["content"]
            text = told({"messages": body["messages"][: len(roles) - 2]})
            return says(text[len(first) :])
        return says(half(body), finish="length")

    fake.answers(reply)
    draft = write(*town, None, ask=connect(settings()).ask)
    complete(draft, town)
    assert {p.origin for p in points(draft)} == {"model"}


def test_deltas_come_while_the_model_writes(fake, settings, town):
    fake.answers(good)
    kinds = Counter()
    deltas = []

    def on_event(event):
        kinds[event.kind] += 1
        if event.kind == "delta":
            deltas.append(event)

    draft = write(*town, None, ask=connect(settings()).ask, on_event=on_event)
    assert kinds["started"] == 1
    assert kinds["notice"] == 0
    assert kinds["section"] == len(draft.sections)
    assert kinds["delta"] > 10
    assert kinds["point"] == fake.calls
    assert kinds["usage"] == fake.calls
    assert {delta.section for delta in deltas} == {0, 1, 2, 3}


def test_stop_keeps_what_came_and_ends_at_once(fake, settings, town):
    def reply(body):
        text = told(body)
        return Reply(
            *[p for i in range(0, len(text), 5) for p in (event(text[i : i + 5]), 0.03)], 60
        )

    fake.answers(reply)
    started = time.monotonic()
    seen = []

    def on_event(event):
        seen.append(event)
        if any("。" in e.text for e in seen if e.kind == "delta"):
            raise StopWriting

    ask = connect(settings(first_token_timeout=10.0, stall_timeout=60.0)).ask
    draft = write(*town, None, ask=ask, on_event=on_event)
    assert time.monotonic() - started < 30
    complete(draft, town)
    assert "model" in {p.origin for p in points(draft)}
    assert any("停止" in notice.message for notice in draft.notices)


def test_what_a_callers_listener_raises_is_not_hidden(fake, settings, town):
    fake.answers(good)

    def on_event(event):
        if event.kind == "delta":
            raise KeyError("bug")

    with pytest.raises(KeyError):
        write(*town, None, ask=connect(settings()).ask, on_event=on_event)


def test_a_key_is_in_no_notice_text_or_event(fake, settings, town):
    fake.answers(good, fails(400, {"error": {"message": f"key {KEY} rejected"}}))
    events = []
    draft = write(*town, None, ask=connect(settings()).ask, on_event=events.append)
    assert KEY not in repr(draft)
    assert KEY not in repr(events)


SECRETS = [
    "沈砚秋", "云渡", "作风建设年", "10次", "=10", "64", "58", "16", "97", "143", "286", "812",
    "14.6", "3月6日", "活动方案",
]  # fmt: skip


def test_in_sealed_mode_no_figure_and_no_name_leaves_the_process(fake, settings, town):
    fake.answers(good)
    draft = write(*town, None, ask=connect(settings()).ask, sealed=True)
    complete(draft, town)
    sent = "\n".join(m["content"] for _, _, body in fake.requests for m in body["messages"][3:])
    for secret in SECRETS:
        assert secret not in sent, secret
    assert not re.search(r"(?<![F.\d])\d+(?![.\d]*[〕\d]|字)", sent)
    for name in ("沈砚秋", "《云渡镇“作风建设年”活动方案》", "3月6日"):
        assert name in draft.text


def test_in_sealed_mode_a_heading_is_sealed_too(fake, settings):
    facts = parse_facts("云渡镇排查隐患97处，整改97处\n沈砚秋带队检查3次", unit="云渡镇")
    outline = make_outline(facts, Library([]), "一、云渡镇2026年安全生产情况")
    fake.answers(good)
    draft = write(facts, outline, None, ask=connect(settings()).ask, sealed=True)
    assert "云渡" not in fake.bytes_seen()
    assert "2026" not in fake.bytes_seen()
    assert "97处" in draft.text


def test_a_request_without_facts_is_never_sent(fake, settings):
    facts = parse_facts("排查隐患97处，整改97处", unit="云渡镇")
    outline = make_outline(facts, Library([]), "一、安全生产情况\n二、文化建设情况")
    fake.answers(good)
    write(facts, outline, None, ask=connect(settings()).ask)
    assert fake.calls == 1
    assert all(
        "素材：\n\n" not in json.dumps(body, ensure_ascii=False) for _, _, body in fake.requests
    )


def test_in_sealed_mode_nothing_that_names_or_counts_the_unit_is_in_any_request(fake, settings):
    demo = Path(__file__).parents[2] / "drafter" / "demo"
    facts = parse_facts((demo / "facts.txt").read_text("utf-8"), unit="云渡镇", period="2026年")
    outline = make_outline(facts, Library([]), (demo / "tasks.txt").read_text("utf-8"))
    fake.answers(good)
    draft = write(facts, outline, None, ask=connect(settings()).ask, sealed=True, year=2026)
    complete(draft, (facts, outline))
    sent = "\n".join(m["content"] for _, _, body in fake.requests for m in body["messages"][3:])
    kinds = {"person", "place", "organisation", "title"}
    names = {e.text for fact in facts for e in find_entities(fact.text) if e.kind in kinds}
    assert len(names) > 10
    assert [name for name in names if name in sent] == []
    shown = re.sub(r"〔F\d+\.\d+|写约\d+字", "", sent)
    assert re.findall(r"\d+", shown) == []
    assert {p.origin for p in points(draft)} == {"model"}
