"""Projects, versions, candidates, jobs, files, sign-ins and the audit log, in SQLite or PostgreSQL.

``Store.open`` gives the store, ``store.project(user, id)`` the only way to a project: it checks the
owner once, so nothing behind it has to ask again.
"""

from drafter.store.base import ProjectInfo
from drafter.store.projects import Project
from drafter.store.records import decode, encode
from drafter.store.rows import AuditLine, Candidate, Details, Entry, Job, StoredFile, Version
from drafter.store.store import Store

__all__ = [
    "AuditLine",
    "Candidate",
    "Details",
    "Entry",
    "Job",
    "Project",
    "ProjectInfo",
    "Store",
    "StoredFile",
    "Version",
    "decode",
    "encode",
]
