# `make` builds the graph of the five seed articles; `make test` runs every check.
# Both need Python 3.11 or later, pip and make, and install the rest below this folder;
# the tests also install Debian's packages.

UV := .tools/bin/uv
export UV_PYTHON_DOWNLOADS := never
# Behind a proxy the machine knows whom to trust.
export UV_SYSTEM_CERTS := true
export NODE_USE_SYSTEM_CA := 1

graph: install
	.venv/bin/kg build seeds -o graph

install: $(UV)
	$(UV) sync --quiet --locked --no-dev --inexact

$(UV):
	python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools uv==0.13.9

test: dev programs page wheel
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/pytest

dev: $(UV)
	$(UV) sync --quiet --locked

# The page is tested in a real browser, whose driver wants libatomic, the server with the clients that people use.
PROGRAMS := chromium:chromium curl:curl roqet:rasqal-utils java:default-jre-headless
missing := $(foreach p,$(PROGRAMS),$(if $(shell command -v $(word 1,$(subst :, ,$p))),,$(word 2,$(subst :, ,$p)))) \
	$(if $(wildcard /usr/share/java/jena-core.jar),,libapache-jena-java) \
	$(if $(wildcard /usr/share/fonts/truetype/noto/NotoNaskhArabic-*),,fonts-noto-core) \
	$(if $(wildcard /usr/lib/*/libatomic.so.1),,libatomic1)
programs:
	$(if $(strip $(missing)),apt-get update -qq && apt-get install -qq -y --no-install-recommends $(missing) > /dev/null)

# What is built of the page comes from its sources.
page: dev
	cd kg/exporters/network/page && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --silent && PATH="$(CURDIR)/.venv/bin:$$PATH" npm run --silent check

# What users install must carry its knowledge: it builds a graph away from this folder.
wheel: $(UV)
	rm -rf dist
	$(UV) build --quiet --wheel --out-dir dist
	cd dist && ../$(UV) run --quiet --isolated --no-project --with ./*.whl kg build ../seeds -o graph

.PHONY: graph install test dev programs page wheel
