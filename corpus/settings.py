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
    llm: str = Field(
        default="none",
        description="The language model: none, openai:MODEL, anthropic:MODEL, ollama:MODEL, openai-like:URL#MODEL or "
        "gguf:PATH",
    )
    llm_timeout: float = Field(
        default=30, gt=0, description="For how many seconds the language model may be silent"
    )
    llm_context: int | None = Field(
        default=None,
        ge=256,
        description="How many tokens the language model is given to read and write; what it says itself otherwise",
    )
    llm_parallel: int | None = Field(
        default=None,
        ge=1,
        description="How many requests the language model works on at once; 1 for a gguf file and 4 for others "
        "otherwise",
    )
    llm_threads: int | None = Field(
        default=None, ge=1, description="Threads of a gguf file's model; as many as there are cores otherwise"
    )
    llm_judge: bool = Field(
        default=False,
        description="Whether the language model also judges what sources say of statements and claims",
    )
    llm_price: str | None = Field(
        default=None,
        description="What a million tokens cost, read and written, as IN:OUT; in any currency",
    )
    max_tokens_per_answer: int | None = Field(
        default=None, ge=1, description="How many tokens an answer may cost, read and written together"
    )
    max_cost_per_day: float | None = Field(
        default=None,
        ge=0,
        description="What may be spent in a day (UTC), in the currency of the price, which must be set",
    )
    spending: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("loccit") / "spending.sqlite",
        description="File in which is kept how many tokens were used each day, and what they cost",
    )
