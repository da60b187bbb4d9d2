"""How far two spellings are apart."""

from itertools import takewhile


def is_within(written: str, meant: str, errors: int) -> bool:
    """Whether *written* is *meant* but for *errors* at most: a character missing, added or changed, two swapped.

    The optimal string alignment distance (Damerau 1964): what was swapped is not changed again.
    """
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(written, meant, strict=False)))
    written, meant = written[same:], meant[same:]
    if not (written and meant and errors) or abs(len(written) - len(meant)) > errors:
        return len(written) + len(meant) <= errors
    left = errors - 1
    return (
        is_within(written[1:], meant[1:], left)
        or is_within(written[1:], meant, left)
        or is_within(written, meant[1:], left)
        or (written[:2] == meant[1::-1] and is_within(written[2:], meant[2:], left))
    )
