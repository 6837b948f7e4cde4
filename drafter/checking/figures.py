"""The verdict on a drafted figure: which fact it comes from, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from drafter.checking.arithmetic import worked_out
from drafter.checking.complements import other_state
from drafter.checking.context import Mention
from drafter.checking.derived import Derived, is_rest, told_before
from drafter.checking.deriving import derive
from drafter.checking.facing import (
    adds_up,
    came_of_those,
    is_bound,
    is_named_rest,
    is_road,
    is_stage,
    listed_with,
    lists_its_kind,
    quoted_in,
    rank_said,
)
from drafter.checking.factindex import FactIndex, Line
from drafter.checking.grams import largest
from drafter.checking.heads import qualifies, same_words, told_apart, words_before
from drafter.checking.likely import (
    in_state,
    inherits,
    is_last_years,
    is_loose_one,
    is_named,
    is_other_rate,
    is_other_side,
    is_share_of,
    is_threshold,
    is_whole,
    of_other_class,
    share_said,
    speaks_for,
    told_beside,
    units_crossed,
)
from drafter.checking.matching import fits, relation, same_kind
from drafter.checking.misfits import is_misfit
from drafter.checking.mistold import is_mistold, other_deed
from drafter.checking.nearby import figures_for, lines_for
from drafter.checking.rates import is_each, of_each_so_many, other_whom
from drafter.checking.rivals import (
    all_told,
    is_no_rival,
    only_holder,
    only_kind,
    parts_whole,
    quoted_between,
    was_before,
)
from drafter.checking.said import Bound, Likeness, Said
from drafter.checking.told import sum_behind, sum_beside
from drafter.checking.unrelated import of_other_total
from drafter.checking.verdicts import (
    Verdict,
    as_assigned,
    is_telling,
    per_another,
    same_digits,
    unsupported,
)

_SWAP_FACTOR = 1.5
_NEAR_SHARE = 0.4
_DISTINCT = 1.0
_COVERED = 0.6  # the share of a figure's own words that makes a clause about it
_CLEARLY = 0.3
_RIVALS = 32  # how many of the most alike figures of the facts may rival the one that fits
_DERIVED = re.compile(
    "[每各均共和与及]|累计|合计|总|半年|季度|[一二三四五六七八九十]月|\\d月|(?<![新净])增|[减降涨]|全年|差|剩"
)
_COMPARED = re.compile("[超比较距离差]")  # 超任务1300人 is no 任务
_LEFT = re.compile("[余剩未没尚欠差在待]|另")
_SUM = re.compile("合计|总计|共计")
_SHARED_OUT = re.compile("[每各均]|半年|季度|[一二三四五六七八九十]月|\\d月")


class FigureJudge:
    """Judges figures against the facts of one job."""

    def __init__(self, index: FactIndex) -> None:
        self._index = index
        self._alike = Likeness(index)

    def judge(self, draft: Mention, said: Said) -> Verdict:
        """Return the verdict on one figure; ``said`` holds all figures of the draft."""
        told = said.assigned(draft)
        if told is not None:
            return as_assigned(draft, told)
        if (before := said.before(draft)) and is_each(before):
            return self._of_each(draft, before)
        bound, right = self._bind(draft)
        same = next((b.mention for b in [*right, *bound] if is_threshold(draft, b.mention)), None)
        if same:
            return Verdict("exact", (same.fact_id,), source=same)
        best = max(right, key=lambda b: self._rank(draft, b), default=None)
        rival = self._direct_rival(draft, bound, best)
        if rival and best and self._yields(draft, best, rival, said):
            rival = None
        if rival is None and best and not self._swapped(draft, best, bound, said):
            return self._on_its_fact(draft, best.mention, right)
        lines, earlier = lines_for(draft, said, self._index), said.earlier(draft)
        derived = self._derived(draft, best, lines, earlier, said)
        if beside := sum_beside(draft, said.summed.get(draft.line, ()), self._index):
            return Verdict("derived", beside.fact_ids, beside.formula)
        if derived and (rival is None or self._explains(draft, derived, rival.mention, said)):
            return Verdict("derived", derived.fact_ids, derived.formula)
        if is_loose_one(draft, bound) or is_road(self._index, draft) or is_each(draft):
            return Verdict("fixed_term")
        if is_bound(self._index, draft) or is_stage(self._index, draft):
            return Verdict("fixed_term")
        if quote := quoted_in(self._index, draft) or rank_said(self._index, draft):
            return Verdict("exact", (quote,))
        if not right and (found := self._worked_out(draft, lines, said)):
            return Verdict("derived", found.fact_ids, found.formula)
        return self._wrong(draft, [rival, *bound] if rival else bound, best)

    def _derived(
        self,
        draft: Mention,
        best: Bound | None,
        lines: Sequence[Line],
        told: Sequence[Mention],
        said: Said,
    ) -> Derived | None:
        """Return how a figure follows from the facts, but not where its deed is another's."""
        if best and other_deed(self._index, draft, best.mention):
            return None
        found = derive(draft, lines, self._index, told, said.sound)
        return found or sum_behind(draft, said.behind(draft), self._index)

    def _worked_out(self, draft: Mention, lines: Sequence[Line], said: Said) -> Derived | None:
        """Return how figures near one make it, but not beside the total that a fact tells."""
        found = worked_out(draft, figures_for(draft, lines, said, self._index), self._index)
        if found and (
            of_other_total(draft, found, lines)
            or is_misfit(draft, found, said.earlier(draft), said.sound, self._index)
        ):
            return None
        return found

    def _of_each(self, draft: Mention, each: Mention) -> Verdict:
        """Return the verdict on how many of each so many there are: 每四亩就有一亩."""
        found = of_each_so_many(draft, each, self._index)
        if found:
            return Verdict("derived", found.fact_ids, found.formula)
        return self._wrong(draft, self._bind(draft)[0], None)

    @staticmethod
    def _on_its_fact(draft: Mention, fact: Mention, right: Sequence[Bound]) -> Verdict:
        """Return the verdict on a figure that a fact has: it may be of last year, or of each."""
        if all(is_last_years(draft, bound.mention) for bound in right):
            return unsupported(draft, fact, None)
        if other_whom(draft, fact):
            return per_another(draft, fact)
        return Verdict(relation(draft.figure, fact.figure), (fact.fact_id,), source=fact)

    def _explains(self, draft: Mention, derived: Derived, rival: Mention, said: Said) -> bool:
        """Tell whether a derived value stands although a fact has another one behind its words."""
        adding = adds_up(self._index, draft, derived, rival)
        adding = adding or lists_its_kind(self._index, draft, derived, rival)
        adding = adding or is_other_side(draft, derived, rival) or is_share_of(derived, rival)
        terms = derived.formula.split(" + ")
        adding = adding or (
            len(terms) == len(derived.fact_ids) > 1 and rival.fact_id in derived.fact_ids
        )
        adding = adding or is_named_rest(self._index, draft, derived, rival)
        sides = other_state(self._index.lines[rival.line], draft)
        adding = adding or any(fits(draft.figure, side.value) for side in sides)
        adding = adding or parts_whole(self._index, draft, said.after(draft), rival)
        return adding or told_beside(draft, derived, rival, said.before(draft))

    # ------------------------------------------------------------------ binding

    def _bind(self, draft: Mention) -> tuple[list[Bound], list[Bound]]:
        """Return the figures of the facts most alike in their words, and those of equal value."""
        near, score = self._alike.scores(draft)
        places = largest(score, _RIVALS)
        if len(places) < _RIVALS:
            rest = (at for at in range(len(score)) if not score[at])
            places += list(islice(rest, _RIVALS - len(places)))
        mentions = self._index.mentions
        bound = [Bound(float(score[at]), float(near[at]), mentions[at]) for at in places]
        right = [
            Bound(float(score[m.place]), float(near[m.place]), m)
            for m in self._index.values.sources(draft.figure)
            if not is_other_rate(draft, m)
        ]
        return bound, sorted(right, key=lambda b: -b.score)

    @staticmethod
    def _rank(draft: Mention, bound: Bound) -> float:
        same_period = (draft.period or 0) == (bound.mention.period or 0)
        return bound.score * (1.0 if same_period else 0.5)

    def _swapped(self, draft: Mention, best: Bound, bound: Sequence[Bound], said: Said) -> bool:
        """Tell whether another figure of the same kind fits the words around this one better."""
        floor = self._floor(draft)
        if best.score < floor and self._elsewhere(draft, best, said):
            return True
        if is_mistold(self._index, draft, best.mention, [b.mention for b in bound]):
            return True
        if is_rest(draft) and self._no_rest(draft, best.mention, said):
            return True
        if self._told_otherwise(draft, best, said):
            return True
        for rival in bound:
            if not same_kind(draft.figure.dimension, rival.mention.figure.dimension):
                continue
            if relation(draft.figure, rival.mention.figure):
                continue
            if of_other_class(draft, best.mention, rival.mention):
                return True  # 75岁以上4150人 for 65岁以上4150人，其中75岁以上1320人
            if self._excused(draft, best, rival, said):
                continue
            better = self._rank(draft, rival) > _SWAP_FACTOR * self._rank(draft, best) + floor
            closer = better or self._closer(draft, best.mention, rival.mention)
            if closer and not self._taken(draft, best, rival, said):
                return True
        return False

    def _excused(self, draft: Mention, best: Bound, rival: Bound, said: Said) -> bool:
        """Tell whether a figure that fits better is no rival: of another year, list or fact."""
        ours, theirs = best.mention, rival.mention
        years = [(m.period or 0) for m in (draft, ours, theirs)]
        if was_before(draft, ours, theirs) or came_of_those(draft, ours, theirs):
            return True
        if ours.line == theirs.line and years[0] == years[2] != years[1]:
            return False  # 发展党员11名 for 14名（2025年11名）
        if is_no_rival(draft, ours, theirs) or parts_whole(
            self._index, draft, said.after(draft), theirs
        ):
            return True
        if speaks_for(draft, ours, theirs) or is_whole(draft, ours, theirs, said.after(draft)):
            return True
        if theirs.line != ours.line and self._at_home(draft, best, rival):
            return True
        if self._in_list(draft, best, rival, said) or inherits(draft, best, rival):
            return True
        return theirs.line == ours.line and _SUM.search(ours.before_text) is not None

    def _told_otherwise(self, draft: Mention, best: Bound, said: Said) -> bool:
        """Tell whether a fact's figure is told in the same sentence, as it is and with its words.

        占比超过95% is no vaguer word for 登记率100% where that stands before it.
        """
        converted = draft.figure.unit != best.mention.figure.unit  # 560亩，折合37公顷左右
        if draft.figure.approximation == "exact" or converted or not draft.before_text.strip():
            return False
        shared = self._index.weights.shared
        ours = shared(draft.local, best.mention.local)
        return any(
            other is not draft
            and other.line == draft.line
            and other.figure.low == best.mention.figure.low
            and shared(other.local, best.mention.local) > ours
            for other in said.values.says(best.mention.figure)
        )

    def _no_rest(self, draft: Mention, fact: Mention, said: Said) -> bool:
        """Tell whether what is left when others are told is a fact's figure of something else."""
        told = told_before(draft, said.earlier(draft))
        about = (draft.after | draft.before) & (fact.before | fact.after)
        return len(told) > 1 and not about and not _LEFT.search(fact.before_text)

    def _at_home(self, draft: Mention, best: Bound, rival: Bound) -> bool:
        """Tell whether the sentence rests on the fact that has the value, not on the rival's."""
        shared = self._index.weights.shared
        home = shared(draft.wide, best.mention.wide)
        return home > 2 * shared(draft.wide, rival.mention.wide)

    def _direct_rival(
        self, draft: Mention, bound: Sequence[Bound], best: Bound | None
    ) -> Bound | None:
        """Return a figure of another value that stands behind the very same words."""
        words = words_before(draft)
        if not words or (best and same_words(words, best.mention)):
            return None
        if len(words) > 1 and (_DERIVED.search(draft.before_text) or _COMPARED.search(words)):
            return None
        own = told_apart(words_before(best.mention).removeprefix("已") if best else "", words)
        if len(own) > 1 and own in words:
            return None
        if best and own[:1] and own[:1] in words and qualifies(words, own):
            return None
        rivals = [
            b
            for b in bound
            if b.mention.figure.dimension == draft.figure.dimension
            and (b.mention.period or 0) == (draft.period or 0)
            and same_words(words, b.mention)
            and not _SHARED_OUT.search(b.mention.clause_text)
            and not listed_with(self._index, draft, b.mention)
            and not b.mention.after_text.startswith("中")  # 覆盖18村中的16个
        ]
        if not rivals or any(relation(draft.figure, r.mention.figure) for r in rivals):
            return None
        return rivals[0] if len(rivals) == 1 or len(words) > 2 else None

    def _closer(self, draft: Mention, best: Mention, rival: Mention) -> bool:
        """Tell whether the words that set two facts apart speak for the rival, or the year does."""
        alike = self._index.weights.shared(best.clause | best.topic, rival.clause | rival.topic)
        if alike <= 0 or quoted_between(self._index, draft, rival, best):
            return False
        ours, theirs = draft.period or 0, rival.period or 0
        if (best.period or 0) != ours and theirs == ours:
            return True
        if (best.period or 0) == ours != theirs:
            return False
        mass = self._index.weights.mass
        covered = share_said(mass, draft.local, best.before)
        theirs_covered = share_said(mass, draft.before, rival.before)
        if covered >= _COVERED and theirs_covered < covered - _CLEARLY:
            return False
        pairs = ((draft.local, best.local, rival.local), (draft.wide, best.wide, rival.wide))
        for said, ours_, theirs_ in pairs:
            speaks_for = mass((said & theirs_) - ours_)
            against = mass((said & ours_) - theirs_ - rival.topic)
            if speaks_for or against:
                return speaks_for >= _DISTINCT and speaks_for > 2 * against
        return False

    def _floor(self, draft: Mention) -> float:
        return 0.15 * self._index.weights.mass(draft.local | draft.clause)

    def _elsewhere(self, draft: Mention, best: Bound, said: Said) -> bool:
        """Tell whether the words around the figure belong to a fact that does not have it."""
        if (
            only_kind(self._index, draft)
            or is_telling(draft)
            or draft.figure.unit[-1:] in best.mention.before_text[-3:].split()
        ):
            return False  # 十五个村 for 村 15个
        top = self._index.nearest(draft.wide, 1)
        if not top or top[0][1].index == best.mention.line or top[0][0] <= 2 * best.score:
            return False
        if not top[0][1].mentions or only_holder(self._index, draft, best.mention, top[0][1]):
            return False
        same = best.mention.figure.dimension == draft.figure.dimension
        if best.score > 0 and same and all_told(top[0][1], draft, said):
            return False
        ours, theirs = self._listed(draft, said, best.mention.line, top[0][1].index)
        return ours <= theirs

    def _in_list(self, draft: Mention, best: Bound, rival: Bound, said: Said) -> bool:
        """Tell whether the figures beside it in the draft come from the fact that has the value."""
        if best.mention.line == rival.mention.line:
            return self._next_to(draft, best, rival, said)
        ours, theirs = self._listed(draft, said, best.mention.line, rival.mention.line)
        return ours > theirs

    def _next_to(self, draft: Mention, best: Bound, rival: Bound, said: Said) -> bool:
        """Tell whether the figure after it in the draft stands after it in the fact as well."""
        after = [m for m in said.beside(draft) if m.place > draft.place]
        sources = (s for m in after[:2] for s in self._index.values.sources(m.figure))
        places = {s.place for s in sources if s.line == best.mention.line}
        ours, theirs = best.mention.place, rival.mention.place
        if is_named(draft, rival.mention) and not is_named(draft, best.mention):
            return False  # 婚姻家庭纠纷61件 of 婚姻家庭88件、邻里61件
        return ours + 1 in places and not {theirs, theirs + 1} & places

    def _listed(self, draft: Mention, said: Said, one: int, other: int) -> tuple[int, int]:
        """Return how many of the figures beside one in the draft two facts have."""
        beside = [m for m in said.beside(draft) if m is not draft]
        lines = [{s.line for s in self._index.values.sources(m.figure)} for m in beside]
        return sum(one in held for held in lines), sum(other in held for held in lines)

    def _yields(self, draft: Mention, best: Bound, rival: Bound, said: Said) -> bool:
        """Tell whether a rival is no rival: said by another figure, or in another list."""
        if self._taken(draft, best, rival, said) or in_state(draft, best.mention, rival.mention):
            return True
        if parts_whole(self._index, draft, said.after(draft), rival.mention):
            return True
        named = words_before(draft) == words_before(rival.mention) != words_before(best.mention)
        if named and best.mention.line == rival.mention.line:
            return False  # 一等功 of 一等功0 二等功1
        return self._in_list(draft, best, rival, said)

    def _taken(self, draft: Mention, best: Bound, rival: Bound, said: Said) -> bool:
        """Tell whether another figure of the draft says what the rival says."""
        shared = self._index.weights.shared
        for other in said.values.says(rival.mention.figure):
            if other is not draft:
                theirs = shared(other.local, rival.mention.local)
                ours = shared(other.local, best.mention.local)
                kept = theirs + shared(draft.local, best.mention.local)
                swapped = ours + shared(draft.local, rival.mention.local)
                if ours >= _DISTINCT and swapped > _SWAP_FACTOR * kept:
                    continue
                if units_crossed(draft, other, best.mention, rival.mention):
                    continue
                if self._crossed(other, best, rival, said):
                    continue
                only = self._index.values.sources(other.figure) == [rival.mention]
                if theirs >= ours and (theirs > 0 or not self._explained(other)):
                    return True
                if only and kept >= swapped:
                    return True
        return False

    def _crossed(self, other: Mention, best: Bound, rival: Bound, said: Said) -> bool:
        """Tell whether a rival's value is told in the list of the draft's own fact.

        新修公路6条、4.3公里 beside 加宽11.7公里 has two figures where the other one belongs.
        """
        before = said.before(other) if not other.before_text.strip() else None
        lines = {m.line for m in self._index.values.sources(before.figure)} if before else set()
        return lines == {best.mention.line} != {rival.mention.line}

    def _explained(self, mention: Mention) -> bool:
        """Tell whether some fact has a figure's value behind words that the figure has too."""
        shared = self._index.weights.shared
        sources = self._index.values.sources(mention.figure)
        return any(shared(mention.local, fact.local) > 0 for fact in sources)

    # ------------------------------------------------------------------ what is wrong

    def _wrong(self, draft: Mention, bound: Sequence[Bound], misplaced: Bound | None) -> Verdict:
        near = self._nearest(draft, bound)
        elsewhere = misplaced.mention if misplaced else None
        return unsupported(draft, near.mention if near else None, elsewhere)

    def _nearest(self, draft: Mention, bound: Sequence[Bound]) -> Bound | None:
        whole = self._index.weights.mass(draft.local | draft.clause)
        for candidate in bound:
            if relation(draft.figure, candidate.mention.figure):
                continue
            kind = same_kind(draft.figure.dimension, candidate.mention.figure.dimension)
            alike = kind or same_digits(draft, candidate.mention)
            if alike and candidate.near > _NEAR_SHARE * max(whole, 0.1):
                return candidate
        return None
