"""A checker of exported papers: raw XML against GB/T 9704-2012, knowing none of our code.

``check(data)`` returns one line for each rule that is broken. Rules are functions named ``rule_*``.
"""

import io
import json
import re
import zipfile
from itertools import pairwise

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
FONTS = {
    "Title": "方正小标宋简体",
    "heading 1": "黑体",
    "heading 2": "楷体_GB2312",
    "heading 3": "仿宋_GB2312",
    "heading 4": "仿宋_GB2312",
    "公文正文": "仿宋_GB2312",
    "主送机关": "仿宋_GB2312",
    "附件说明": "仿宋_GB2312",
    "发文机关署名": "仿宋_GB2312",
    "成文日期": "仿宋_GB2312",
    "附注": "仿宋_GB2312",
    "附件标识": "黑体",
    "附件标题": "方正小标宋简体",
    "表格文字": "仿宋_GB2312",
    "表格表头": "黑体",
}
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow "
    "emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz "
    "szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout "
    "specVanish oMath rPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection "
    "bidi rtlGutter docGrid",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
    "tcFitText vAlign hideMark",
    "trPr": "cantSplit tblHeader ins del",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked rsid pPr rPr tblPr trPr tcPr",
    "settings": "zoom trackRevisions defaultTabStop evenAndOddHeaders drawingGridVerticalSpacing "
    "displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "tc": "tcPr p",
    "tbl": "tblPr tblGrid tr",
    "font": "altName panose1 charset family notTrueType pitch sig",
}
CHANGES = ("ins", "del", "pPrChange", "rPrChange")
HAN = "\u4e00-\u9fff"
AMBIGUOUS = re.compile("[“”‘’—…·×]")
HALF = re.compile(rf"(?<=[{HAN}])[,;:?!]|[,;?!](?=[{HAN}])|(?<=[{HAN}])\(|\)(?=[{HAN}])")
FRAME = {"附件说明", "发文机关署名", "成文日期", "附注"}
CN = "一二三四五六七八九十"
MARKS = [
    re.compile(rf"([{CN}]{{1,3}})、"),
    re.compile(rf"（([{CN}]{{1,3}})）"),
    re.compile(r"(\d{1,2})\.(?!\d)"),
    re.compile(r"（(\d{1,2})）"),
]


def widths(text):
    return sum(0.5 if c < "\u0250" and c != "·" else 1 for c in text)


class P:
    """A paragraph with its effective properties."""

    def __init__(self, paper, element):
        self.paper, self.element = paper, element
        style = element.find(f"{W}pPr/{W}pStyle")
        self.id = style.get(f"{W}val") if style is not None else "Normal"
        self.style = paper.names.get(self.id, "")
        self.text = "".join(
            (e.text or "") if e.tag == f"{W}t" else "\n" if e.tag == f"{W}br" else "\t"
            for e in element.iter(f"{W}t", f"{W}br", f"{W}tab")
            if e.getparent().tag == f"{W}r"
        )
        self.in_table = any(a.tag == f"{W}tc" for a in element.iterancestors())
        self.sect = element.find(f"{W}pPr/{W}sectPr")

    def prop(self, tag, attribute="val"):
        """Effective paragraph property: the paragraph's own, then up its styles."""
        own = self.element.find(f"{W}pPr/{W}{tag}")
        if own is not None and own.get(W + attribute) is not None:
            return own.get(W + attribute)
        return self.paper.style_prop(self.id, "pPr", tag, attribute)

    def runs(self):
        for r in self.element.iter(f"{W}r"):
            text = "".join(t.text or "" for t in r.findall(f"{W}t"))
            if text:
                yield r, text

    def run_prop(self, run, tag, attribute="val"):
        for path in (f"{W}rPr/{W}{tag}",):
            own = run.find(path)
            if own is not None and own.get(W + attribute) is not None:
                return own.get(W + attribute)
        char = run.find(f"{W}rPr/{W}rStyle")
        if char is not None:
            found = self.paper.style_prop(char.get(f"{W}val"), "rPr", tag, attribute, default=False)
            if found is not None:
                return found
        return self.paper.style_prop(self.id, "rPr", tag, attribute)


