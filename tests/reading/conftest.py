"""Builders of office files, part by part, so that a test can make any of them wrong."""

import io
import zipfile

import pytest

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def relations(*entries):
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{RELATION}/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target, mode) in enumerate(entries, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def content_types(overrides):
    rows = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in overrides.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def docx_parts(body, styles="", numbering="", extra_relations=()):
    overrides = {
        "/word/document.xml": f"{WORD_TYPE}.document.main+xml",
        "/word/styles.xml": f"{WORD_TYPE}.styles+xml",
        "/word/numbering.xml": f"{WORD_TYPE}.numbering+xml",
    }
    own = [("styles", "styles.xml", ""), ("numbering", "numbering.xml", ""), *extra_relations]
    return {
        "[Content_Types].xml": content_types(overrides),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(*own),
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>",
    }


def xlsx_parts(rows, extra="", before=""):
    overrides = {
        "/xl/workbook.xml": f"{SHEET_TYPE}.sheet.main+xml",
        "/xl/worksheets/sheet1.xml": f"{SHEET_TYPE}.worksheet+xml",
    }
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return {
        "[Content_Types].xml": content_types(overrides),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{RELATION}"><sheets>'
        '<sheet name="党建" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml", "")),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{before}'
        f"<sheetData>{rows}</sheetData>{extra}</worksheet>",
    }


def text_paragraph(text, properties=""):
    return f"<w:p>{properties}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def pdf_table(rows, columns, top=600, height=24, size=12):
    """The operators that draw a ruled table and its texts, one line or several a cell."""
    bottom = top - height * len(rows)
    lines = [
        f"{columns[0]} {top - height * i} m {columns[-1]} {top - height * i} l S"
        for i in range(len(rows) + 1)
    ]
    lines += [f"{x} {top} m {x} {bottom} l S" for x in columns]
    for i, row in enumerate(rows):
        for x, cell in zip(columns, row, strict=False):
            for j, text in enumerate(cell.split("\n")):
                shown = text.encode("utf-16-be").hex()
                y = top - height * i - size - j * (size - 2)
                lines.append(f"BT /F1 {size} Tf {x + 4} {y} Td <{shown}> Tj ET")
    return "\n".join(lines).encode()


def pdf_bytes(pages, tables=()):
    """A PDF with Chinese text in a font without embedding.

    ``pages`` are lists of lines, ``tables`` the operators that are drawn behind a page's lines.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b""]
    kids = []
    for number, lines in enumerate(pages):
        shown = b"".join(
            b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj 0 -20 Td\n" for line in lines
        )
        stream = b"BT /F1 12 Tf 60 780 Td\n" + shown + b"ET" if lines else b"0 0 m"
        stream += b"\n" + b"".join(tables[number : number + 1])
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed)
    objects[2] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /UniGB-UTF16-H "
        b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>] >>"
    )
    out, offsets = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


class Builders:
    """The builders under one name, so that one fixture hands out all of them."""

    zipped = staticmethod(zipped)
    relations = staticmethod(relations)
    docx_parts = staticmethod(docx_parts)
    xlsx_parts = staticmethod(xlsx_parts)
    paragraph = staticmethod(text_paragraph)
    pdf = staticmethod(pdf_bytes)
    pdf_table = staticmethod(pdf_table)

    @staticmethod
    def docx(body, **parts):
        return zipped(docx_parts(body, **parts))

    @staticmethod
    def xlsx(rows, **parts):
        return zipped(xlsx_parts(rows, **parts))


@pytest.fixture(scope="session")
def build():
    return Builders
