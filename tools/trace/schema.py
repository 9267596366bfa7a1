"""The published JSON Schema of CitationTrace v1; run as a module it rewrites the file in ``docs``."""

from __future__ import annotations

import json
from pathlib import Path

from tools.trace.citation import SCHEMA_NAME, CitationTrace

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "citation-trace.schema.json"


def published_schema() -> str:
    """JSON Schema (2020-12) of an exported trace, as text."""
    schema = CitationTrace.model_json_schema(mode="serialization")
    for model in (schema, *schema["$defs"].values()):
        if "properties" in model:
            model["required"] = list(model["properties"])  # an exported trace leaves nothing out, defaults included
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:{SCHEMA_NAME.replace('.', ':').replace('/', ':')}"}
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(published_schema(), "utf-8")
