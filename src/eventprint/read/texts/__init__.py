"""Agendas as people write them: plain text, Markdown, reStructuredText, Microdown."""
