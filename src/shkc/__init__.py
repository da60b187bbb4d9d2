"""Exact figures and milestones of the annual Shanghai science-and-technology progress report.

::

    import shkc

    shkc.open().metric("技术合同")[0].value    # Decimal('4850')
"""

from __future__ import annotations

TYPE_CHECKING = False
"""As in `typing`, which takes longer to load than the program needs to begin."""
if TYPE_CHECKING:
    from shkc.base import FactBase, open, to_json

__all__ = ["FactBase", "open", "to_json"]


def __getattr__(name: str) -> object:
    """The public names, loaded when they are used: the program must have begun before it loads what takes time."""
    if name in __all__:
        from shkc import base

        return getattr(base, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
