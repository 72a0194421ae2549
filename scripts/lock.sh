#!/usr/bin/env bash
# Resolves pyproject.toml into requirements/*.lock: every package with its hashes, for CPython 3.11 and later on any Linux.
# docs and dev are resolved on top of base, so that all agree.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

uv_version=0.13.9
scripts/bootstrap.sh base
tools=.cache/lock
[ -x $tools/bin/uv ] || .venv/bin/python -m venv $tools
$tools/bin/python -m pip --disable-pip-version-check -q install "uv==$uv_version"

resolve() {
    $tools/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --custom-compile-command 'make lock' "$@"
}
resolve pyproject.toml requirements/build.in -o requirements/base.lock
resolve pyproject.toml requirements/build.in --extra docs -c requirements/base.lock -o requirements/docs.lock
resolve pyproject.toml requirements/build.in --extra batch -c requirements/base.lock -o requirements/batch.lock
resolve pyproject.toml requirements/build.in --extra dev --extra docs -c requirements/docs.lock -c requirements/batch.lock \
    -c requirements/base.lock -o requirements/dev.lock
say "已更新 requirements/base.lock、docs.lock、batch.lock 与 dev.lock，请一并提交。"
