"""The samples a user works with: those of the office, and that user's own."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from drafter import public
from drafter.ui.work.checks import Once
from drafter.ui.work.corpus import Corpus

KEPT = 8
"""Users with own samples whose library stays in memory; all others share the office's."""


class Libraries:
    """The libraries by user, each opened at its first use and again after ``forget``."""

    def __init__(self, office: Path, corpus: Corpus) -> None:
        self._office = office
        self._corpus = corpus
        self._made: OrderedDict[str, Once[public.Library]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, user: str) -> public.Library:
        """Return the library of a user; "" for that of the office."""
        own = self._corpus.own(user)
        has_own = bool(user) and own.is_dir() and any(own.iterdir())
        name = user if has_own else ""
        with self._lock:
            once = self._made.setdefault(name, Once(lambda: self._open(name)))
            self._made.move_to_end(name)
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        return once()

    def forget(self) -> None:
        """Read the samples anew at the next use."""
        with self._lock:
            self._made.clear()

    def _open(self, user: str) -> public.Library:
        if user:
            return _with(self.of(""), self._corpus.own(user))
        return _with(public.Library.open(self._office), self._corpus.shared)


def _with(library: public.Library, folder: Path) -> public.Library:
    """Return a library with the samples of a folder, which a person has looked at, added."""
    if not folder.is_dir():
        return library
    added = public.Library.open(folder, accepted=None).samples
    return public.Library([*library.samples, *added]) if added else library