class Paper:
    def __init__(self, data):
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.parts = {n: self.zip.read(n) for n in self.zip.namelist()}
        self.xml = {n: etree.fromstring(d) for n, d in self.parts.items()}
        self.doc = self.xml["word/document.xml"]
        self.body = self.doc.find(f"{W}body")
        self.styles = {
            s.get(f"{W}styleId"): s for s in self.xml["word/styles.xml"].iter(f"{W}style")
        }
        self.names = {i: s.find(f"{W}name").get(f"{W}val") for i, s in self.styles.items()}
        self.ps = [P(self, p) for p in self.body.iter(f"{W}p")]
        mark = next((n for n, p in enumerate(self.ps) if p.style == "附件标识"), len(self.ps))
        self.main, self.annex = self.ps[:mark], self.ps[mark:]
        self.sect = self.body.find(f"{W}sectPr")
        sections = list(self.doc.iter(f"{W}sectPr"))
        self.upright = [s for s in sections if s.find(f"{W}pgSz").get(f"{W}orient") is None]
        self.settings = self.xml["word/settings.xml"]

    def style_prop(self, style, kind, tag, attribute, default=True):
        seen = 0
        while style in self.styles and seen < 20:
            found = self.styles[style].find(f"{W}{kind}/{W}{tag}")
            if found is not None and found.get(W + attribute) is not None:
                return found.get(W + attribute)
            base = self.styles[style].find(f"{W}basedOn")
            style, seen = (base.get(f"{W}val") if base is not None else None), seen + 1
        if not default:
            return None
        found = self.xml["word/styles.xml"].find(
            f"{W}docDefaults/{W}{kind}Default/{W}{kind}/{W}{tag}"
        )
        return None if found is None else found.get(W + attribute)

    def styled(self, name):
        return [p for p in self.main if p.style == name]


def rule_page_is_a4_upright(paper):
    if paper.sect not in paper.upright:
        yield "the last page lies across"
    for sect in paper.upright:
        size = sect.find(f"{W}pgSz")
        if (size.get(f"{W}w"), size.get(f"{W}h")) != ("11906", "16838"):
            yield "page size"


def rule_each_section_is_a4_upright_or_turned(paper):
    for sect in paper.doc.iter(f"{W}sectPr"):
        size, margins = sect.find(f"{W}pgSz"), sect.find(f"{W}pgMar")
        page = [size.get(W + k) for k in ("w", "h", "orient")]
        sides = [margins.get(W + k) for k in ("top", "right", "bottom", "left")]
        if page == ["11906", "16838", None]:
            wanted = ["2098", "1474", "1984", "1588"]
        elif page == ["16838", "11906", "landscape"]:
            wanted = ["1588", "2098", "1474", "1984"]
        else:
            yield f"page {page}"
            continue
        if sides != wanted:
            yield f"margins {sides} on {page}"
        types = [r.get(f"{W}type") for r in sect.findall(f"{W}footerReference")]
        if types != ["default", "even"]:
            yield f"footers {types} of a section"


def rule_pages_across_hold_tables_and_their_turned_number(paper):
    last = paper.body[0]
    ends = [p for p in paper.ps if p.sect is not None]
    targets = {r.get("Id"): r.get("Target") for r in paper.xml["word/_rels/document.xml.rels"]}
    for p in ends:
        if not p.text and p.prop("spacing", "line") != "20":
            yield "the paragraph that ends a section can be seen"
        if p.sect.find(f"{W}pgSz").get(f"{W}orient") != "landscape":
            continue
        before = p.element.getprevious()
        if p.text or before.tag != f"{W}tbl":
            yield "a page across that holds more than a table"
        references = p.sect.findall(f"{W}footerReference")
        for reference, side in zip(references, ("right", "left"), strict=True):
            root = paper.xml[f"word/{targets[reference.get(f'{R}id')]}"]
            if next(root.iter(f"{WPS}bodyPr")).get("vert") != "vert":
                yield "the number of a page across is not turned"
            if [e.text.strip() for e in root.iter(f"{W}instrText")] != ["PAGE"]:
                yield "no number on a page across"
            if [j.get(f"{W}val") for j in root.iter(f"{W}jc")] != [side]:
                yield "the number of a page across is on the wrong side"
    if last.tag == f"{W}p" and last.find(f"{W}pPr/{W}sectPr") is not None:
        yield "the first page holds nothing but the title"


