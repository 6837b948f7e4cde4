"""Drafts leave as papers: .docx in GB/T 9704 layout and other forms, and come back edited."""

from drafter.exporting.export import export_docx, fill_template
from drafter.exporting.forms import export_html, export_markdown, export_text
from drafter.exporting.measure import Deviation, measure
from drafter.exporting.preview import Page, PageLine, preview_pages
from drafter.exporting.profile import Profile, load_profile, parse_profile, profile_names
from drafter.exporting.readback import Edited, read_back, read_paper
from drafter.exporting.rebuild import Change
from drafter.exporting.remarks import Remark
from drafter.exporting.revision import export_revision
from drafter.exporting.template import Filled
from drafter.exporting.withheld import public_version

__all__ = [
    "Change",
    "Deviation",
    "Edited",
    "Filled",
    "Page",
    "PageLine",
    "Profile",
    "Remark",
    "export_docx",
    "export_html",
    "export_markdown",
    "export_revision",
    "export_text",
    "fill_template",
    "load_profile",
    "measure",
    "parse_profile",
    "preview_pages",
    "profile_names",
    "public_version",
    "read_back",
    "read_paper",
]
