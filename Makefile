# `make` builds the graph of the five seed articles; `make test` runs every check.
# Both need Python 3.11 or later, pip and make, and install the rest below this folder.

UV := .tools/bin/uv
export UV_PYTHON_DOWNLOADS := never
# Behind a proxy the machine knows whom to trust.
export UV_SYSTEM_CERTS := true

graph: install
	.venv/bin/kg build seeds -o graph

install: $(UV)
	$(UV) sync --quiet --locked --no-dev --inexact

$(UV):
	python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools uv==0.13.9

test: dev browser wheel
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest

dev: $(UV)
	$(UV) sync --quiet --locked

# The page is tested in a real browser, Debian's.
browser:
	command -v chromium > /dev/null || (apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium > /dev/null)

# What users install must carry its knowledge: it builds a graph away from this folder.
wheel: $(UV)
	rm -rf dist
	$(UV) build --quiet --wheel --out-dir dist
	cd dist && ../$(UV) run --quiet --isolated --no-project --with ./*.whl kg build ../seeds -o graph

.PHONY: graph install test dev browser wheel
