"""What an index and a warehouse have in common: questions are put to a reader, answers come at once or one by one."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from shkc.errors import LeftOut
from shkc.store.read import Reader

Answer = TypeVar("Answer")


class Store:
    """What answers questions that are put to a reader."""

    def ask(self, question: Callable[[Reader], Answer]) -> Answer:
        """Put *question* to the reader."""
        raise NotImplementedError

    def stream(self, question: Callable[[Reader], Iterator[Answer]]) -> Iterator[Answer] | None:
        """As `ask`, for a *question* with any number of answers: None when there is none."""

        def begin(reader: Reader) -> tuple[Answer | None, Iterator[Answer]]:
            answers = question(reader)
            return next(answers, None), answers

        first, others = self.ask(begin)
        return None if first is None else self.continued(chain((first,), others), question)

    def continued(self, answers: Iterator[Answer], question: Callable[[Reader], Iterator[Answer]]) -> Iterator[Answer]:
        """All of *answers* to *question*, whatever happens to the store meanwhile."""
        raise NotImplementedError

    @property
    def left_out(self) -> Sequence[LeftOut]:
        """The files that are wrong and not in the store."""
        return self.ask(Reader.left_out)

    def is_current(self) -> bool:
        """Whether what the store was made of is as it was when it was opened."""
        raise NotImplementedError
