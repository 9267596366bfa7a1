"""Reads a template as a manager writes it, and says what is wrong with it."""

from __future__ import annotations

import yaml
from pydantic import ValidationError

from tools.sandbox.templates.errors import TemplateMalformed
from tools.sandbox.templates.schemas import TemplateContent


def read_template(text: str) -> TemplateContent:
    """A whole template from YAML or JSON. Raises TemplateMalformed with the place and what is wrong there."""
    try:
        return TemplateContent.model_validate(yaml.safe_load(text))
    except yaml.YAMLError:
        raise TemplateMalformed(where="1", what="YAML") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise TemplateMalformed(where=".".join(map(str, first["loc"])) or "1", what=first["msg"]) from None
