"""The errors a language model can end in. No message holds a key, a word of a prompt or a server's own words."""

from __future__ import annotations

from corpus.errors import LoccitError


class ModelError(LoccitError):
    """The language model gave no answer, or not a whole one."""


class UnknownModelError(ModelError):
    """What is set names no model: an unknown provider, no model, a bad address, a file that is not there."""


class ModelExtraMissingError(ModelError):
    """The packages that speak to this provider are not installed."""


class ModelKeyMissingError(ModelError):
    """The provider asks for a key, and the environment has none."""


class ModelUnreachableError(ModelError):
    """No connection, or one that broke off."""


class ModelTimeoutError(ModelError):
    """The model was silent for longer than it may be."""


class ModelBusyError(ModelError):
    """The server was overloaded or failing each time it was asked."""


class ModelRefusedError(ModelError):
    """The server or the model will not answer this: the key, the model's name, the request, its contents."""


class PromptTooLongError(ModelRefusedError):
    """The prompt does not fit the model's context."""


class SpendingError(ModelError):
    """The request would exceed what may be spent."""
