"""What a user can mend: every error says where, what, and how."""

from __future__ import annotations


class KgError(Exception):
    """An error of a user's input, told as 'where: what - how to mend it'."""

    def __init__(self, where: object, what: str, mend: str) -> None:
        """Tell where it is, what is wrong, and what to do about it."""
        super().__init__(str(where), what, mend)
        self.where, self.what, self.mend = str(where), what, mend

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.where}: {self.what} - {self.mend}"


class ArticleError(KgError):
    """An article that cannot be read."""


class LanguageError(KgError):
    """A language that is not known, or whose files are wrong."""


class GazetteerError(KgError):
    """A gazetteer that does not say what it must."""


class QueryError(KgError):
    """A question that cannot be asked as it stands."""


class StoreError(KgError):
    """A graph's folder that cannot be opened or written."""


class StorageError(KgError):
    """A storage that is not reached, or that does not know who asks."""


class ExportError(KgError):
    """An export that cannot be written."""


class DecisionError(KgError):
    """A line of the user's decisions that cannot be obeyed."""


class ShapesError(KgError):
    """Shapes that cannot be read, or that no engine understands."""
