"""The semantic model: every entity, field and measure that a question may name, defined once, in both languages."""

from tools.crm.semantic.loading import load_model
from tools.crm.semantic.model import Entity, Field, FieldType, Measure, SemanticModel, Words

__all__ = ["Entity", "Field", "FieldType", "Measure", "SemanticModel", "Words", "load_model"]
