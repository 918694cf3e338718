# Everything from nothing: each target makes its own virtual environment first.
PYTHON ?= python3
DEMO_VENV := .venv-demo
TEST_VENV := .venv-test
# The real third-party data, where it lies beside the checkout; tests that need it skip without.
ROTASCOPE_DATA ?= $(abspath $(wildcard ../shared/data))
export ROTASCOPE_DATA

.PHONY: demo test lint clean

demo: $(DEMO_VENV)/.ready
	$(DEMO_VENV)/bin/rotascope demo --output demo-output

test: $(TEST_VENV)/.ready
	$(TEST_VENV)/bin/python -m pytest -n 2 --dist loadfile -m 'not soak'

lint: $(TEST_VENV)/.ready
	$(TEST_VENV)/bin/ruff check .
	$(TEST_VENV)/bin/ruff format --check .
	$(TEST_VENV)/bin/mypy

$(DEMO_VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(DEMO_VENV)
	$(DEMO_VENV)/bin/pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(TEST_VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(TEST_VENV)
	$(TEST_VENV)/bin/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(DEMO_VENV) $(TEST_VENV) demo-output build dist
