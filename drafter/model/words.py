"""Failures of an endpoint in our words: what happened, what to do, and whether to try again.

No text of an exception or of a server is passed on unmasked; a key never is.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import httpx2
import openai

from drafter.errors import (
    ModelAnswerInvalid,
    ModelBusy,
    ModelDenied,
    ModelError,
    ModelTimeout,
    ModelUnreachable,
)
from drafter.model.limits import MAX_WAIT, retry_after

BUSY_TRIES = 4
SERVER_TRIES = 3  # 5xx: two retries
LOST_TRIES = 3
DAY = 86_400.0  # seconds
_SECRET = re.compile(r"(?i)\b(?:sk|key|token|bearer|api[-_]?key)[-_=: ]*[\w.*-]{6,}")


@dataclass(frozen=True, slots=True)
class Failure:
    """An error to raise, after ``tries`` tries in all; ``wait`` seconds if the server named them.

    ``final``: no further call makes sense (key, address). ``parameter`` is the request parameter
    that the server does not take, "" if it is not about one; ``ours`` that it is about this one
    request (its words, its length), not about the server.
    """

    error: ModelError
    tries: int = 1
    wait: float | None = None
    final: bool = False
    parameter: str = ""
    ours: bool = False


def place(base_url: str) -> str:
    """Return the address to show: scheme, host and port, nothing that could hold a secret."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def mask(text: str, key: str = "") -> str:
    """Return a server's text fit to be shown: one short line, secrets replaced.

    A text that holds any eight characters of the key in a row is not shown at all.
    """
    line = " ".join(text.split())[:400]
    if key and any(key[i : i + 8] in line for i in range(max(1, len(key) - 7))):
        return ""
    return _SECRET.sub("〔略〕", line)[:80]


def explain(error: BaseException, base_url: str, key: str, now: datetime) -> Failure:
    """Return what an exception of a call means."""
    if isinstance(error, ModelError):
        return Failure(error, tries=1)
    if isinstance(error, openai.APIStatusError):
        return _status(error, base_url, key, now)
    return _transport(error, place(base_url))


def _status(error: openai.APIStatusError, base_url: str, key: str, now: datetime) -> Failure:
    status = error.status_code
    if status in (401, 403):
        return Failure(
            ModelDenied(f"模型端点拒绝了请求（{status}）：请检查密钥 OPENAI_API_KEY 和访问权限。"),
            final=True,
        )
    if status in (404, 405) or 300 <= status < 400:
        return Failure(ModelDenied(_not_there(status, place(base_url))), final=True)
    said = mask(_message(error), key)
    if status == 429:
        return _busy(error, said, now)
    if status >= 500 or status in (408, 409, 425):
        wait = retry_after(error.response.headers.get("retry-after"), now)
        wait = wait if wait is not None and wait <= MAX_WAIT else None
        text = f"模型端点出错（{status}），已重试{SERVER_TRIES - 1}次；请稍后再试。"
        return Failure(ModelAnswerInvalid(text), SERVER_TRIES, wait)
    return Failure(
        ModelAnswerInvalid(f"模型端点不接受这次请求（{status}）：{said or '没有说明原因'}"),
        parameter=_parameter(_message(error)),
        ours=True,
    )


def _not_there(status: int, where: str) -> str:
    if 300 <= status < 400:
        return (
            f"模型端点 {where} 要求转到别的地址（{status}），为安全起见不跟随；"
            "请改正 OPENAI_BASE_URL。"
        )
    return (
        f"模型端点 {where} 没有这个地址或模型（{status}）："
        "请检查 OPENAI_BASE_URL（通常以 /v1 结尾）和 DRAFTER_MODEL。"
    )


def _busy(error: openai.APIStatusError, said: str, now: datetime) -> Failure:
    if "quota" in _message(error).lower() or "余额" in said:
        return Failure(ModelDenied("模型端点的额度已用完（429），请充值或更换密钥。"), final=True)
    wait = retry_after(error.response.headers.get("retry-after"), now)
    if wait is not None and wait > MAX_WAIT:
        asked = f"{wait:.0f}秒" if wait < DAY else "一天以上"
        text = f"模型端点繁忙（429），要求等待{asked}；请到时再写。"
        return Failure(ModelBusy(text), tries=1, final=True)
    return Failure(
        ModelBusy(f"模型端点繁忙（429），试了{BUSY_TRIES}次仍未轮到；请稍后再试。"),
        BUSY_TRIES,
        wait,
    )


def _message(error: openai.APIStatusError) -> str:
    body = error.body
    if isinstance(body, dict):
        inner = body.get("error", body)
        body = inner.get("message", "") if isinstance(inner, dict) else inner
    return str(body or "")


def _parameter(message: str) -> str:
    if "max_completion_tokens" in message:
        return "max_tokens"
    names = ("stream_options", "temperature", "max_tokens")
    return next((name for name in names if name in message), "")


def _transport(error: BaseException, where: str) -> Failure:
    causes = tuple(_chain(error))
    if any(isinstance(cause, httpx2.ProxyError) for cause in causes):
        return _unreachable(f"经代理连接 {where} 失败：请检查代理设置 HTTPS_PROXY、NO_PROXY。")
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return _unreachable(f"与 {where} 的加密连接（TLS）建立不起来：请检查证书和 https 地址。")
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return _unreachable(f"找不到 {where} 这个主机名：请检查 OPENAI_BASE_URL 和网络（DNS）。")
    if any(isinstance(cause, httpx2.ConnectTimeout) for cause in causes):
        return _unreachable(f"连接 {where} 超时：请检查网络和 OPENAI_BASE_URL。")
    if any(isinstance(cause, (httpx2.ConnectError, ConnectionRefusedError)) for cause in causes):
        text = f"连不上 {where}：请确认模型服务已启动，OPENAI_BASE_URL 的主机和端口无误。"
        return Failure(ModelUnreachable(text), tries=2)
    if any(
        isinstance(cause, (httpx2.TimeoutException, asyncio.TimeoutError, TimeoutError))
        for cause in causes
    ):
        return Failure(ModelTimeout(f"{where} 长时间没有回应：请稍后再试，或换一个小些的模型。"))
    if any(isinstance(cause, (httpx2.LocalProtocolError, UnicodeEncodeError)) for cause in causes):
        text = "密钥 OPENAI_API_KEY 里有不能用的字符（如中文、全角符号、换行）：请重新复制。"
        return Failure(ModelDenied(text), final=True)
    if any(isinstance(cause, httpx2.TransportError) for cause in causes):
        text = f"与 {where} 的连接在中途断开：请稍后再试。"
        return Failure(ModelAnswerInvalid(text), LOST_TRIES)
    return Failure(ModelAnswerInvalid(f"{where} 的回答读不出来：请确认它是兼容 OpenAI 的接口。"), 2)


def _unreachable(text: str) -> Failure:
    return Failure(ModelUnreachable(text), tries=1)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
