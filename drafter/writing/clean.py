"""What a model sends becomes one plain paragraph, or is recognised as no answer.

Small and odd models think aloud, greet, decorate, repeat themselves, write in traditional script or
in another language, wrap text in JSON or code fences, echo the prompt. None of it is the clerk's.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from drafter.chinese.normalise import clean as border_clean
from drafter.chinese.sentences import split_sentences
from drafter.resources import lexicon
from drafter.writing.grounds import coverage
from drafter.writing.marks import HTML, LINK, PICTURES

_THINK = re.compile(r"(?is)<(think|thinking|thought|reasoning|analysis)>.*?</\1>")
_THINK_END = re.compile(r"(?is)^.*</(?:think|thinking|thought|reasoning|analysis)>")
_THINK_OPEN = re.compile(r"(?is)<(?:think|thinking|thought|reasoning|analysis)>.*\Z")
_TURN = re.compile(r"(?s)(?:<\|(?:im_end|endoftext|eot_id|end|im_start)\|>|</s>|\[/?INST\]).*\Z")
_FENCE = re.compile(r"(?s)```[\w-]*\n?(.*?)(?:```|\Z)")
_SCRIPT = re.compile(r"(?is)<(script|style)\b.*?(?:</\1>|\Z)")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_TITLE = re.compile(r"(?m)^\s*#{1,6}\s+[^，。；〔]*$")
_BULLET = re.compile(r"(?m)^\s*(?:#{1,6}\s+|>\s*|[-*+•·]\s+|\|)")
_RULE = re.compile(r"(?m)^\s*(?:[-*_=]{3,}|\|?[-:| ]+\|)\s*$")
_TABLE_HEAD = re.compile(r"(?m)^[ \t]*\|.*\n[ \t]*\|[-:| \t]+$")
_ROW = re.compile(r"(?m)^[ \t]*\|.*$")
_CELL = re.compile(r"[ \t]*\|[ \t]*(?P<value>[〔\d])?")
_STARS = re.compile(r"\*{1,3}|_{2,3}|`|~~")
_ORDER = re.compile(
    r"^\s*(?:(?:第?[一二三四五六七八九十]{1,3}(?:、|是[，：,:]?|[．.])|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.．、)）](?!\d))\s*)"
)
_INNER_ORDER = re.compile(
    r"(?<=[。；])(?:[一二三四五六七八九十]是(?=[^否])|第[一二三四五]，|[（(][一二三四五][)）])"
)
_LABEL = re.compile(r"^(?:栏目：.*|写约\d+字。?|(?:素材|正文|原文|原句|改好的句子)：\s*)")
_FRAME = re.compile(r"(?m)(?P<first>^[ \t]*)?【(?!\s*[FＦf]\s*\d|待补)(?P<text>[^【】\n]{1,30})】")
_HEADWORD = re.compile(r"(?m)^(?P<word>[\w“”、]{2,16})：(?=(?P<rest>.+))")
_GENERIC = re.compile(r"(?:的?(?:问题|方面|情况|工作|措施|打算|计划))+$")
SAID_AGAIN = 0.5  # share of a headword that its line says again
_LOOP = re.compile(r"(?s)([^\d〔〕]{4,60}?)\1{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FOREIGN = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0e00-\u0e7f]")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
_HALF = str.maketrans({",": "，", ";": "；", "?": "？", "!": "！", ":": "："})
_KEYS = ("text", "content", "正文", "段落", "draft", "output", "answer", "result")
_ENDS = "。！？；”）】"
MIN_ECHO = 8  # characters: a sentence of the prompt that comes back


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One plain paragraph. ``ragged``: it breaks off in mid-sentence.

    ``fault`` says why it is no answer (empty, refused, language), "" if it is one.
    """

    text: str
    ragged: bool = False
    fault: str = ""


def clean(raw: str, prompt: str = "", keep: str = "") -> Cleaned:
    """Return the paragraph that a raw answer holds.

    ``prompt`` is what was asked (its sentences are dropped where they come back), ``keep`` the
    facts' text: characters in it are not turned into simplified script.
    """
    text = without_titles(unwrapped(without_thoughts(printable(raw))))
    text = without_headwords(without_frames(plain_lines(text), keep), prompt, keep)
    if any(re.match(pattern, text) for pattern in lexicon("writing", "refusals.txt")):
        return Cleaned("", fault="refused")
    text = without_chatter(text)
    text = simplified(text, keep)
    text = one_paragraph(text)
    text = without_echo(without_loops(text), prompt)
    if not text.strip("。；， "):
        return Cleaned("", fault="empty")
    if foreign(text):
        return Cleaned("", fault="language")
    return Cleaned(text, ragged=not text.endswith(tuple(_ENDS)))


