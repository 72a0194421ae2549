"""Help at a field (T26): the rule in plain words, an example, the article. One place for every form of the main job."""

from __future__ import annotations

from typing import Any

from yimen.desks.shared.fieldhelp.applying import APPLYING
from yimen.desks.shared.fieldhelp.banking import BANKING
from yimen.desks.shared.fieldhelp.changing import CHANGING
from yimen.desks.shared.fieldhelp.closing import CLOSING
from yimen.desks.shared.fieldhelp.comparing import COMPARING
from yimen.desks.shared.fieldhelp.examining import EXAMINING
from yimen.desks.shared.fieldhelp.funding import FUNDING
from yimen.desks.shared.fieldhelp.paying import PAYING
from yimen.desks.shared.fieldhelp.programmes import PROGRAMMES
from yimen.desks.shared.fieldhelp.reconciling import RECONCILING
from yimen.desks.shared.fieldhelp.reviewing import REVIEWING
from yimen.desks.shared.fieldhelp.word import Help

HELP: dict[str, Help] = {
    **APPLYING,
    **BANKING,
    **CHANGING,
    **CLOSING,
    **COMPARING,
    **EXAMINING,
    **FUNDING,
    **PAYING,
    **PROGRAMMES,
    **RECONCILING,
    **REVIEWING,
}


def help_of(form: Any, name: str) -> Help | None:
    """The help of a field, by the name of its form or of a form that it extends; questions per line end in their line."""
    for kind in type(form).__mro__:
        for key in (name, f"{name.partition('_')[0]}_*"):
            if found := HELP.get(f"{kind.__name__}.{key}"):
                return found
    return None
