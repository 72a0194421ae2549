"""The web server's own log, which does not pass through the settings: its lines are masked like all others."""

from __future__ import annotations

import logging
from typing import Any

from gunicorn.glogging import Logger

from yimen.config.logs import Masking


class MaskedLogger(Logger):  # type: ignore[misc,unused-ignore]
    """Gunicorn's logger with our formatter in every handler it makes. Named on the server's command line."""

    def _set_handler(self, log: Any, output: Any, fmt: logging.Formatter, stream: Any = None) -> None:
        super()._set_handler(log, output, Masking(fmt._fmt, fmt.datefmt), stream)