def printable(text: str) -> str:
    """Return a text without halves of characters, control marks, hidden marks and pictures."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return PICTURES.sub("", border_clean(whole.replace("\ufffd", "")))


def without_thoughts(text: str) -> str:
    """Drop what a model thinks aloud, also where the mark is never closed or never opened."""
    text = _THINK.sub("", text)
    text = _THINK_END.sub("", text)
    return _TURN.sub("", _THINK_OPEN.sub("", text)).strip()


def unwrapped(text: str) -> str:
    """Take the text out of a code fence or a JSON object."""
    fence = _FENCE.search(text)
    if fence and len(fence.group(1)) > len(text) // 3:
        text = fence.group(1)
    text = text.strip()
    return _from_json(text) if text.startswith(("{", "[")) else text


def _from_json(text: str) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        found = re.search(rf'"(?:{"|".join(_KEYS)})"\s*:\s*"((?:[^"\\]|\\.)*)', text)
        return found.group(1).replace("\\n", "\n").replace('\\"', '"') if found else text
    return _longest(value) if isinstance(value, (dict, list)) else text


def _longest(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        named = [value[key] for key in _KEYS if key in value]
        return max(map(_longest, named or value.values()), key=len, default="")
    if isinstance(value, list):
        return "".join(map(_longest, value))
    return ""


def without_titles(text: str) -> str:
    """Drop Markdown titles over the text; one that is all there is stays."""
    rest = _TITLE.sub("", text)
    return rest if rest.strip() else text


def plain_lines(text: str) -> str:
    """Drop Markdown, HTML and order marks at the beginning of lines."""
    text = html.unescape(HTML.sub("", _SCRIPT.sub("", text)))
    text = LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _ROW.sub(_row, _TABLE_HEAD.sub("", text))
    text = _BULLET.sub("", _RULE.sub("", text))
    text = _STARS.sub("", text)
    lines = (_LABEL.sub("", _ORDER.sub("", line).strip()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def without_frames(text: str, keep: str = "") -> str:
    """Take 【】 off, which marks what is missing and nothing else; a title in it goes with it."""

    def bare(match: re.Match[str]) -> str:
        if match.group().strip() in keep:
            return match.group()
        title = match["first"] is not None and match["text"] not in keep
        return "" if title else f"{match['first'] or ''}{match['text']}"

    return _FRAME.sub(bare, text)


def without_headwords(text: str, prompt: str = "", keep: str = "") -> str:
    """Drop 征地问题： before a line that says it again, and the heading; the facts' own stay."""

    def gone(match: re.Match[str]) -> str:
        word = match["word"]
        stem = _GENERIC.sub("", word)
        again = not stem or coverage(stem, match["rest"]) >= SAID_AGAIN
        return "" if f"{word}：" not in keep and (again or word in prompt) else match.group()

    return _HEADWORD.sub(gone, text)


def _row(match: re.Match[str]) -> str:
    """Return a row of a Markdown table as clauses; a value stands right behind its label."""
    return _CELL.sub(lambda m: m["value"] or "，", match.group().strip(" \t|"))


def without_chatter(text: str) -> str:
    """Drop greetings before and remarks behind the paragraph."""
    changed = True
    while changed:
        before = text
        for pattern in lexicon("writing", "chatter.txt"):
            text = re.sub(pattern, "", text, count=1).lstrip()
        changed = text != before and bool(text)
    lines = text.splitlines()
    while lines and _is_afterword(lines[-1]):
        lines.pop()
    sentences = [span.text for span in split_sentences("\n".join(lines))]
    while sentences and _is_afterword(sentences[-1].rstrip("。！")):
        last = sentences.pop()
        joined = "\n".join(lines)
        lines = joined[: joined.rindex(last)].splitlines()
    return "\n".join(lines)


def _is_afterword(line: str) -> bool:
    return any(re.match(pattern, line) for pattern in lexicon("writing", "afterwords.txt"))


def simplified(text: str, keep: str = "") -> str:
    """Return the text in simplified script; characters that stand in ``keep`` stay."""
    marks = set("".join(lexicon("writing", "traditional.txt"))) - set(keep)
    if not marks & set(text):
        return text
    converted = _converter().convert(text)
    if len(converted) != len(text):
        return converted
    return "".join(a if a in keep else b for a, b in zip(text, converted, strict=True))


@cache
def _converter() -> _Converter:
    import opencc  # noqa: PLC0415 - loads a dictionary; only traditional answers need it

    return opencc.OpenCC("t2s")  # type: ignore[no-any-return]


class _Converter(Protocol):
    """What opencc gives."""

    def convert(self, text: str) -> str:
        """Return the text converted."""
        ...


def one_paragraph(text: str) -> str:
    """Join the lines to one paragraph with full-width punctuation between Chinese characters."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = "".join(
        line if line.endswith(tuple(_ENDS + "，、：")) or n == len(lines) else line + "。"
        for n, line in enumerate(lines, 1)
    )
    joined = re.sub(
        r"(?<![\d\s])[,;?!:](?!\d)|(?<=\d)[,;](?!\d)", lambda m: m.group().translate(_HALF), joined
    )
    joined = _INNER_ORDER.sub("", joined)
    joined = re.sub(r"(?<=[\u4e00-\u9fff〕）”%])\.(?=[\u4e00-\u9fff〔]|$)", "。", joined)
    joined = re.sub(r"(?<=[^\x00-\x7f])[ \t]+|[ \t]+(?=[^\x00-\x7f])", "", joined)
    return re.sub(r"([。；，])[。；，]+", r"\1", joined)


def without_loops(text: str) -> str:
    """Keep one of a stretch repeated three times on end, and the first of equal sentences."""
    text = _LOOP.sub(r"\1", text)
    seen: set[str] = set()
    kept = []
    for span in split_sentences(text):
        key = span.text.strip("。；！？ ")
        if key not in seen:
            kept.append(span.text)
        seen.add(key)
    return "".join(kept)


def without_echo(text: str, prompt: str) -> str:
    """Drop sentences that stand in the prompt's instructions, and its labels."""
    kept = []
    for span in split_sentences(text):
        core = span.text.strip("。；！？ ")
        if len(core) < MIN_ECHO or core not in prompt:
            kept.append(span.text)
    return "".join(kept)


def foreign(text: str) -> bool:
    """Tell whether a text is not Chinese: foreign script, or more Latin words than characters."""
    bare = re.sub(r"[〔\[（(]?[FＦ]\d+[.．]\d+[^〕\]）)]{0,20}[〕\]）)]?", "", text)
    han = len(_HAN.findall(bare))
    if len(_FOREIGN.findall(bare)) * 10 > len(bare):
        return True
    return len("".join(_LATIN_WORD.findall(bare))) > max(han, 8)
