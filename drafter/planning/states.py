"""Whether a fact tells of work, of a problem or of a plan: which section of a paper takes it."""

from __future__ import annotations

import re

from drafter.domain import Fact, OutlineSection
from drafter.planning.topics import office_domains

_PLAN = re.compile(
    r"(?:努力方向|改进措施|(?:意见)?建议|(?:下一?步|今后|明年|20\d\d年)(?:工作)?(?:打算|计划|安排|目标)?)\s*[：:]"
)
_BOTH = re.compile(r"(?:问题|不足|困难|短板).*(?:打算|计划|安排|下一?步|建议|措施|对策|方向)")
_LABEL = re.compile(r"(?P<label>[\u4e00-\u9fff\d]{2,10})(?:\s*[：:]|\s*——|\s+)(?!\d)")
_IN_BRACKETS = re.compile(r"[（(](?P<office>[\u4e00-\u9fff]{2,8})[)）]")
_OPEN = re.compile(
    r"(?:还|仍)?(?:存在)?的?(?:主要)?(?:问题|不足|困难|短板|差距|弱项)(?:和不足)?"
    r"(?:主要)?(?:有|是|表现在)?$|(?:还|仍)?存在$"
)
_FOUND = re.compile(
    r"(?:发现|查找|查出|排查|梳理|收集|反映|整改|解决)[^，。；]{0,12}问题[^，。；]{0,4}?\d"
)
_HANDLED = re.compile(
    r"(?<!被)(?:点名|通报|约谈|问责|曝光|处分|查处|追责|批评教育|调离|诫勉|警告|处罚|罚款|没收|取缔|立案)"
)
_ADMITS = re.compile(
    r"被[^，。；]{0,8}(?:点名|通报|约谈|问责|曝光)|仍|还(?:有|是|没)|不够|不高|不强"
)
_NEXT_HEAD = re.compile(
    r"(?:下半年|[二三四]季度|下季度|下月|明年|来年|下一?(?:步|阶段)|今后)(?:的?工作)?(?:打算|计划|安排|重点|措施)?\s*[：:]"
)
_NEXT = re.compile(r"(?:下半年|四季度|下季度|下月|明年|来年|下一?步)$")
_PLANS = re.compile(
    r"(?:下一?步|今后|明年)?(?:的?工作)?(?:打算|计划|安排|建议|措施|思路)?$|努力方向$"
)
_PROGRAMME = re.compile(  # a name or a paper, no plan
    r"(?:改善|雨露|春蕾|资助|帮扶|培育|提升|关爱|救助)计划|按照?(?:既定)?计划(?=[，,完推有已])|计划(?:[外内]|生育|免疫|书)|草?拟[定订稿](?!于)"
    r"|(?:改造|审批|采购|培训|招商|招生|用地|建设|整改|检查|执法|造林)计划"
    r"(?=\d+(?:\.\d+)?(?![\d.年月日])|[，。；的已]|$|用地|有序|全部|完成(?:率|\d+[%％])|执行|落实|下达|批复|获批|上报|编制)"
)
_WON = re.compile(r"争取[^，；。]*(?:资金|专项债|债券|补助|经费|贷款)[^，；。]*\d")
_AHEAD = re.compile(
    r"力争|计划|打算|拟|明年|来年|预计|将[于在]|下一?步|接下来|年底前|月底前|[上下]半年|前完成|达到|以上|不少于"
)
_HEADS_PLAN = re.compile(r"(?:明年|来年|接下来|下一?步)(?!的?\d+[天个])")
_MEANT = re.compile(
    r"(?:计划(?![外内]|生育|免疫|书)|打算|拟(?![定订稿](?!于))|准备(?=[在于把将对再下]|明年|来年|年[底内]|新[建增]|\d+月))"
)
_READY = re.compile(r"(?:明年|来年)[^，。；]*?已(?!列入|明确|[^，。；]*的)")
_COUNTED = re.compile(r"[，,；;][^，,；;]*\d")
_DONE = re.compile(r"已(?!列入|明确)|实际|累计|截至|目前|(?<!为)了(?!解)")
_DONE_FIRST = re.compile(r"[^，,；;。]*?\d.*[，,；;。]\s*(?:剩|余|其余|还剩|还有|尚有|另有)")


def kind_of(fact: Fact) -> str:
    """Return problems, plan, or "" for work.

    Work done with a remainder still to come (抢通33处，剩余3处12月前完工) is work, and so is what
    was won or made ready already (争取上级资金4360万元, 明年种子已备足).
    """
    label = label_of(fact.text)
    if fact.state != "done" and _NEXT_HEAD.match(fact.text):
        return "plan"
    if _OPEN.match(label) or (fact.state == "problem" and not _seen_to(fact.text)):
        return "problems"
    if fact.state == "planned":
        named = _PROGRAMME.search(fact.text) and not _AHEAD.search(_PROGRAMME.sub("", fact.text))
        done = (
            named
            or _READY.search(fact.text)
            or _DONE_FIRST.match(fact.text)
            or (_WON.match(fact.text) and not _AHEAD.search(fact.text))
        )
        return "" if done else "plan"
    ahead = (_NEXT.match(label) and fact.state != "done") or _sets_out(fact.text)
    return "plan" if ahead or _PLAN.match(fact.text) else ""


def _sets_out(text: str) -> bool:
    """Tell a line that begins with what is to come and tells of nothing done since.

    明年 rules a whole line; behind 计划改厕60户 a figure may tell how many are done.
    """
    if _HEADS_PLAN.match(text):
        return not _DONE.search(text)
    return bool(_MEANT.match(text)) and not (_DONE.search(text) or _COUNTED.search(text))


def _seen_to(text: str) -> bool:
    """Tell a problem that the line says was found or punished, not one that is left."""
    return bool(_FOUND.search(text) or (_HANDLED.search(text) and not _ADMITS.search(text)))


def announces(text: str) -> bool:
    """Tell a line that says at its head that problems or plans follow (明年：…, 问题：…)."""
    return is_open(label_of(text) or "-") or _NEXT_HEAD.match(text) is not None


def head_of(text: str) -> str:
    """Return the label before a line's first colon, also where a number follows (明年：1.…)."""
    ahead = _NEXT_HEAD.match(text)
    return label_of(text) or (ahead[0].rstrip(" ：:") if ahead else "")


def speaker(fact: Fact) -> str:
    """Return the office that a fact comes from: its tag, or a label in brackets (（经发）…)."""
    match = _IN_BRACKETS.match(fact.text)
    return fact.office or (match["office"] if match and office_domains(match["office"]) else "")


def line_of(fact: Fact) -> str:
    """Return the line of work that a tag names (农业线), which stands over facts as a heading."""
    return fact.office if fact.office.endswith("线") else ""


def is_open(label: str) -> bool:
    """Tell a label that announces problems or plans."""
    return bool(_OPEN.match(label) or _PLANS.match(label))


def label_of(text: str) -> str:
    """Return what stands before the first colon, dash or gap of a line, where that is a name."""
    match = _LABEL.match(text)
    return match["label"] if match else ""


def takes_both(section: OutlineSection) -> bool:
    """Tell a heading over problems and plans together (存在的问题和下一步打算)."""
    open_work = section.function in {"problems", "plan"}
    return open_work and _BOTH.search(section.heading) is not None
