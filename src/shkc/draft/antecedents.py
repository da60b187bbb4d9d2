"""Which figure a growth, a share or a rank belongs to: those that a sentence has spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from shkc.draft import wording
from shkc.draft.scan import Quantity
from shkc.draft.statement import Statement, base, is_difference_of
from shkc.draft.topics import measured
from shkc.draft.wording import Role
from shkc.text import quantity

_LATELY = 60
"""Statements back that a list of parts may belong to."""


class Spoken:
    """The figures *found* in the sentence *number* so far, and those of the sentences *before* it."""

    def __init__(self, number: int, before: Sequence[Statement]) -> None:
        self.number, self.before = number, before
        self.found: list[Statement] = []

    def target(self) -> Statement | None:
        return next((s for s in reversed(self.found) if s.is_target_of_parts), None)

    def levels_before(self, target: Statement) -> list[Statement]:
        known = [s for s in (*self.before[-_LATELY:], *self.found[-_LATELY:]) if s.is_target_of_parts]
        at = known.index(target) if target in known else 0
        return known[:at][::-1]

    def target_for(self, item: Quantity, role: Role) -> Statement | None:
        """The level that a growth, share or rank without an owner belongs to; None when it stands for itself."""
        if role.kind == "rank":
            return self.ranked() or (None if self.found else self.last_before())
        last = self.found[-1] if self.found else None
        if wording.is_point(item.unit) and last is not None and last.role.kind == "share" and last.change is None:
            return last
        target = self.target()
        if target is None:
            return None if self.found or role.kind != "growth" else self.last_before()
        later = {statement.role.kind for statement in self.found[self.found.index(target) + 1 :]}
        if role.kind == "share":
            return None if quantity.is_part(target.quantity.unit) or later & {"growth", "share", "average"} else target
        if wording.is_point(item.unit):
            # After a share, the points are those of the share: 占GDP的32%，比上年提高0.9个百分点.
            return target if quantity.is_part(target.quantity.unit) and target.share is None else None
        if target.change is not None:
            # 减少1.2万吨，下降1.3%: the rate is the change, the difference a figure of its own.
            return target if is_difference_of(target) and quantity.is_part(item.unit) else None
        if base(item.unit) == base(target.quantity.unit) and not quantity.is_part(item.unit):
            return target
        return None if quantity.is_part(target.quantity.unit) or later & {"growth", "average"} else target

    def ranked(self) -> Statement | None:
        """The figure that a rank without an owner is about."""
        passed_over = ("comparison", "multiple", "start")
        return next(
            (
                s
                for s in reversed(self.found)
                if not (s.inner or s.is_difference or s.quantity.ordinal or s.role.kind in passed_over)
            ),
            None,
        )

    def last_before(self) -> Statement | None:
        """The last level of the sentence before, when this one goes on with it (；同比增长)."""
        last = next((s for s in reversed(self.before) if s.is_target_of_parts), None)
        return last if last is not None and last.sentence == self.number - 1 else None

    def targets(self, count: int) -> list[Statement] | None:
        """The last *count* levels, of this sentence or of the one before; None when there are not so many."""
        levels = [s for s in self.found[-_LATELY:] if s.is_target_of_parts]
        if not levels:
            levels = [s for s in self.before[-_LATELY:] if s.is_target_of_parts and s.sentence == self.number - 1]
        return levels[-count:] if len(levels) >= count else None

    def ranks(self, count: int) -> list[Statement] | None:
        """The last *count* ranks of the sentence that are figures; None when there are not so many."""
        ranks = [s for s in self.found[-_LATELY:] if s.quantity.ordinal]
        return ranks[-count:] if len(ranks) >= count else None

    def spoken_of(self, count: int) -> list[Statement] | None:
        """The last *count* figures of this sentence that name what they are about; None when there are not so many."""
        named = [s for s in self.found[-_LATELY:] if not s.inner and (s.is_target_of_parts or s.role.subject)]
        return named[-count:] if len(named) >= count else None

    def owner(self, inner: bool) -> Statement | None:
        """The figure that one without a name of its own speaks of; one in parentheses only for others in them."""
        return next((s for s in reversed(self.found) if not s.is_difference and (inner or not s.inner)), None)

    def measured(self) -> Statement | None:
        """The last figure of this sentence whose name says what is measured: 发电装机容量, 产量."""
        return next((s for s in reversed(self.found[-_LATELY:]) if measured().search(s.role.subject)), None)