def rule_margins_leave_156_by_225_mm(paper):
    for sect in paper.upright:
        m = {k.removeprefix(W): int(v) for k, v in sect.find(f"{W}pgMar").attrib.items()}
        sides = (m["top"], m["bottom"], m["left"], m["right"], m["gutter"])
        if sides != (2098, 1984, 1588, 1474, 0):
            yield f"margins {m}"
        if abs((11906 - m["left"] - m["right"]) / 56.693 - 156) > 0.5:
            yield "block width"
        if abs((16838 - m["top"] - m["bottom"]) / 56.693 - 225) > 0.5:
            yield "block height"
        centre = m["bottom"] - (m["footer"] + 140)
        if abs(centre / 56.693 - 7) > 0.5:
            yield f"page number {centre / 56.693:.1f} mm below the block, 7 asked"


def rule_grid_is_22_lines_of_28(paper):
    for grid in paper.doc.iter(f"{W}docGrid"):
        if grid.get(f"{W}type") != "linesAndChars":
            yield "grid type"
        if (grid.get(f"{W}linePitch"), grid.get(f"{W}charSpace")) != ("579", "-848"):
            yield "grid pitch"
        if 12756 // int(grid.get(f"{W}linePitch")) != 22:
            yield "lines a page"
    normal = paper.styles["Normal"]
    if normal.find(f"{W}pPr/{W}snapToGrid").get(f"{W}val") != "0":
        yield "snap to grid"
    if 8844 // (320 + int(normal.find(f"{W}rPr/{W}spacing").get(f"{W}val"))) != 28:
        yield "characters a line"
    spacing = normal.find(f"{W}pPr/{W}spacing")
    if (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) != ("579", "exact"):
        yield "line spacing of Normal"
    if (spacing.get(f"{W}before"), spacing.get(f"{W}after")) != ("0", "0"):
        yield "space before or after"


def rule_defaults_and_normal_are_16_pt(paper):
    root = paper.xml["word/styles.xml"]
    for path in (f"{W}docDefaults/{W}rPrDefault/{W}rPr", f"{W}style[@{W}styleId='Normal']/{W}rPr"):
        found = root.find(path)
        for size in ("sz", "szCs"):
            if found.find(W + size).get(f"{W}val") != "32":
                yield f"{size} in {path}"
        fonts = found.find(f"{W}rFonts")
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            if fonts.get(W + script) != "仿宋_GB2312":
                yield f"{script} font in {path}"


def rule_no_theme_fonts(paper):
    for name, root in paper.xml.items():
        if any("Theme" in key for e in root.iter(f"{W}rFonts") for key in e.attrib):
            yield f"theme font in {name}"
    if any("theme" in name for name in paper.parts):
        yield "theme part"


def rule_language_is_chinese(paper):
    lang = paper.xml["word/styles.xml"].find(f"{W}docDefaults//{W}lang")
    if lang.get(f"{W}eastAsia") != "zh-CN":
        yield "eastAsia language"


def rule_fonts_follow_the_role_by_script(paper):
    for p in paper.ps:
        wanted = FONTS.get(p.style)
        for run, text in p.runs():
            found = {s: p.run_prop(run, "rFonts", s) for s in ("ascii", "hAnsi", "eastAsia")}
            lead = run.find(f"{W}rPr/{W}rStyle")
            expected = (
                FONTS[paper.names[lead.get(f"{W}val")].removesuffix(" Char").lower()]
                if lead is not None
                else wanted
            )
            if expected is None:
                yield f"style {p.style!r} has no font of the standard"
            elif set(found.values()) != {expected}:
                yield f"{p.style}: {found} on {text[:12]!r}"
            if p.run_prop(run, "rFonts", "hint") != "eastAsia" and AMBIGUOUS.search(text):
                yield f"no hint on {text[:12]!r}"


