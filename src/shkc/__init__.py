"""Exact figures and milestones of the annual Shanghai science-and-technology progress report.

::

    import shkc

    shkc.open().metric("技术合同")[0].value    # Decimal('4850')
"""

from __future__ import annotations

from shkc.base import FactBase, open

__all__ = ["FactBase", "open"]
