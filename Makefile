# Every target works from a bare checkout with Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The independent Telegram of the tests is fetched here, by hashes, outside the tree.
EMULATOR ?= $(HOME)/.cache/hanhchinh-bot/emulator

# What looks for faults of accessibility in the tests is fetched here, by hashes, outside the tree.
AXE ?= $(HOME)/.cache/hanhchinh-bot/axe

# Processes that share the tests; much of their time is waiting, so more than there are cores.
WORKERS ?= 3

# What was compiled for one process of the tests is kept for the others.
export PYTHONDONTWRITEBYTECODE :=

PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: setup run zalo test coverage check quick emulator axe bench lock clean

setup: $(VENV)/.installed

# What a program needs that serves.
$(VENV)/.ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Cần Python 3.11 trở lên: make PYTHON=…")'
	@echo "Đang cài thư viện Python vào $(VENV), cần mạng, một đến năm phút; chỉ làm lần đầu và khi có bản mới."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) -r requirements.lock
	@touch $@

# And what tests and checks need besides.
$(VENV)/.installed: requirements-dev.lock $(VENV)/.ready
	@echo "Đang cài thêm công cụ kiểm thử, một đến năm phút."
	@$(PIP) -r requirements-dev.lock
	@touch $@

run: $(VENV)/.ready
	@$(BIN)/python -m bot serve

# A Zalo of our own, on which one chats with the program as a citizen and as an official.
zalo: $(VENV)/.ready
	@$(BIN)/python -m tests.fakes.zalo --save var

# Types are looked at beside the tests, which leave time to spare, and told of after them.
test: quick
	@told=$$(mktemp); $(BIN)/mypy >"$$told" 2>&1 & looking=$$!; \
	$(BIN)/pytest -n $(WORKERS); tested=$$?; \
	wait $$looking; typed=$$?; cat "$$told"; rm -f "$$told"; \
	exit $$((tested || typed))

coverage: setup
	$(BIN)/pytest -n $(WORKERS) --cov --cov-report=term-missing:skip-covered

check: quick
	$(BIN)/mypy

quick: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

emulator: setup
	mkdir -p "$(EMULATOR)"
	cp tests/emulator/package.json tests/emulator/package-lock.json "$(EMULATOR)"
	cd "$(EMULATOR)" && npm ci --ignore-scripts --no-audit --no-fund
	TELEGRAM_EMULATOR="$(EMULATOR)" $(BIN)/pytest tests/journeys/test_telegram_emulator.py

axe:
	mkdir -p "$(AXE)"
	cp tests/browser/axe/package.json tests/browser/axe/package-lock.json "$(AXE)"
	cd "$(AXE)" && npm ci --ignore-scripts --no-audit --no-fund

bench: setup
	$(BIN)/python -m benchmarks.search_quality
	$(BIN)/python -m benchmarks.danger
	$(BIN)/python -m benchmarks.deadlines
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.intake
	$(BIN)/python -m benchmarks.intake --postgres
	$(BIN)/python -m benchmarks.telegram_rules --postgres
	$(BIN)/python -m benchmarks.kill
	$(BIN)/python -m benchmarks.console
	$(BIN)/python -m benchmarks.console --postgres
	$(BIN)/python -m benchmarks.broadcast_planning
	$(BIN)/python -m benchmarks.broadcast_planning --postgres
	$(BIN)/python -m benchmarks.broadcast_speed
	$(BIN)/python -m benchmarks.broadcast_kill
	$(BIN)/python -m benchmarks.broadcast_kill --postgres
	$(BIN)/python -m benchmarks.two_years

lock: setup
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
