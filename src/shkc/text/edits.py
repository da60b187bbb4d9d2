"""How far two spellings are apart."""


def is_within(written: str, meant: str, errors: int) -> bool:
    """Whether *written* is *meant* but for *errors* at most: a character missing, added or changed, two swapped.

    The optimal string alignment distance (Damerau 1964): what was swapped is not changed again.
    """
    if abs(len(written) - len(meant)) > errors:
        return False
    same = 0
    for one, other in zip(written, meant, strict=False):
        if one != other:
            break
        same += 1
    written, meant = written[same:], meant[same:]
    if not (written and meant and errors):
        return len(written) + len(meant) <= errors
    left = errors - 1
    return (
        is_within(written[1:], meant[1:], left)
        or is_within(written[1:], meant, left)
        or is_within(written, meant[1:], left)
        or (written[:2] == meant[1::-1] and is_within(written[2:], meant[2:], left))
    )