def rule_sizes_follow_the_role(paper):
    for p in paper.ps:
        wanted = {"Title": "44", "附件标题": "44", "表格文字": "24", "表格表头": "24"}.get(
            p.style, "32"
        )
        for run, text in p.runs():
            if p.run_prop(run, "sz") != wanted:
                yield f"size {p.run_prop(run, 'sz')} on {text[:12]!r}"


def rule_text_is_black_and_plain(paper):
    for p in paper.ps:
        for run, text in p.runs():
            if p.run_prop(run, "color") not in ("000000", "auto"):
                yield f"colour on {text[:12]!r}"
            for tag in ("b", "i", "u", "strike", "vanish"):
                found = run.find(f"{W}rPr/{W}{tag}")
                if found is not None and found.get(f"{W}val") not in ("0", "false", "none"):
                    yield f"{tag} on {text[:12]!r}"


def rule_only_what_is_open_is_yellow(paper):
    for p in paper.ps:
        yellow = "".join(t for r, t in p.runs() if r.find(f"{W}rPr/{W}highlight") is not None)
        asked = (
            "".join(re.findall("【待[^【】]{0,200}】", p.text))
            if not p.in_table or p.style != ""
            else ""
        )
        if p in paper.main and yellow != asked.replace("\n", "").replace("\t", ""):
            yield f"highlight {yellow!r}, open {asked!r}"


def rule_heading_styles_have_outline_levels(paper):
    for level in range(1, 5):
        style = paper.styles.get(f"Heading{level}")
        if style is None or style.find(f"{W}name").get(f"{W}val") != f"heading {level}":
            yield f"heading {level} is missing"
            continue
        if style.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") != str(level - 1):
            yield f"outline level of heading {level}"
        ind = style.find(f"{W}pPr/{W}ind")
        if (ind.get(f"{W}firstLineChars"), ind.get(f"{W}firstLine")) != ("200", "628"):
            yield f"indent of heading {level}"
        if style.find(f"{W}rPr/{W}b").get(f"{W}val") != "0":
            yield f"bold heading {level}"
    for name in ("Title", "Normal", "GwBody"):
        if paper.styles[name].find(f"{W}pPr/{W}outlineLvl") is not None:
            yield f"outline level on {name}"


def rule_headings_use_the_style_of_their_marker(paper):
    for p in paper.main:
        match = re.fullmatch(r"heading (\d)", p.style)
        if match and "\n" in p.text:
            yield f"line end in heading {p.text[:12]!r}"
    if paper.doc.find(f".//{W}numPr") is not None:
        yield "automatic numbering"


def rule_one_title_first_and_centred(paper):
    titles = paper.styled("Title")
    if len(titles) != 1 or paper.main[0].style != "Title":
        yield f"{len(titles)} titles"
        return
    title = titles[0]
    if title.prop("jc") != "center":
        yield "title is not centred"
    if (title.prop("ind", "firstLineChars"), title.prop("ind", "firstLine")) != ("0", "0"):
        yield "title is indented"
    if (title.prop("spacing", "line"), title.prop("spacing", "lineRule")) != ("660", "exact"):
        yield "line of the title"


def rule_title_lines_are_short_and_shaped(paper):
    lines = paper.main[0].text.split("\n")
    if any(widths(line) > 20 for line in lines):
        yield f"title line over 20: {lines}"
    if len(lines) > 1 and any(
        line[:1] in "的、，。：）》”" or line[-1:] in "（《“、" for line in lines[1:]
    ):
        yield f"title broken at a mark: {lines}"
    if any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(lines)):
        yield f"title broken in a number: {lines}"
    sizes = [widths(line) for line in lines]
    if 1 < len(sizes) <= 3 and len(paper.main[0].text) < 60:
        falls = [b < a for a, b in pairwise(sizes)]
        if any(abs(a - b) < 0.5 for a, b in pairwise(sizes)):
            yield f"title is a rectangle: {sizes}"
        if any(a and not b for a, b in pairwise(falls)):
            yield f"title is an hourglass: {sizes}"


