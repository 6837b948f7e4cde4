"""What all pages share: settings, store, samples, writers; and a desk for each request."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path

from drafter import public
from drafter.domain import Sample
from drafter.errors import DrafterError, NotFound
from drafter.resources import demo_dir, samples_dir
from drafter.settings import Settings
from drafter.store import Project, Store
from drafter.ui.accounts import LOCAL_USER
from drafter.ui.html import el
from drafter.ui.place import Place
from drafter.ui.reading import Reading
from drafter.ui.words import Words, words
from drafter.ui.work import plans, sheets
from drafter.ui.work.batches import Batches
from drafter.ui.work.checks import Checked, Checks
from drafter.ui.work.corpus import Corpus
from drafter.ui.work.drafting import writer
from drafter.ui.work.libraries import Libraries
from drafter.ui.work.runner import Runner
from drafter.ui.work.sections import (
    Paper,
    SectionView,
    load_paper,
    save_text,
)

KEPT_PAGES = 1000
BURST_SECONDS = 60.0


@dataclass
class OpenPage:
    """A page in a browser: which section it shows. Its requests are answered one by one."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    section: str | None = None
    asked: str = ""  # what the export asked about; the same again is a yes
    exporting: bool = False  # an export waits for the check
    taken: set[str] = field(default_factory=set)  # the uploads it has sent
    reading: Reading = field(default_factory=Reading)


class Bench:
    """The shared things. ``close`` ends the writers and the store.

    ``admins`` see what all users did, and may take any added sample out. Raises SettingsError
    where the office's wording calendar cannot be read.
    """

    def __init__(
        self, settings: Settings, store: Store, admins: Collection[str] = (LOCAL_USER,)
    ) -> None:
        self.settings = settings
        self.store = store
        self.runner = Runner(writer(settings), settings.concurrency)
        self.clock = time.time
        self.admins = frozenset(admins)
        self.corpus = Corpus(settings.home)
        self.batches = Batches(settings, self._folder(), self._with_added)
        self._first_lock = threading.Lock()
        self._pages: OrderedDict[str, OpenPage] = OrderedDict()
        self._pages_lock = threading.Lock()
        self._libraries = Libraries(self._folder(), self.corpus)
        self.checks = Checks(
            lambda user: self.library(user).samples,
            public.wording_calendar(settings.wording_calendar),
        )

    def close(self) -> None:
        """End all work."""
        self.runner.close()
        self.checks.close()
        self.store.close()

    @property
    def has_accounts(self) -> bool:
        """Tell whether users sign in here."""
        return bool(self.settings.accounts_file)

    @property
    def is_office(self) -> bool:
        """Tell whether several users share this installation."""
        return self.has_accounts or bool(self.settings.user_header)

    def page(self, name: str) -> OpenPage:
        """Return what is known of a page; little is lost when it is forgotten."""
        with self._pages_lock:
            page = self._pages.setdefault(name, OpenPage())
            self._pages.move_to_end(name)
            while len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return page

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.fromtimestamp(self.clock(), timezone.utc)

    # ------------------------------------------------------------------ samples

    def library(self, user: str) -> public.Library:
        """Return the samples that a user works with: the office's and that user's own."""
        return self._libraries.of(user)

    def _with_added(self, user: str) -> Sequence[Sample]:
        """Return a user's samples where people have added some to those of the program."""
        return self.library(user).samples if self.corpus.added(user) else ()

    def forget_libraries(self) -> None:
        """Read the samples anew at the next use."""
        self._libraries.forget()
        self.checks.forget()

    def _folder(self) -> Path:
        return Path(self.settings.samples_dir) if self.settings.samples_dir else samples_dir()

    # ------------------------------------------------------------------ projects

    def desk(self, user: str, place: Place, lang: str = "zh") -> Desk:
        """Return the desk of a request. Raises NotFound, NotAllowed."""
        if not place.project:
            raise NotFound("请先新建或打开一个项目")
        return Desk(self, self.store.project(user, place.project), place, words(lang))

    def warm_up(self, user: str = "") -> None:
        """Do beforehand what the first page would wait for; a failure shows when it is needed."""
        with suppress(DrafterError):
            paper = load_paper(self.first_project(user)) if user else None
            self.checks.warm_up(paper)

    def first_project(self, user: str) -> Project:
        """Return the project a user had open last; a new user gets the sample project."""
        with self._first_lock:
            return self._first_project(user)

    def _first_project(self, user: str) -> Project:
        last = self.store.last_project(user)
        known = {info.id for info in self.store.projects(user)}
        if last in known:
            return self.store.project(user, int(last or 0))
        if known:
            return self.store.project(user, max(known))
        return self.sample_project(user)

    def sample_project(self, user: str) -> Project:
        """Make the sample project: facts and outline are there, a draft is one click away."""
        folder = demo_dir()
        facts = (folder / "facts.txt").read_text(encoding="utf-8")
        tasks = (folder / "tasks.txt").read_text(encoding="utf-8")
        project = self.store.create_project(user, "示例：云渡镇作风建设年")
        sheet = public.parse_facts(facts)
        sheets.save_sheet(project, sheet, 0, "import")
        outline = public.make_outline(sheet, self.library(user), tasks.splitlines())
        plans.save_plan(project, plans.keyed(outline, plans.EMPTY), 0)
        project.set(
            unit=outline.unit, period=outline.period, title=outline.title, tasks=tasks.strip()
        )
        return project


