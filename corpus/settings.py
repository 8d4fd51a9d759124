"""What can be set, from the environment (prefix `LOCCIT_`) or by an option of the same name."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_EMBEDDING_MODEL = "all-MiniLM-L6-v2"


def default_library() -> Path:
    """Give the platform's data folder for a library that nobody placed elsewhere."""
    return platformdirs.user_data_path("loccit")


class Settings(BaseSettings):
    """Settings of one process. Nothing here is secret."""

    model_config = SettingsConfigDict(env_prefix="LOCCIT_", env_ignore_empty=True, frozen=True)

    library: Path = Field(default_factory=default_library, description="Folder of the library")
    embedding_model: str = Field(
        default=DEFAULT_EMBEDDING_MODEL,
        description="The packaged default, or any sentence-transformers model: a folder or a hub name",
    )
    nli_model: str | None = Field(
        default=None,
        description="A sentence-transformers cross-encoder that tells entailment from contradiction, a folder or a hub "
        "name; without one, statements are judged by rule",
    )
    reranker: str | None = Field(
        default=None,
        description="A sentence-transformers cross-encoder that puts the best evidence in order, a folder or a hub "
        "name; without one, retrieval's order stays",
    )
    model_cache: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path("loccit") / "models",
        description="Folder of the exported embedding models",
    )
    chroma_url: str | None = Field(
        default=None, description="Address of a Chroma server, used in place of the embedded Chroma"
    )
    europepmc_url: str = Field(
        default="https://www.ebi.ac.uk/europepmc/webservices/rest",
        description="Address of the Europe PMC service",
    )
    contact_email: str | None = Field(
        default=None, description="Told to the services that papers are fetched from, as they ask of programs"
    )
    allow_private_addresses: bool = Field(
        default=False, description="Whether web addresses may lead to this machine or a private network"
    )
    web_cache: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path("loccit") / "web",
        description="Folder in which answers of web services are kept",
    )
    aspects: Path | None = Field(
        default=None,
        description="File of the aspects in which a comparison compares, in place of the starter corpus's",
    )
