"""The models of a server."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Served:
    """The models that there are, and how many tokens their prompts may have."""

    models: tuple[str, ...]
    context: int

    def has(self, model: str) -> bool:
        """Whether a model is there; Ollama's names end in ":latest" where they end in nothing else."""
        return model.removesuffix(":latest") in self.models
