"""The one kind of error that a person can put right; its text is the whole answer and no traceback is shown."""


class Mistake(Exception):
    """A wrong option, path, setting or site file; the text says what, where, and what to do, in Chinese."""