def rule_a_blank_line_stands_under_the_title(paper):
    if len(paper.main) < 2 or paper.main[1].text or paper.main[1].style != "Normal":
        yield "no blank line under the title"
    following = next((q.style for q in paper.main[2:] if q.text), "")
    if len(paper.main) > 2 and not paper.main[2].text and following not in FRAME:
        yield "two blank lines under the title"


def rule_addressee_is_flush_with_a_colon(paper):
    for p in paper.styled("主送机关"):
        if p is not paper.main[2]:
            yield "addressee is not under the title"
        if not p.text.endswith("：") or p.text.endswith("：："):
            yield f"addressee {p.text!r}"
        if p.prop("ind", "firstLineChars") != "0":
            yield "addressee is indented"


def rule_text_is_indented_by_two_characters(paper):
    for p in paper.main:
        if p.style in ("公文正文", "附注") or p.style.startswith("heading"):
            if (p.prop("ind", "firstLineChars"), p.prop("ind", "firstLine")) != ("200", "628"):
                yield f"indent of {p.text[:12]!r}"
            if p.text != p.text.strip():
                yield f"white space around {p.text[:12]!r}"
            if p.prop("jc") != "both":
                yield f"alignment of {p.text[:12]!r}"


def rule_lines_are_exact(paper):
    for p in paper.main:
        if p.in_table or p.style == "Title" or (p.sect is not None and not p.text):
            continue
        if (
            p.prop("spacing", "lineRule") != "exact"
            or not 579 <= int(p.prop("spacing", "line")) <= 720
        ):
            yield f"line of {p.text[:12]!r}: {p.prop('spacing', 'line')}"


def rule_most_lines_keep_the_grid(paper):
    text = [p for p in paper.main if p.style == "公文正文"]
    own = [p for p in text if p.prop("spacing", "line") != "579"]
    if len(own) == len(text) > 30:
        yield "no paragraph keeps the pitch of the grid"


def rule_blank_lines_only_where_the_standard_has_them(paper):
    for i, p in enumerate(paper.main):
        if p.text or p.in_table or p.sect is not None:
            continue
        following = next((q.style for q in paper.main[i + 1 :] if q.text), "")
        if i != 1 and following not in FRAME:
            yield f"blank line before {following!r}"


def rule_widow_control_is_off(paper):
    for p in paper.ps:
        if p.prop("widowControl") != "0":
            yield f"widow control on {p.text[:12]!r}"
            return


def rule_annex_note_stands_as_7_3_4_says(paper):
    notes = paper.styled("附件说明")
    if not notes:
        return
    first = paper.main.index(notes[0])
    if paper.main[first - 1].text:
        yield "no blank line above the annex note"
    if not notes[0].text.startswith("附件："):
        yield f"annex note {notes[0].text[:8]!r}"
    for number, p in enumerate(notes, 1):
        if len(notes) > 1 and not p.text.removeprefix("附件：").startswith(f"{number}．"):
            yield f"number of annex {p.text[:8]!r}"
        if p.text[-1:] in "。；，":
            yield "mark after an annex's name"
        left, hanging = int(p.prop("ind", "leftChars")), int(p.prop("ind", "hangingChars"))
        head = widths(p.text.split("．")[0] + "．") if len(notes) > 1 else 3
        if left - hanging != (200 if number == 1 else 500) or hanging != round(head * 100):
            yield f"indent of annex {p.text[:8]!r}: {left} {hanging}"


