"""Plain data as JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def dumps(document: Mapping[str, Any]) -> str:
    """A document as JSON text, its keys in the order they were put in."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
