"""A campaign of many units: the batch bound to the public functions, one unit a call."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from drafter import public
from drafter.batch import (
    BatchEvent,
    BatchReport,
    RunOptions,
    Unit,
    UnitResult,
    read_units,
    run_batch,
)
from drafter.domain import Ask, FactSheet, Outline
from drafter.errors import InputError
from drafter.facts import join_sheets, parse_facts
from drafter.printing import Order, print_paper, public_copy
from drafter.samples import parse_sample
from drafter.settings import Settings


@dataclass(frozen=True, slots=True)
class Campaign:
    """What all units of a batch share. It is picklable: workers and clusters call it per unit."""

    samples: Path
    settings: Settings
    tasks: tuple[str, ...] = ()
    year: int | None = None
    sealed: bool = False
    order: Order = field(default_factory=Order)
    is_public: bool = False

    def __call__(self, unit: Unit) -> UnitResult:
        """Draft one unit: facts, outline, text, .docx. Raises DrafterError."""
        library = _library_for(unit, self)
        request = public.Request(
            facts=_facts(unit, self.year),
            tasks=unit.tasks or self.tasks or None,
            title=unit.title,
            year=unit.year or self.year,
            last_year=unit.last_year,
            sealed=self.sealed,
            calendar=public.wording_calendar(self.settings.wording_calendar),
        )
        draft = public.draft(request, library, _ask(self.settings), shape=_variant(unit.variant))
        draft = replace(draft, addressee=unit.addressee)
        if self.is_public:
            draft = public_copy(draft, request.year)
        return UnitResult(
            document=print_paper(draft, self._order()).data,
            text=draft.text,
            title=draft.title,
            findings=draft.findings,
            usage=draft.usage,
            writer=draft.writer,
            unused_facts=draft.unused_facts,
            notices=tuple(notice.message for notice in (*draft.facts.notices, *draft.notices)),
        )

    def _order(self) -> Order:
        return replace(self.order, profile=self.order.profile or self.settings.layout_profile)

    def digest(self) -> str:
        """Name what drafts depend on besides their unit: samples, tasks, model, year, layout."""
        files = [(p.name, p.stat().st_size, p.stat().st_mtime_ns) for p in _files(self.samples)]
        settings = self.settings
        paper = [
            self._order(),
            self.is_public,
            *_stamps(self.order.template, self._order().profile, self.settings.wording_calendar),
        ]
        parts = [
            files,
            self.tasks,
            self.year,
            self.sealed,
            settings.model,
            settings.base_url,
            paper,
        ]
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def run_campaign(
    units: str | os.PathLike[str],
    out_dir: str | os.PathLike[str],
    campaign: Campaign,
    options: RunOptions = RunOptions(),  # noqa: B008 - frozen
    on_event: Callable[[BatchEvent], None] | None = None,
) -> BatchReport:
    """Draft every unit of a table into ``out_dir``. Raises InputError for an unusable table.

    ``options`` says how many workers, where, and whether to resume; workers are threads with a
    model, processes without one. The rest of it follows from the campaign.
    """
    if options.workers < 1:
        raise InputError(f"--workers 应是 1 或更大的整数，现在是“{options.workers}”。")
    run_options = replace(
        options,
        allow=campaign.tasks,
        token_budget=campaign.settings.token_budget or None,
        processes=options.workers > 1 and not campaign.settings.has_model,
        settings_digest=campaign.digest(),
    )
    return run_batch(
        read_units(Path(units)),
        out_dir,
        draft_unit=campaign,
        on_event=on_event,
        options=run_options,
    )


def _files(folder: Path) -> Sequence[Path]:
    return public.sample_files(folder)


@lru_cache(maxsize=2)
def _library(folder: Path) -> public.Library:
    return public.Library.open(folder)


def _library_for(unit: Unit, campaign: Campaign) -> public.Library:
    """Return the common library, or one of the unit's own samples where its row names some."""
    common = _library(campaign.samples)
    if not unit.samples and not unit.sample_names:
        return common
    own = [parse_sample(document.text, document.name) for document in unit.samples]
    named = [sample for sample in common.samples if sample.name in unit.sample_names]
    return public.Library([*own, *named])


def _facts(unit: Unit, year: int | None) -> FactSheet:
    period = unit.period
    if unit.year is None and year is not None:
        period = f"{year}年{unit.period}"
    elif not period and unit.year is not None:
        period = f"{unit.year}年"
    name = unit.unit or unit.name
    sheets = [public.facts_of(document, name, period) for document in unit.documents]
    if unit.material.strip():
        place = f"单位表第{unit.row}行" if unit.row else "单位表"
        sheets.append(parse_facts(unit.material, name, period, source=place))
    return sheets[0] if len(sheets) == 1 else join_sheets(sheets)


@lru_cache(maxsize=1)
def _endpoint(settings: Settings) -> Ask:
    from drafter.model import connect  # noqa: PLC0415 - openai is loaded only when a model is set

    return connect(settings).ask


def _stamps(*paths: str) -> list[tuple[int, int]]:
    """Return size and time of the files among these names."""
    stats = (Path(path).stat() for path in paths if path and Path(path).is_file())
    return [(stat.st_size, stat.st_mtime_ns) for stat in stats]


def _ask(settings: Settings) -> Ask | None:
    return _endpoint(settings) if settings.has_model else None


def _variant(number: int) -> Callable[[Outline], Outline]:
    """Give neighbours different exemplars first, so that their papers do not come out alike."""

    def shape(outline: Outline) -> Outline:
        sections = []
        for section in outline.sections:
            turn = number % len(section.exemplars) if section.exemplars else 0
            turned = (*section.exemplars[turn:], *section.exemplars[:turn])
            sections.append(replace(section, exemplars=turned))
        return replace(outline, sections=tuple(sections))

    return shape