def rule_signature_and_date_stand_as_7_3_5_2_says(paper):
    units, dates = paper.styled("发文机关署名"), paper.styled("成文日期")
    if not units or len(dates) != 1:
        yield f"{len(units)} signatures, {len(dates)} dates"
        return
    at = paper.main.index(units[0])
    if paper.main[at - 1].text or not paper.main[at - 2].text:
        yield "not exactly one blank line above the signature"
    if paper.main[at + len(units)] is not dates[0]:
        yield "the date is not under the signature"
    unit, day = max(widths(p.text) for p in units), widths(dates[0].text)
    right = [int(p.prop("ind", "rightChars") or 0) / 100 for p in (units[0], dates[0])]
    wanted = [2 + day - unit + 2, 2] if day > unit else [2, unit - day]
    if (
        unit <= 24
        and day <= 20
        and any(abs(a - b) > 0.01 for a, b in zip(right, wanted, strict=True))
    ):
        yield f"signature and date {right} from the right, {wanted} asked"
    if any(p.prop("jc") != "right" for p in (*units, *dates)):
        yield "signature is not set from the right"
    if (
        not re.fullmatch(r"[12]\d{3}年[1-9]\d?月[1-9]\d?日|【待补：成文日期】", dates[0].text)
        and day < 12
    ):
        yield f"date {dates[0].text!r}"


def rule_signature_keeps_with_what_is_above_and_below(paper):
    units = paper.styled("发文机关署名")
    at = paper.main.index(units[0]) if units else 0
    for p in (*paper.main[at - 1 : at], *units):
        found = p.element.find(f"{W}pPr/{W}keepNext")
        if found is None and paper.style_prop(p.id, "pPr", "keepNext", "val") is None:
            yield "the signature may part from its date"
    if "此页无正文" in "".join(p.text for p in paper.ps):
        yield "此页无正文"


def rule_page_numbers_are_odd_right_even_left(paper):
    if paper.settings.find(f"{W}evenAndOddHeaders") is None:
        yield "odd and even pages are the same"
    refs = {r.get(f"{W}type"): r.get(f"{R}id") for r in paper.sect.findall(f"{W}footerReference")}
    targets = {r.get("Id"): r.get("Target") for r in paper.xml["word/_rels/document.xml.rels"]}
    for kind, side in (("default", "right"), ("even", "left")):
        root = paper.xml[f"word/{targets[refs[kind]]}"]
        p = root.find(f"{W}p")
        if p.find(f"{W}pPr/{W}jc").get(f"{W}val") != side:
            yield f"{kind} page number side"
        ind = p.find(f"{W}pPr/{W}ind")
        if ind.get(W + side) != "280" or ind.get(f"{W}{side}Chars") != "100":
            yield f"{kind} page number is not one character in"
        text = "".join(t.text for t in root.iter(f"{W}t"))
        if not re.fullmatch(r"— \d — ?|— \d —", text):
            yield f"{kind} page number {text!r}"
        if [t.text.strip() for t in root.iter(f"{W}instrText")] != ["PAGE"]:
            yield f"{kind} page field"
        kinds = [e.get(f"{W}fldCharType") for e in root.iter(f"{W}fldChar")]
        if kinds != ["begin", "separate", "end"]:
            yield f"{kind} field parts {kinds}"
    if paper.sect.findall(f"{W}headerReference") or paper.sect.find(f"{W}titlePg") is not None:
        yield "a header, or another first page"
    footer = paper.styles["Footer"]
    if footer.find(f"{W}rPr/{W}sz").get(f"{W}val") != "28":
        yield "size of page numbers"
    fonts = footer.find(f"{W}rPr/{W}rFonts")
    if {fonts.get(W + s) for s in ("ascii", "hAnsi", "eastAsia")} != {"宋体"}:
        yield "font of page numbers"


