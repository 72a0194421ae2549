"""One page per act on a case: which entries it asks for, and the act that it knocks at.

Each module registers :class:`CaseAct` entries in ``PAGES``; ``urls`` makes one declared route per entry.
"""

from __future__ import annotations

from importlib import import_module

from yimen.desks.shared.caseacts.page import PAGES, CaseAct, Desk, case_act

_MODULES = (
    "filing",
    "checking",
    "comparing",
    "visiting",
    "asking",
    "tekun_facts",
    "self_care",
    "spending",
    "concluding",
    "conferring",
    "deciding",
    "noticing",
    "posting",
    "serving",
    "assigning",
)


def load() -> dict[str, CaseAct]:
    """All pages, registered."""
    for name in _MODULES:
        import_module(f"{__name__}.{name}")
    return PAGES


__all__ = ["PAGES", "CaseAct", "Desk", "case_act", "load"]
