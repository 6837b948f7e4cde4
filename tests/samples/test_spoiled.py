"""A sound summary is spoiled in one way: that is reported, and nothing else."""

import re

import pytest

from drafter.samples.hygiene import hygiene
from drafter.samples.parse import parse_sample

SOUND = """青石镇2024年安全生产工作总结
今年以来，镇党委、镇政府把安全生产放在突出位置，各项任务有序推进，全年没有发生生产安全事故，现将工作情况总结如下。
一、工作开展情况
（一）压实各级责任。镇党委召开专题会议6次，签订责任书86份。一是领导包片。班子成员分片包干，每月下村督查。二是干部包村。驻村干部全年排查隐患213处，整改210处。三是网格到人。选聘网格员64名，实行日巡查制度。
（二）排查整治隐患。全镇检查企业43家次，投入整治资金126万元，隐患整改率达到98.6%，重点企业全部建立台账。
二、存在问题
部分企业主体责任落实不够到位，个别村应急物资储备不足，监管力量与任务要求还有差距，群众安全意识有待提高。
三、下一步工作打算
（一）健全长效机制。完善网格化监管办法，每月通报一次排查情况，年内实现规模以上企业标准化建设全覆盖。
（二）加强宣传教育。组织应急演练4场，培训企业安全员120人次，切实提高群众的防范意识和自救能力。
青石镇人民政府
2024年12月20日
"""
MASKED = re.sub(r"青石镇", "XX镇", re.sub(r"\d+(?=[次份处名家])", "***", SOUND))


def swap(old, new, text=SOUND):
    assert old in text
    return text.replace(old, new, 1)


def wrapped(width):
    lines = []
    for paragraph in SOUND.splitlines():
        line = "　　" + paragraph
        lines += [line[i : i + width] for i in range(0, len(line), width)]
    return "\n".join(lines)


ANNEX = (
    "附件\n重点任务清单\n一、组织领导任务。由党政办牵头办理。\n二、督查督办任务。由纪委牵头办理。"
)
SPOILED = {
    "missing_title": SOUND.split("\n", 1)[1],
    "split_title": swap("2024年安全", "2024年\n安全"),
    "glued_heading": swap("\n二、", "二、"),
    "run_in_without_separator": swap(
        "责任。镇党委召开专题会议6次，",
        "责任镇党委召开专题会议6次，研究工作，明确任务，划定责任区域，",
    ),
    "numbering_gap": swap("三、下", "四、下"),
    "unnumbered_heading": swap("二、存在问题", "存在问题"),
    "missing_shi": swap("三是网格", "三网格"),
    "duplicate_body": SOUND + SOUND,
    "numbered_preamble": swap("今年以来，", "一、今年以来，"),
    "deleted_mask": swap("资金126万元", "资金 万元"),
    "mixed_brackets": swap("（二）排", "(二）排"),
    "split_paragraph": swap("重点企业", "\n重点企业"),
    "hard_wrapped": wrapped(34),
    "split_marker": swap("（二）排", "（\n二）排"),
    "page_artefact": swap("二、存", "- 2 -\n二、存"),
    "annex_restart": SOUND + ANNEX,
    "single_line": " ".join(SOUND.split()),
    "ocr_noise": swap("网格员", "网\ufffd\ufffd员"),
    "damaged_marker": swap("（二）排", "（二排"),
    "private_use_character": swap("\n二、", "\n\ue5e5\ue5e5二、"),
    "truncated": SOUND[: SOUND.index("和自救能力")],
    "empty": " \n",
    "residual_name": swap("驻村干部", "镇党委书记张建国督查，驻村干部", MASKED),
    "residual_place": swap("驻村干部", "学习浙江省安吉县做法，驻村干部", MASKED),
    "residual_figure": swap("驻村干部", "发放传单1350份，受教育2700人次，驻村干部", MASKED),
    "mixed_masks": swap("驻村干部", "X村和XX村驻村干部", MASKED.replace("***", "某")),
}


def codes(text):
    found = hygiene([parse_sample(text, "甲")]).samples[0].warnings
    return {warning.code for warning in found} - {"year_bound"}


def test_a_sound_text_is_reported_clean():
    assert codes(SOUND) == set()


@pytest.mark.parametrize("code", SPOILED)
def test_a_fault_is_reported_under_its_code_alone(code):
    masked = {"mixed_masks", "residual_figure"} if code.startswith("resid") else set()
    found = codes(SPOILED[code])
    assert code in found
    assert found <= {code} | masked
