"""One project behind its owner check."""

from __future__ import annotations

from drafter.store.files import keep_file, read_file
from drafter.store.jobs import Jobs
from drafter.store.reviews import Reviews
from drafter.store.rows import StoredFile


class Project(Reviews, Jobs):
    """A project that its user may use; ``Store.project`` makes it."""

    def keep_file(self, name: str, data: bytes) -> StoredFile:
        """Keep an original or an export by its SHA-256; ``name`` never becomes a path."""
        return keep_file(self._database, self._folder, self.id, name, data, self._now())

    def read_file(self, number: int) -> tuple[StoredFile, bytes]:
        """Return a kept file of this project. Raises NotFound."""
        return read_file(self._database, self._folder, self.id, number)
