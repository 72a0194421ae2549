# Everything starts here. On a machine with python3 and make, each target fetches what it needs.

SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help demo test test-postgres prepared lint format lock clean

# Where it is set, every process would compile every source anew.
unexport PYTHONDONTWRITEBYTECODE

# One process more than there are cores: a journey waits for its browser most of the time. In the order of the folders, for the longest
# files come first. A process that dies ends the run and names its test; a replaced one would wait for ever.
WORKERS ?= $(shell n=$$(nproc); echo $$(( n < 8 ? n + 1 : 8 )))
PYTEST := .venv/bin/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --max-worker-restart 0
# What does not depend on the database is tried once, over the embedded one: tests that ask for none (tests/database.py), how pages look,
# who may open which address, the demo district, and walks in a browser whose acts the rooms and desks try on both. Walks with two
# people at once or work in the background stay on both.
LOOKS := tests/bars/*.py tests/demo/*.py tests/handbook/*.py tests/house/test_routes.py tests/journeys/test_keyboard*.py \
	tests/journeys/test_tour.py tests/journeys/test_refusal.py tests/journeys/test_tekun.py tests/journeys/test_programmes.py \
	tests/journeys/test_changes.py tests/journeys/test_recertify.py

help: ## 列出各项命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## 安装并启动演示区；例：make demo ARGS="--date 2026-11-24"
	@scripts/bootstrap.sh docs
	@scripts/handbook.sh
	@.venv/bin/yimen demo $(ARGS)

test: ## 安装测试所需软件并运行全部检查与测试（内置数据库，含浏览器走查）；例：make test ARGS="tests/law"
	@scripts/system-packages.sh browser office java
	@scripts/bootstrap.sh dev
	@$(MAKE) -j 2 --output-sync=target lint prepared
	@env -u DATABASE_URL $(PYTEST) $(ARGS)

test-postgres: ## 在脚本自行安装、自行启动的 PostgreSQL 上运行全部测试（与数据库无关的除外，见 LOOKS）
	@scripts/bootstrap.sh dev
	@scripts/system-packages.sh browser office postgresql
	@scripts/handbook.sh
	@.venv/bin/python scripts/fetch_tools.py
	@scripts/with-postgres.sh $(PYTEST) $(foreach path,$(LOOKS),--ignore-glob='$(path)') $(ARGS)

prepared:
	@scripts/handbook.sh
	@.venv/bin/python scripts/fetch_tools.py
	@scripts/fetch_spark.sh

lint: ## 代码规范、导入契约、类型
	@scripts/bootstrap.sh dev
	@scripts/lint.sh

format: ## 整理代码格式
	@scripts/bootstrap.sh dev
	@.venv/bin/ruff check --fix-only --quiet . && .venv/bin/ruff format .

lock: ## 依赖改动后重新生成 requirements/*.lock
	@scripts/lock.sh

clean: ## 删除 .venv 与各种缓存（不动 var/ 里的数据）
	@rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
