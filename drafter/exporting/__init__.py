"""Drafts leave as papers: .docx in GB/T 9704 layout and other forms, and come back edited."""

from drafter.exporting.export import export_docx
from drafter.exporting.profile import Profile, load_profile, parse_profile, profile_names

__all__ = ["Profile", "export_docx", "load_profile", "parse_profile", "profile_names"]
