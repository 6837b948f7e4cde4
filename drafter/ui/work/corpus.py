"""The samples that users add: looked at first, then kept as clean text in the data folder.

A sample belongs to who added it. It is that user's own until they give it to the office: another
unit's paper may hold what not every desk should read.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from drafter import public
from drafter.domain import Notice, Sample
from drafter.errors import EmptyInput, NotAllowed, NotFound
from drafter.files import write_atomically
from drafter.reading.names import safe_name
from drafter.samples.hygiene import hygiene_of
from drafter.store import Project
from drafter.ui.work.intake import read_text_upload

MAX_WAITING = 50
ALL_BUT_ALL = 0.99  # of a text's characters in common: perhaps the same text
SUFFIX, REMOVED = ".txt", ".removed"


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample that waits for a decision; ``twin`` is the sample it repeats, if it does."""

    name: str
    sample: Sample
    warnings: tuple[Notice, ...]
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A sample that somebody added. ``shared``: the whole office uses it; ``mine``: the user's."""

    name: str
    path: Path
    shared: bool
    mine: bool


class Corpus:
    """The added samples by user and those of the office, and what waits by user."""

    def __init__(self, home: Path) -> None:
        self.shared = home / "corpus"
        self._own = home / "own-samples"
        self._waiting: dict[str, list[Entry]] = {}
        self._lock = threading.Lock()

    def own(self, user: str) -> Path:
        """Return the folder of a user's own samples."""
        return self._own / _name_of(user)

    def waiting(self, user: str) -> list[Entry]:
        """Return the user's samples that wait."""
        with self._lock:
            return list(self._waiting.get(user, []))

    def propose(self, project: Project, path: Path, library: public.Library) -> Entry:
        """Read a file as a sample and keep it waiting. Raises InputError.

        The library is asked for what is alike, not gone through.
        """
        name = safe_name(path.stem)
        text = read_text_upload(project, path)
        if not text.strip():
            raise EmptyInput("文件里没有文字，请检查内容")
        sample = public.parse_sample(text, name)
        near = library.near(sample.text)
        entry = Entry(name, sample, hygiene_of(sample, near).warnings, _twin(sample, near, library))
        with self._lock:
            entries = self._waiting.setdefault(project.user, [])
            entries[:] = [*[e for e in entries if e.name != name][-MAX_WAITING:], entry]
        return entry

    def accept(self, project: Project, *, shared: bool) -> int:
        """Keep the user's waiting samples; return how many. A repeated one is left out."""
        entries = [entry for entry in self.waiting(project.user) if not entry.twin]
        folder = self._folder(project.user, shared)
        for entry in entries:
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(free_path(folder, entry.name), entry.sample.text.encode())
            project.log("收入语料库", f"{entry.name}（{'全单位共用' if shared else '本人'}）")
        self.reject(project.user)
        return len(entries)

    def reject(self, user: str) -> None:
        """Put the user's waiting samples aside."""
        with self._lock:
            self._waiting.pop(user, None)

    def added(self, user: str) -> list[Added]:
        """Return the added samples that a user works with, by name."""
        mine = self._folder(user, True)
        found = [
            Added(path.stem, path, True, path.parent == mine)
            for path in self.shared.rglob(f"*{SUFFIX}")
        ]
        own = self.own(user).glob(f"*{SUFFIX}")
        found += [Added(path.stem, path, False, True) for path in own]
        return sorted(found, key=lambda added: (added.name, str(added.path)))

    def share(self, project: Project, name: str, *, shared: bool) -> None:
        """Give an own sample to the office, or take it back. Raises NotFound."""
        mine = (a for a in self.added(project.user) if a.mine and a.shared is not shared)
        path = next((added.path for added in mine if added.name == name), None)
        if path is None:
            raise NotFound("没有这篇范例：可能已被删除，请刷新页面")
        to = self._folder(project.user, shared)
        to.mkdir(parents=True, exist_ok=True)
        path.rename(free_path(to, name))
        project.log("共用范例" if shared else "收回范例", name)

    def remove(self, project: Project, name: str, *, anybodys: bool) -> None:
        """Take an added sample out of the library; ``anybodys``: also one that others added.

        Its text stays in the folder under another ending. Raises NotFound, NotAllowed.
        """
        found = [added for added in self.added(project.user) if added.name == name]
        chosen = next((a for a in found if a.mine), found[0] if found else None)
        if chosen is None:
            raise NotFound("没有这篇范例：可能已被删除，请刷新页面")
        if not (chosen.mine or anybodys):
            raise NotAllowed("这篇范例是别人添加的：请找添加的人或管理员删除")
        chosen.path.replace(chosen.path.with_suffix(REMOVED))
        project.log("删除范例", name)

    def _folder(self, user: str, shared: bool) -> Path:
        return self.shared / _name_of(user) if shared else self.own(user)


def _twin(sample: Sample, near: Iterable[tuple[str, float]], library: public.Library) -> str:
    """Return the name of the sample that has the same text, "" for none."""
    whole = {name for name, share in near if share >= ALL_BUT_ALL}
    if not whole:
        return ""
    same = (s.name for s in library.samples if s.name in whole and s.text == sample.text)
    return next(same, "")


def _name_of(user: str) -> str:
    """Return a folder name for a user, whose own name may hold anything."""
    return hashlib.sha256(user.encode("utf-8", "replace")).hexdigest()[:24]


def free_path(folder: Path, name: str) -> Path:
    """Return a path for a sample of this name that is not taken yet."""
    number, path = 2, folder / f"{name}{SUFFIX}"
    while path.exists():
        path, number = folder / f"{name}（{number}）{SUFFIX}", number + 1
    return path
