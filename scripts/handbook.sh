#!/usr/bin/env bash
# Builds the handbook served at /help/ when its sources changed: scripts/handbook.sh [--force] [--out FOLDER]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

scripts/bootstrap.sh docs
.venv/bin/python scripts/handbook/build.py "$@" || fail "使用手册没有生成，原因见上。" "请按上面的提示改正 docs/ 里的文字，再运行 scripts/handbook.sh。"
