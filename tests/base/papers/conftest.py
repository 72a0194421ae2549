"""Committing tests empty append-only tables afterwards."""

from yimen.base.record.testing import let_flush_empty_the_record

let_flush_empty_the_record()
