"""How acts on the facts of the programmes refuse: at the field, named as the pages do - part, row where there is one, field."""

from __future__ import annotations

from yimen.base.access.refusal import Refused
from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application, Participant
from yimen.casework.investigation import programme_queries as queries
from yimen.law.terms import Term


def wrong(field: str, sentence: str) -> Refused:
    """A refusal at a field of the page."""
    return Refused(sentence, field.rpartition("-")[2], 422, field)


def participant(application: Application, ref: str, field: str) -> Participant:
    """The member of a reference. Raises Refused."""
    for row in applications.participants(application):
        if row.person.ref == ref:
            return row
    raise wrong(field, "所选人员不在本件的家庭成员之中，请刷新页面后重新选择。")


def known(term: type[Term], word: str, field: str, what: str) -> None:
    """Refuse a word that is not of the vocabulary; empty is no word."""
    if word and word not in {str(each.value) for each in term}:
        raise wrong(field, f"请从列表中选择{what}。")


def listed(application: Application, key: str, code: str, field: str) -> None:
    """Refuse a code that is not in the list of the place; empty is none."""
    if code and code not in {choice.code for choice in queries.local_choices(key, application)}:
        raise wrong(field, "这种情形不在当地规定的清单之内，请在列表中选择。")


def problem(field: str, sentence: str) -> tuple[str, str]:
    """What is wrong with one field of a row."""
    return field, sentence
