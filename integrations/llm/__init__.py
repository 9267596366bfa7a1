"""Live models: any endpoint that speaks the OpenAI protocol."""

from integrations.llm.openai import live_model

__all__ = ["live_model"]
