"""Tests of the jobs that really commit must be able to clean up."""

from yimen.base.record.testing import let_flush_empty_the_record

let_flush_empty_the_record()
