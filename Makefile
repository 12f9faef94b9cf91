# Unrolled. `make help` says what there is; `make run` needs nothing but Python 3.11 and pip.
# Stamps in the environments remember what was installed, so the second time is quick.

# The newest python3 if it is new enough, else a newer one by name. PYTHON=... overrides.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
BIN := .venv/bin
PIP := -m pip --disable-pip-version-check install --quiet

.DEFAULT_GOAL := help
.PHONY: help run test check format bench bench-peers browser nginx screenshot torch clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1@/p' Makefile | column -t -s @ 2>/dev/null || grep '##' Makefile

run: .venv/run.stamp ## set up and start the app (ARGS="--server.port 8600" is passed on)
	$(BIN)/python -m streamlit run app.py $(ARGS)

test: .venv/dev.stamp browser nginx $(if $(filter true 1,$(CI)),torch) ## every test: side by side, then the browser's, once more where one failed
	$(BIN)/python -m pytest -n auto -m "not browser"
	$(BIN)/python -m pytest -n 2 --dist worksteal -m browser --reruns 1

check: .venv/dev.stamp ## lint, format and types, without changing a file
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: .venv/dev.stamp ## put imports and layout in order
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/run.stamp ## measure the network
	$(BIN)/python -m benchmarks $(ARGS)

bench-peers: .venv-peers/run.stamp ## measure it beside PyTorch and JAX, in an environment of their own
	@for peer in torch jax; do .venv-peers/bin/python -c "import $$peer" 2>/dev/null \
		|| echo "NOT MEASURED: $$peer could not be had"; done
	.venv-peers/bin/python -m benchmarks $(ARGS)

browser: .venv/dev.stamp ## find or install the browser that the tests drive
	@$(BIN)/python -m tests.browser.find_chrome

nginx: .venv/dev.stamp ## find or install the proxy that the tests of deploy/ drive
	@$(BIN)/python -m tests.deploy.find_nginx

screenshot: .venv/dev.stamp browser ## take the picture in README.md anew
	$(BIN)/python docs/screenshot.py

torch: .venv/torch.stamp ## PyTorch's CPU build, for the autograd twins (CI does it by itself)

clean: ## remove environments and caches
	rm -rf .venv .venv-peers .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment that works is kept. Debian has venv in a package of its own, named by version.
define make_venv
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say make PYTHON=/path/to/python" >&2; exit 1; }
	@$(1)/bin/python -m pip --version >/dev/null 2>&1 || { \
		package=$$("$(PYTHON)" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		"$(PYTHON)" -c 'import ensurepip' 2>/dev/null \
		|| { command -v apt-get >/dev/null && test "$$(id -u)" = 0 && apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y $$package; } \
		|| { echo "Python lacks venv: install it (Debian, Ubuntu: apt install $$package) and try again" >&2; exit 1; }; \
		"$(PYTHON)" -m venv --clear $(1); }
endef

.venv/run.stamp: requirements.txt
	$(call make_venv,.venv)
	$(BIN)/python $(PIP) -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/python $(PIP) -r requirements-dev.txt
	@touch $@

# The script ends well either way: the stamp remembers the outcome. Remove it to try again.
.venv/torch.stamp: tests/get_torch.py .venv/dev.stamp
	$(BIN)/python tests/get_torch.py
	@touch $@

.venv-peers/run.stamp: requirements.txt tests/get_torch.py
	$(call make_venv,.venv-peers)
	.venv-peers/bin/python $(PIP) -r requirements.txt
	.venv-peers/bin/python tests/get_torch.py
	-.venv-peers/bin/python $(PIP) jax==0.10.2
	@touch $@
