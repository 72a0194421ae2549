"""What the public desk must remember by itself: wrong answers to the second question of a progress code."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ProgressTry(models.Model):
    """Wrong answers for a code since ``since``; stored, so that a restart opens nothing. Unknown codes count the same."""

    code = models.CharField(max_length=24, unique=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
    closed_until = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
