#!/usr/bin/env bash
# Makes .venv with everything pinned in requirements/<base|docs|dev>.lock and the `yimen` command. Does nothing if it is up to date.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

kind=${1:-base}
lock=requirements/$kind.lock
[ -f "$lock" ] || fail "没有 $lock 这个锁定文件。" "用法：scripts/bootstrap.sh base、docs 或 dev"

new_enough() { "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    fail "没有找到 Python 3.11 或更新的版本。" "请安装 python3（Debian 12、Ubuntu 24.04 自带），或用 PYTHON=/路径/python3 make … 指定。"
}

make_environment() {
    local python
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        # Debian splits venv off; the package is named for the minor version where python3 is not Debian's default.
        say "这个 Python 缺少 venv，从系统软件源补装。"
        install_packages "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    fi
    say "建立 .venv（$("$python" --version)）"
    "$python" -m venv --clear .venv || fail "无法建立 .venv。" "请确认磁盘有空间、当前目录可写，然后重试。"
}

wanted() { cat "$lock" pyproject.toml | sha256sum | cut -d' ' -f1; }

# Each kind holds all of the one before it, so a later one's stamp serves an earlier wish.
up_to_date() {
    local held
    for held in base docs dev; do
        [ "$held" = "$kind" ] && local reached=1
        [ -n "${reached:-}" ] && [ -f ".venv/.$held" ] || continue
        lock=requirements/$held.lock
        [ "$(cat ".venv/.$held")" = "$(wanted)" ] && return 0
    done
    lock=requirements/$kind.lock
    return 1
}

working() { [ -x .venv/bin/python ] && new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }

if working && up_to_date; then exit 0; fi
working || make_environment

pip=(.venv/bin/python -m pip --disable-pip-version-check --no-input -q)
say "按 $lock 安装依赖（逐个核对哈希值）"
"${pip[@]}" install --require-hashes --only-binary :all: -r "$lock" </dev/null ||
    fail "依赖没有装上。" "请检查网络（或设置 PIP_INDEX_URL 指向本单位的镜像），然后重新运行刚才的 make 命令。"
"${pip[@]}" install --no-deps --no-build-isolation --editable . </dev/null ||
    fail "yimen 本身没有装进 .venv。" "请把上面的错误信息交给维护者。"
wanted > ".venv/.$kind"
