"""Sums of money that a note gives in 万 or 亿 alone: the paper writes 元 behind them."""

from __future__ import annotations

import re
from functools import cache

from drafter.resources import lexicon

_BARE = re.compile(
    r"(?<![\d.第几数点零一二三四五六七八九十百千万亿两])"
    r"(?P<sum>(?:\d[\d,.]*|[一二三四五六七八九十两][零一二三四五六七八九十百千两]*(?:点[零一二三四五六七八九]+)?)[余多]?[万亿])"
    r"(?=[，；。、）（]|以[上下内]|左右|用于|已[修建购改]|[修购][复建缮置]|$)"
)
_GOES_ON = re.compile(
    r"(?:年度|全年)?(?:任务|目标|计划|完成|到位|其中|实际|累计|同比|上年|去年|(?:比|较)(?:上年|去年|年初|上期|同期))[\u4e00-\u9fff]{0,4}$"
    r"|^$|^最(?:多|高|少|低)的?[\u4e00-\u9fff]{0,8}$|^[共已]?(?:拨付?|支付|兑现|发放|到账|入账|下达|计|共|需|要|缺|欠|一年要)$"
)
_PAID = re.compile(r"\d[万亿]?元(?!件)")
_MARKS = re.compile(r"[，；。、（）：]")
_OTHER = re.compile(
    r"(?<![\d余多每])[人户亩吨株棵头只羽册份条公里平米千瓦]+数?$|人口|面积|产量|客流|[游旅乘]客|人数|用户|粉丝|播放|阅读|观众|点击|浏览"
)


def with_yuan(text: str) -> str:
    """Return a text with 元 behind each sum that its clause, or the one before, calls money."""
    sums, money = [], False
    for match in _BARE.finditer(text):
        sentence = re.split("[。；]", text[: match.start()])[-1]
        *before, clause = _MARKS.split(sentence)
        told = money or any(_is_money(part) or _PAID.search(part) for part in before)
        goes_on = told and _GOES_ON.search(clause) and not _OTHER.search(clause)
        money = _is_money(clause) or bool(goes_on)
        sums += [match.end()] if money else []
    for end in reversed(sums):
        text = f"{text[:end]}元{text[end:]}"
    return text


def _is_money(clause: str) -> bool:
    return _words().search(clause) is not None and not _OTHER.search(clause)


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(lexicon("writing", "money_words.txt")))
