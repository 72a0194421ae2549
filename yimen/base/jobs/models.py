"""The row of a job."""

from django.db import models

from yimen.base.refs import new_ref

STATES = {"waiting": "排队中", "running": "进行中", "done": "已完成", "failed": "未完成"}


class Job(models.Model):
    """One piece of long work. ``progress`` is also the place where it is taken up again."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    kind = models.CharField(max_length=60)
    args = models.JSONField(default=dict)
    once = models.CharField(max_length=80, blank=True, default="")
    staff_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    office_code = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=list(STATES.items()), default="waiting")
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(default=dict)
    error = models.CharField(max_length=400, blank=True, default="")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "id"], name="jobs_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "once"], condition=~models.Q(once=""), name="jobs_once"),
            models.CheckConstraint(condition=models.Q(state__in=list(STATES)), name="jobs_known_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
