"""Draws the charts of answers, for pages as SVG and for messages as PNG. Knows tables only, and nothing of how they came about."""

from integrations.charts.drawing import Theme, to_png, to_svg

__all__ = ["Theme", "to_png", "to_svg"]
