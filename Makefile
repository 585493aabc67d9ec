# Every target does its own set-up; on a fresh Debian machine only python3 (3.11), pip and make are needed.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv

UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
ASSESSMENT ?= interim-2026
REPORT_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_PACKAGES := chromium poppler-utils nodejs npm git

.PHONY: help setup report test lint bench clean system-report system-test

help:
	@echo "make report   build the interim 2026 report (HTML, PDF, DOCX; Romanian and English);"
	@echo "              make report ASSESSMENT=final-2028 builds the final one"
	@echo "make test     everything a reviewer runs: format, lint, types, imports, tests"
	@echo "make setup    only the environment, in .venv (the command snitp is .venv/bin/snitp)"
	@echo "make lint     format, lint, types and import contracts"
	@echo "make bench    the benchmarks, as ratios"
	@echo "make clean    remove caches and the environment; reports in outputs/ stay"

.tools/bin/uv:
	python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore --target .tools uv

.venv/.ready: pyproject.toml uv.lock | $(filter .tools/bin/uv,$(UV))
	$(UV) sync --frozen --quiet --compile-bytecode
	@touch .venv/.ready

setup: .venv/.ready

# $(1): names of Debian packages. Installs the missing ones as root, otherwise says exactly what to install.
define need_packages
	@if command -v dpkg-query >/dev/null; then \
	  missing=""; \
	  for name in $(1); do \
	    case $$name in nodejs) command -v node >/dev/null && continue;; npm|git) command -v $$name >/dev/null && continue;; esac; \
	    dpkg-query -W -f='$${Status}' $$name 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$name"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    if [ "$$(id -u)" = 0 ]; then \
	      echo "installing:$$missing" >&2; \
	      { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $$missing; } >&2; \
	    else \
	      echo "missing system packages; run: sudo apt-get install$$missing" >&2; $(2) \
	    fi; \
	  fi; \
	fi
endef

system-report:
	$(call need_packages,$(REPORT_PACKAGES),true;)

system-test:
	$(call need_packages,$(REPORT_PACKAGES) $(TEST_PACKAGES),true;)

report: setup system-report
	@.venv/bin/snitp report --assessment $(ASSESSMENT)

tests/web/node_modules/.ready: tests/web/package-lock.json
	cd tests/web && npm ci --silent --no-audit --no-fund
	@touch $@

test: setup system-test tests/web/node_modules/.ready lint
	.venv/bin/python -m pytest -n 2

lint: setup
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: setup system-report
	.venv/bin/python -m benchmarks

clean:
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis outputs/.cache tests/web/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
