"""The pure parts of the model room: waiting, counting, masking, the bytes of a stream."""

import hashlib
import random
from datetime import datetime, timezone

import pytest
import tiktoken
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.errors import ModelTimeout
from drafter.model import tokens
from drafter.model.limits import Breaker, backoff, retry_after
from drafter.model.stream import Decoder, loops
from drafter.model.words import mask, place

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3),
        ("0.5", 0.5),
        ("-4", 0),
        ("Sun, 22 Nov 2026 06:00:07 GMT", 7),
        ("Sun, 22 Nov 2026 05:59:00 GMT", 0),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert retry_after(value, NOW) == seconds


def test_waiting_doubles_with_jitter():
    random.seed(1)
    for attempt in range(4):
        waits = [backoff(attempt) for _ in range(50)]
        assert 0.375 * 2**attempt <= min(waits) <= max(waits) <= 0.625 * 2**attempt
        assert len(set(waits)) > 10


def test_the_breaker_opens_after_failures_in_a_row_only():
    breaker = Breaker(limit=2)
    breaker.failed(ModelTimeout("慢"))
    breaker.succeeded()
    breaker.failed(ModelTimeout("慢"))
    breaker.check()
    breaker.failed(ModelTimeout("慢"))
    with pytest.raises(ModelTimeout):
        breaker.check()


def test_the_breaker_tries_again_after_a_rest():
    breaker = Breaker(limit=1, rest=-1.0)
    breaker.failed(ModelTimeout("慢"))
    breaker.check()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(1, 40))
def test_no_bytes_make_the_decoder_raise(data, size):
    decoder = Decoder()
    for at in range(0, len(data), size):
        decoder.feed(data[at : at + size])
    decoder.feed(b"", final=True)
    decoder.whole()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("中文，。a1", max_size=5), max_size=5), st.integers(1, 30))
def test_how_bytes_are_cut_does_not_matter(texts, size):
    import json

    data = b"".join(
        f"data: {json.dumps({'choices': [{'delta': {'content': t}}]})}\r\n\r\n".encode()
        for t in texts
    )
    decoder = Decoder()
    pieces = []
    for at in range(0, len(data), size):
        pieces += decoder.feed(data[at : at + size])
    pieces += decoder.feed(b"", final=True)
    assert "".join(p.text for p in pieces) == "".join(texts)


def test_a_loop_is_a_stretch_six_times_at_the_end():
    assert loops("前文。" + "加强领导，" * 6)
    assert not loops("前文。" + "加强领导，" * 3 + "完。")
    assert not loops("一二三四五六七八九十" * 2)


@pytest.mark.parametrize(
    "text", ["Incorrect API key provided: sk-abcdef123456", "token=abcdef123456", "Bearer abcdefgh"]
)
def test_what_looks_like_a_secret_is_masked(text):
    assert "abcdef" not in mask(text)


def test_a_text_with_a_part_of_the_key_is_not_shown():
    assert mask("your key geheimni... is wrong", "geheimnis123") == ""
    assert mask("model not found", "geheimnis123") == "model not found"


def test_only_host_and_port_of_an_address_are_shown():
    assert place("https://user:pw@host.cn:8443/v1?key=x") == "https://host.cn:8443"


def test_a_token_is_estimated_at_three_quarters_of_a_character():
    assert tokens.estimate("中" * 100) == 75
    assert tokens.estimate("a" * 100) == 25
    assert tokens.estimate("") == 0


def test_tiktoken_counts_where_it_needs_no_network():
    ranks = {bytes([n]): n for n in range(256)}
    encoding = tiktoken.Encoding(
        "bytes", pat_str=r"[\s\S]", mergeable_ranks=ranks, special_tokens={}
    )
    assert tokens.counter(encoding.encode)("中a") == 4


def test_without_its_ranks_tiktoken_is_not_asked_to_download_them(tmp_path, monkeypatch):
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    tokens.best_counter.cache_clear()
    name, count = tokens.best_counter()
    assert name == "estimate-0.75"
    assert count("中中中中") == 3
    tokens.best_counter.cache_clear()


def test_damaged_ranks_are_not_used(tmp_path):
    name = hashlib.sha1(tokens._URL.encode(), usedforsecurity=False).hexdigest()
    (tmp_path / name).write_bytes(b"damaged")
    assert not tokens.cached_ranks(tmp_path)


def test_whole_ranks_are_counted_with(tmp_path, monkeypatch):
    data = b"\n".join(
        b"%s %d" % (__import__("base64").b64encode(bytes([n])), n) for n in range(256)
    )
    monkeypatch.setattr(tokens, "_SHA256", hashlib.sha256(data).hexdigest())
    name = hashlib.sha1(tokens._URL.encode(), usedforsecurity=False).hexdigest()
    (tmp_path / name).write_bytes(data)
    assert tokens.cached_ranks(tmp_path)
