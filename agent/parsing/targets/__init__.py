"""What a question may be after: a figure, figures by group, the first of a ranking, a list, a field of one record."""

from agent.parsing.targets.columns import shown_columns
from agent.parsing.targets.measuring import figures
from agent.parsing.targets.records import records

__all__ = ["figures", "records", "shown_columns"]
