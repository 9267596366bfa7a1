"""Opens a chat model at an OpenAI-compatible endpoint. Retries are the agent's business, not the client's."""

from __future__ import annotations

from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from integrations.settings import Settings


def live_model(settings: Settings) -> BaseChatModel:
    """The configured model, deterministic as far as it allows, streaming where the endpoint does."""
    from langchain_openai import ChatOpenAI  # noqa: PLC0415 - costs more than a second

    return ChatOpenAI(
        model=str(settings.llm_model),
        base_url=settings.llm_base_url,
        api_key=settings.llm_api_key or SecretStr("none"),
        timeout=settings.llm_timeout_s,
        max_retries=0,
        temperature=0,
        streaming=True,
    )