def rule_tables_fit_the_block_and_repeat_their_heads(paper):
    for table in paper.body.iter(f"{W}tbl"):
        columns = [int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol")]
        ends = (p.sect for p in paper.ps if p.sect is not None and p.element.getprevious() is table)
        turned = any(s.find(f"{W}pgSz").get(f"{W}orient") == "landscape" for s in ends)
        whole = 12756 if turned else 8844
        if sum(columns) != whole or int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) != whole:
            yield f"table is {sum(columns)} wide"
        first = "".join(table.find(f"{W}tr").itertext())
        if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is None and len(first) < 500:
            yield "table head does not repeat"
        for row in table.iter(f"{W}tr"):
            cells = [int(c.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for c in row.findall(f"{W}tc")]
            if cells != columns:
                yield "cells and columns differ"
            pairs = zip(row[1:], columns, strict=True)
            lines = max(len("".join(c.itertext())) * 240 / w for c, w in pairs)
            if row.find(f"{W}trPr/{W}cantSplit") is None and lines < 10:
                yield "a row may break over pages"
        for p in table.iter(f"{W}p"):
            if P(paper, p).prop("spacing", "lineRule") != "auto":
                yield "exact lines in a table"
        following = table.getnext()
        if following is None or following.tag != f"{W}p":
            yield "no paragraph after the table"


def rule_annexes_begin_on_a_page_of_their_own(paper):
    if not paper.annex:
        return
    mark = paper.annex[0]
    if not re.fullmatch(r"附件\d*", mark.text):
        yield f"annex mark {mark.text!r}"
    if mark.prop("jc") != "left" or mark.prop("ind", "firstLineChars") != "0":
        yield "annex mark is not flush"
    if paper.styles[mark.id].find(f"{W}pPr/{W}pageBreakBefore") is None:
        yield "annex begins on the page of the text"
    if (
        paper.annex[1].text
        or paper.annex[2].style != "附件标题"
        or paper.annex[2].prop("jc") != "center"
    ):
        yield "the annex's title is not centred on line 3"


def rule_punctuation_is_full_width(paper):
    for p in paper.main:
        found = HALF.search(p.text)
        if found:
            yield f"half-width mark in {p.text[max(found.start() - 6, 0) : found.end() + 6]!r}"
    for p in paper.main:
        if re.search(r"[\u3000\ufeff\u200b-\u200f\u202a-\u202e]$|^[\s\u3000]", p.text):
            yield f"blank character around {p.text[:10]!r}"


def rule_no_contents_no_fields_no_bookmarks(paper):
    for tag in ("fldSimple", "instrText", "bookmarkStart", "sdt", "drawing", "object", "pict"):
        if paper.doc.find(f".//{W}{tag}") is not None:
            yield f"{tag} in the text"
    if paper.settings.find(f"{W}updateFields") is not None:
        yield "asks to update fields"


def rule_settings_are_those_of_word_15(paper):
    compat = {c.get(f"{W}name"): c.get(f"{W}val") for c in paper.settings.iter(f"{W}compatSetting")}
    if compat.get("compatibilityMode") != "15":
        yield "compatibility mode"
    if paper.settings.find(f"{W}characterSpacingControl").get(f"{W}val") != "compressPunctuation":
        yield "character spacing control"


def rule_properties_say_what_the_file_is(paper):
    core = {etree.QName(e).localname: e.text for e in paper.xml["docProps/core.xml"]}
    if not core.get("title") or not core.get("creator") or "python-docx" in str(core):
        yield f"core properties {core}"
    if core.get("language") != "zh-CN":
        yield "language"
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", core.get("created") or ""):
        yield f"created {core.get('created')}"
    if core["created"].startswith(("2013", "1980")):
        yield "created is a template's"
    title = paper.main[0].text.replace("\n", "")
    if re.sub(r"\s", "", title) != re.sub(r"\s", "", core.get("title") or ""):
        yield f"title property {core.get('title')!r}"


def rule_the_ai_label_is_there_for_eye_and_machine(paper):
    custom = paper.xml.get("docProps/custom.xml")
    notes = paper.styled("附注")
    if custom is None:
        if notes:
            yield "no AIGC metadata beside the label"
        return
    names = {p.get("name"): "".join(p.itertext()) for p in custom}
    if json.loads(names["AIGC"]).get("Label") != "1":
        yield "AIGC label"
    if not notes or not re.fullmatch("（.*人工智能.*生成.*）", notes[-1].text):
        yield "no label to read"


def rule_package_is_whole(paper):
    names = set(paper.parts)
    if paper.zip.namelist()[0] != "[Content_Types].xml":
        yield "content types are not first"
    types = paper.xml["[Content_Types].xml"]
    typed = {t.get("PartName").lstrip("/") for t in types.iter(f"{TYPES}Override")}
    content = {n for n in names if not n.endswith(".rels") and n != "[Content_Types].xml"}
    if typed != content:
        yield f"content types {typed ^ content}"
    reached = set()
    for name in (n for n in names if n.endswith(".rels")):
        folder = name.split("_rels/")[0]
        ids = []
        for relation in paper.xml[name]:
            if relation.get("TargetMode") == "External":
                yield "external relation"
            reached.add(folder + relation.get("Target"))
            ids.append(relation.get("Id"))
        if len(ids) != len(set(ids)):
            yield f"ids in {name}"
    if reached != content:
        yield f"relations {reached ^ content}"
    known = {r.get("Id") for r in paper.xml["word/_rels/document.xml.rels"]}
    used = {e.get(f"{R}id") for e in paper.doc.iter() if e.get(f"{R}id")}
    if not used <= known:
        yield "dangling relation"
    if any(i.date_time != (1980, 1, 1, 0, 0, 0) for i in paper.zip.infolist()):
        yield "a clock in the bytes"


def rule_styles_exist_and_ids_are_unique(paper):
    for root in paper.xml.values():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            for e in root.iter(W + tag):
                if e.get(f"{W}val") not in paper.styles:
                    yield f"no style {e.get(f'{W}val')}"
    if len(paper.styles) != len(list(paper.xml["word/styles.xml"].iter(f"{W}style"))):
        yield "style ids"
    changes = [e.get(f"{W}id") for t in CHANGES for e in paper.doc.iter(W + t)]
    if len(changes) != len(set(changes)):
        yield "ids of changes"


def rule_comments_are_anchored_once(paper):
    comments = paper.xml.get("word/comments.xml")
    ids = [] if comments is None else [c.get(f"{W}id") for c in comments]
    if len(ids) != len(set(ids)):
        yield "comment ids"
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        if sorted(e.get(f"{W}id") for e in paper.doc.iter(W + tag)) != sorted(ids):
            yield f"{tag} and comments differ"
    place = {e: n for n, e in enumerate(paper.doc.iter())}
    starts = {e.get(f"{W}id"): place[e] for e in paper.doc.iter(f"{W}commentRangeStart")}
    for end in paper.doc.iter(f"{W}commentRangeEnd"):
        if starts[end.get(f"{W}id")] >= place[end]:
            yield "a comment ends before it begins"


def rule_elements_stand_in_the_schemas_order(paper):
    for name, root in paper.xml.items():
        for tag, order in ORDER.items():
            places = {W + child: n for n, child in enumerate(order.split())}
            for e in root.iter(W + tag):
                found = [places.get(c.tag, -1) for c in e if isinstance(c.tag, str)]
                if -1 in found or found != sorted(found):
                    yield f"{tag} in {name}: {[c.tag.removeprefix(W) for c in e]}"
                    break


def rule_no_control_characters(paper):
    for name, data in paper.parts.items():
        if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", data.decode("utf-8")):
            yield f"control character in {name}"


def rule_markers_are_written_as_the_standard_has_them(paper):
    for p in paper.main:
        match = re.fullmatch(r"heading (\d)", p.style)
        if match and re.match(r"[(（][一二三四五六七八九十\d]+[)）]", p.text) and "(" in p.text[:4]:
            yield f"half-width brackets in {p.text[:8]!r}"


RULES = {
    name.removeprefix("rule_"): rule
    for name, rule in list(globals().items())
    if name.startswith("rule_")
}


def check(data, skip=()):
    """Return ``rule: what`` for each thing that is not as the standard has it."""
    paper = Paper(data)
    return [
        f"{name}: {what}"
        for name, rule in RULES.items()
        if name not in skip
        for what in rule(paper)
    ]
