# Everything happens in .venv; versions come from constraints.txt.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: app demo test laws check format lint types dev screenshots bench clean

$(VENV)/app.stamp: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the packages; the first time takes some minutes"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the packages; the first time takes some minutes"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@ $(VENV)/app.stamp

app: $(VENV)/app.stamp      ## set up and open the web page on the sample project
	$(BIN)/drafter app --open

demo: $(VENV)/app.stamp     ## draft the sample township to a .docx
	$(BIN)/drafter draft drafter/demo/facts.txt --tasks drafter/demo/tasks.txt -o build/demo.docx

dev: $(VENV)/dev.stamp

test: dev                   ## set up and run all tests
	$(BIN)/python -m pytest -n auto

laws: dev                   ## try the laws of the tests on new random examples
	LAWS=new $(BIN)/python -m pytest -n auto -m "not browser"

check: format lint types test

format: dev
	$(BIN)/ruff format --check .

lint: dev
	$(BIN)/ruff check .

types: dev
	$(BIN)/mypy

screenshots: dev            ## make the README's pictures
	$(BIN)/python docs/screenshots.py

bench: dev                  ## measure speed and size; writes tables to build/
	$(BIN)/python -m bench

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
