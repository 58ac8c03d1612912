"""The three kinds of things that go wrong, never mixed.

* :class:`UsageError`: the user's mistake; one line that says what is known and what to type, exit code 2.
* :class:`DocumentError`: one bad document; a failed row in ``documents.csv``, the run goes on.
* anything else is a bug and keeps its traceback.
"""


class CasebookError(Exception):
    """Root of the errors that casebook raises on purpose."""


class UsageError(CasebookError):
    """A wrong call: the message names what was given, what is known, and the remedy."""

    exit_code = 2


class StorageError(CasebookError):
    """A disk that is full or fails: the run ends; the message says where, and that it can be taken up again."""

    def __init__(self, folder: object, error: OSError) -> None:
        super().__init__(folder, error)
        self.folder, self.error = folder, error

    def __str__(self) -> str:
        reason = (self.error.strerror or str(self.error)).lower()
        return (
            f"cannot write to {self.folder}: {reason}; tables are left as they were, the same command goes on from here"
        )


class DocumentError(CasebookError):
    """A document that cannot be read: the message names the reason and the remedy, in one line.

    Attributes:
        code: a short stable word for the reason, e.g. ``encrypted`` or ``no_text_layer``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        # The default would call __init__ with the message alone and lose the code between processes.
        return type(self), (self.code, self.message)
