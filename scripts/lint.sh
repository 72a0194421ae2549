#!/usr/bin/env bash
# Style, import contracts, types; stops at the first that fails.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# mypy's Django plugin reads the settings, which keep their keys in the data folder.
YIMEN_DATA=$(mktemp -d)
export YIMEN_DATA
trap 'rm -rf "$YIMEN_DATA"' EXIT
unset DATABASE_URL

say "代码规范（ruff）"
.venv/bin/ruff check --quiet .
.venv/bin/ruff format --check --quiet . || fail "有文件的格式没有整理，见 .venv/bin/ruff format --diff ." "请运行：make format"
# The two that take long, side by side.
say "导入契约（import-linter）；类型（mypy，law 与 base 为严格模式）"
.venv/bin/mypy --no-error-summary >"$YIMEN_DATA/types" 2>&1 &
types=$!
contracts=$(.venv/bin/lint-imports --no-logo 2>&1) || fail "$contracts"
wait "$types" || fail "$(cat "$YIMEN_DATA/types")"
