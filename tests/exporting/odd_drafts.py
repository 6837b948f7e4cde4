"""Drafts as offices really have them at the edges: by name, each with one oddity."""

# ruff: noqa: E501 - a sentence or a title stays on its line

from drafter.domain import Draft, DraftSection

WORK = (
    "全镇上下认真落实县委、县政府部署要求，扎实推进“三大行动”——环境整治、产业发展、基层治理……"
    "2025年排查隐患136处，整改131处，整改率96.3%，群众满意度明显提升。"
)
TITLE = "云溪镇2025年工作总结"
LONG_TITLES = {
    "three lines": "中共青石县云溪镇委员会青石县云溪镇人民政府关于深入开展2025年度农村人居环境整治提升"
    "和乡村建设专项行动工作情况的总结报告",
    "four lines": "中共青石县云溪镇委员会青石县云溪镇人民政府关于深入学习贯彻落实党的二十届三中全会精神"
    "扎实推进2025年度农村人居环境整治提升和乡村建设专项行动工作情况的总结报告",
    "no end": "关于" + "推进乡村全面振兴" * 16 + "工作的总结",
    "a book title": "云溪镇关于学习贯彻《中华人民共和国乡村振兴促进法实施条例》情况的总结",
    "a long book title": "云溪镇关于贯彻落实《关于进一步深化农村集体产权制度改革促进农民增收的若干措施的"
    "通知》工作总结",
    "latin": "Township Work Summary 2025 of Yunxi and Its 12 Villages",
    "just over a line": "青石县云溪镇2025年上半年经济社会发展情况工作总结",
}
CHINESE = "一二三四五六七八九十"


def ordinal(number):
    tens, ones = divmod(number, 10)
    if number <= 10:
        return CHINESE[number - 1]
    return ("" if tens == 1 else CHINESE[tens - 1]) + "十" + (CHINESE[ones - 1] if ones else "")


def one(text, **fields):
    return paper(TITLE, [DraftSection("工作情况", 1, text, marker="一、")], **fields)


def paper(title, sections, **fields):
    fields = {"unit": "云溪镇人民政府", "issue_date": "2026年1月5日", **fields}
    return Draft(title, tuple(sections), **fields)


def usual(**fields):
    sections = [
        DraftSection("工作情况", 1, "\n".join([WORK] * 3), marker="一、"),
        DraftSection("下一步打算", 1, WORK, marker="二、"),
    ]
    return paper(fields.pop("title", TITLE), sections, **fields)


def table(columns, rows, cell="{row}个{column}项"):
    head = "\t".join(f"指标名称{n}" for n in range(columns))
    body = ("\t".join(cell.format(row=r, column=c) for c in range(columns)) for r in range(rows))
    return "\n".join((head, *body))


def around(text):
    sections = [
        DraftSection("工作情况", 1, WORK, marker="一、"),
        DraftSection("完成情况", 1, text, marker="二、"),
        DraftSection("下一步打算", 1, WORK, marker="三、"),
    ]
    return paper(TITLE, sections)


def _levels():
    names = ("一、主要工作", "（一）组织", "1.部署", "（1）落实", "①检查", "a)督导", "一是抓实")
    found = []
    for level, name in enumerate(names, 1):
        marker = next((m for m in ("一、", "（一）", "1.", "（1）") if name.startswith(m)), "")
        found.append(DraftSection(name.removeprefix(marker), min(level, 6), WORK, marker=marker))
    return paper(TITLE, found)


def _empty():
    names = (
        ("工作情况", "一、", ""),
        ("", "", ""),
        ("存在问题", "二、", " \n\n"),
        ("打算", "三、", ""),
    )
    return paper(TITLE, [DraftSection(name, 1, text, marker=mark) for name, mark, text in names])


def _many():
    sections = (
        DraftSection(f"推进第{n}项重点工作落实", 1, WORK, marker=f"{ordinal(n)}、")
        for n in range(1, 41)
    )
    return paper(TITLE, sections)


def _open():
    lines = (
        f"一是完成【待补：第{n}项数字】处，整改【待补：数字】处，【待补：】。" for n in range(40)
    )
    return one("\n".join(lines), unit="", issue_date="")


