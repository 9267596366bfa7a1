"""The terminal: answers, tables, sources and traces as text, and the chat loop. It decides nothing and computes nothing."""

from integrations.terminal.answering import render_answer
from integrations.terminal.chatting import chat_loop
from integrations.terminal.screen import console

__all__ = ["chat_loop", "console", "render_answer"]
