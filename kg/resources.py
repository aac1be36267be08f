"""Where the data of the package lies: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
_WHEEL = PACKAGE / "shared"
_ROOT = _WHEEL if _WHEEL.is_dir() else PACKAGE.parent

ONTOLOGY = _ROOT / "ontology"
QUERIES = _ROOT / "queries"
LANGUAGES = PACKAGE / "languages"
GAZETTEERS = PACKAGE / "gazetteers"