ODD = {
    "sections without text": _empty(),
    "forty sections": _many(),
    "six levels": _levels(),
    "many open places": _open(),
    "one character": paper("总", [DraftSection("一", 1, "一。")], unit="", issue_date=""),
    "a paragraph of 50,000 characters": one((WORK * 600)[:50_000]),
    "figures only": paper(
        "2025",
        [DraftSection("2025", 1, "136 131 96.3% 12,035 3.14\n" + "1234567890" * 30, marker="一、")],
        unit="2025",
    ),
    "latin and addresses": one(
        "The township held 12 meetings; a very-long-hyphenated-word-that-runs-on "
        "https://example.gov.cn/very/long/path/that/does/not/break?x=1&y=2 end.\n"
        "PM2.5浓度35μg/m³，同比下降12%。"
    ),
    "emoji": paper(
        "云溪镇🌾丰收总结",
        [
            DraftSection(
                "工作🎉情况",
                1,
                "一是喜获丰收🌾👩‍🌾，完成1️⃣2️⃣项。\n二是👍🏽点赞👨‍👩‍👧‍👦3次。",
                marker="一、",
            )
        ],
    ),
    "rare characters": paper(
        "𠮷村镇𫟷工作总结",
        [
            DraftSection(
                "𪚥字情况",
                1,
                "走访𠮷家沟、𣲙水村群众𠀋人，王𬭎同志等12人参加。" * 20,
                marker="一、",
            )
        ],
        unit="𠮷村镇人民政府",
    ),
    "markup": paper(
        '总结 <w:p> & "引号"',
        [
            DraftSection(
                "# 标题 | `码`", 1, "<b>加粗</b> &amp; ]]> <!-- -->\n| a | b |\n* 项", marker="一、"
            )
        ],
    ),
    "blank lines and spaces": one("\n\n　　第一段。　\n\n\n   第二段。\n\r\n第三段。\n\n"),
    "straight quotes": one(
        '一是开展"三大行动",整改(含立行立改)12处;二是"回头看"3次.\n他说："好！"，"可以。"'
    ),
    "a table alone": paper(TITLE, [DraftSection("", 1, table(3, 18))]),
    "a very long table": around(table(4, 150, "重点项目{row}号建设工程{column}")),
    "a wide table": around(table(10, 12, "第{row}行第{column}列")),
    "a wide table over pages": around(table(12, 60, "第{row}行第{column}列")),
    "a table of sixteen columns at the end": one("如下表。\n" + table(16, 12, "{row}")),
    "a head taller than a page": around(f"说明\t{WORK * 40}\n甲\t完成\n乙\t完成"),
    "a tall cell": around(f"项目\t说明\n甲\t{WORK * 30}\n乙\t完成"),
    "no addressee": usual(),
    "a long addressee": usual(
        addressee="县委办公室、县政府办公室，县委农村工作领导小组办公室、县农业农村局、县住房和城乡建设局"
    ),
    "many annexes": usual(
        annexes=(
            "2025年度重点任务完成情况表",
            "云溪镇人居环境整治提升专项行动进展台账及各村问题整改情况一览表",
            *(f"第{n}个附件" for n in range(3, 13)),
        )
    ),
    "two organs": usual(unit="中共云溪镇委员会\n云溪镇人民政府"),
    "three organs": usual(unit="中共云溪镇委员会、云溪镇人民政府、云溪镇人大主席团"),
    "a long organ": usual(
        unit="青石县云溪镇农村人居环境整治提升专项行动工作领导小组办公室综合协调组"
    ),
    "a short organ": usual(unit="镇"),
    "by a model": usual(writer="qwen-plus"),
    **{f"a title: {name}": usual(title=title) for name, title in LONG_TITLES.items()},
    **{
        f"a last paragraph of {n} lines at the page's end": one(
            "\n".join([WORK * 2] * 5) + "\n" + "镇" * (28 * n + 40)
        )
        for n in (1, 2, 5, 8, 13)
    },
    **{f"{n} short lines": one("\n".join(["完成任务。"] * n)) for n in range(13, 22, 2)},
}
