#!/usr/bin/env bash
# Runs a command with DATABASE_URL set to a PostgreSQL of its own: unprivileged, own port, temporary, gone afterwards.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[ $# -gt 0 ] || fail "没有要运行的命令。" "用法：scripts/with-postgres.sh 命令 参数…"
binaries=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
[ -x "$binaries/initdb" ] || fail "没有找到 PostgreSQL。" "请先运行：scripts/system-packages.sh postgresql"

folder=$(mktemp -d "${TMPDIR:-/tmp}/yimen-postgres-XXXXXX")
# PostgreSQL refuses to run as root; Debian's package brings the user postgres.
as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}
tidy() {
    as_owner "$binaries/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap tidy EXIT
trap 'exit 130' INT TERM

random() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
password=$(random)
random > "$folder/admin"
[ "$(id -u)" -ne 0 ] || chown -R postgres "$folder"
port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

as_owner "$binaries/initdb" -D "$folder/data" -U admin --pwfile="$folder/admin" -A scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder.log" 2>&1 || { cat "$folder.log" >&2; rm -f "$folder.log"; fail "测试用 PostgreSQL 无法初始化。" "原因见上。"; }
rm -f "$folder.log"
# Test data need not survive a power cut.
as_owner "$binaries/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -t 60 \
    -o "-p $port -h 127.0.0.1 -k $folder -c fsync=off -c full_page_writes=off -c synchronous_commit=off" start >/dev/null ||
    { cat "$folder/server.log" >&2; fail "测试用 PostgreSQL 无法启动。" "原因见上。"; }

# The program's role owns its database and is no superuser, as in a real place.
PGPASSWORD=$(cat "$folder/admin") "$binaries/psql" -q -X -v ON_ERROR_STOP=1 -h "$folder" -p "$port" -U admin -d postgres <<SQL
CREATE ROLE yimen LOGIN CREATEDB PASSWORD '$password';
CREATE DATABASE yimen OWNER yimen;
SQL

say "PostgreSQL $("$binaries/postgres" --version | cut -d' ' -f3)，127.0.0.1:$port"
DATABASE_URL="postgresql://yimen:$password@127.0.0.1:$port/yimen" "$@"
