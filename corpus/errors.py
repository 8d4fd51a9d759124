"""The errors a reader can meet. Each message says what happened, to what, and what to do."""

from __future__ import annotations


class LoccitError(Exception):
    """Base of every error that ends a command with one clear line."""


class LibraryError(LoccitError):
    """The library cannot be opened, read or written."""


class LibraryLockedError(LibraryError):
    """Another process is writing to the library."""


class EmbeddingError(LoccitError):
    """The embedding model cannot be loaded, or is not the one the library was made with."""


class OriginError(LoccitError):
    """An origin cannot be read: the file is bad, empty, unknown or not there."""


class UnknownDocumentError(LoccitError):
    """The library holds no document of that id."""


class SettingsError(LoccitError):
    """A setting has a value that cannot be used."""


class EvaluationError(LoccitError):
    """A question set or a saved run cannot be read, or does not fit the library."""