class Desk:
    """One request at one project: who, where, and the project as it stands."""

    def __init__(self, bench: Bench, project: Project, place: Place, said: Words) -> None:
        self.bench = bench
        self.project = project
        self.place = place
        self.words = said

    @property
    def library(self) -> public.Library:
        """The samples this request's user works with."""
        return self.bench.library(self.project.user)

    @property
    def is_admin(self) -> bool:
        """Tell whether this request's user looks after the office."""
        return self.project.user in self.bench.admins

    @cached_property
    def paper(self) -> Paper:
        """The project as read for this request; ``refresh`` reads it again."""
        return load_paper(self.project)

    def refresh(self) -> None:
        """Read the project again after a change."""
        for name in ("paper", "checked", "ignored"):
            self.__dict__.pop(name, None)

    @cached_property
    def ignored(self) -> dict[str, str]:
        """The reasons by finding of what was put aside."""
        return self.project.ignored()

    @cached_property
    def checked(self) -> Checked:
        """The check of the paper as it stands: the section shown surely, others as time allows."""
        view = self.view
        return self.bench.checks.paper(self.paper, view.key if view else "")

    def fresh(self, paths: Iterable[str] | None) -> list[Path]:
        """Return the uploads that were not taken before.

        A page that uploads again before the first upload is answered names the first files again,
        which are gone by then; a file that was sent twice lies there once more.
        """
        page = self.bench.page(self.place.page)
        found = [path for path in paths or () if path not in page.taken or Path(path).exists()]
        page.taken.update(found)
        return [Path(path) for path in found]

    def saved(self, view: SectionView | None = None) -> str:
        """Return the save state: when this was saved, and as which version."""
        entry = view.entry if view else None
        moment = datetime.fromisoformat(entry.version.at) if entry else self.bench.now()
        clock = moment.astimezone().strftime("%H:%M")
        key = "saved.version" if entry else "saved"
        text = self.words(key, time=clock, n=entry.number if entry else 0)
        return el("div", text, cls="saved", role="status")

    def conflicted(self) -> str:
        """Return the save state of a conflict."""
        return el("div", self.words("saved.conflict"), cls="conflict", role="alert")

    def base(self, view: SectionView) -> int:
        """Return the version that the page's editor stands on.

        What this page typed itself is known to it, though its place is not told of each save.
        """
        return view.number if view.typed_by(self.place.page) else self.place.version

    def save_typed(self, view: SectionView, text: str) -> None:
        """Save typed text; a burst of typing is undone as one. Raises Conflict."""
        page = self.place.page
        amend = False
        if view.entry and view.typed_by(page):
            age = self.bench.now() - datetime.fromisoformat(view.entry.version.at)
            amend = age.total_seconds() < BURST_SECONDS
        save_text(self.project, view, text, base=self.base(view), page=page, amend=amend)

    @property
    def view(self) -> SectionView | None:
        """The section the page shows; the first one where it shows none."""
        paper = self.paper
        return paper.view(self.place.section) or next(iter(paper.sections), None)
