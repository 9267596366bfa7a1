"""Opens a chat model at an OpenAI-compatible endpoint. Retries are the agent's business, not the client's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrations.settings import Settings

if TYPE_CHECKING:
    from agent.live import LiveModel

CALLS_OF_TIME = 2  # a question takes at most so many times the time-out of one call


def live_model(settings: Settings) -> LiveModel:
    """The configured model, deterministic as far as it allows, streaming where the endpoint does, and within the time-out of the settings."""
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    from agent.live import LiveModel
    from integrations.llm.faults import kind_of
    from integrations.llm.limits import limited_client
    from integrations.logging import log_to_stderr

    log_to_stderr()
    endpoint = ChatOpenAI(
        model=str(settings.llm_model),
        base_url=settings.llm_base_url,
        api_key=settings.llm_api_key or SecretStr("none"),
        timeout=settings.llm_timeout_s,
        max_retries=0,
        temperature=0,
        streaming=True,
        http_client=limited_client(settings.llm_timeout_s),
    )
    return LiveModel(model=endpoint, call_s=settings.llm_timeout_s, turn_s=CALLS_OF_TIME * settings.llm_timeout_s, explain=kind_of)
