"""Why a file is not taken. No Django here: the child process uses it too."""


class BadFile(ValueError):
    """The file is not taken; the message says why and what to do."""
