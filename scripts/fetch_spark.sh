#!/usr/bin/env bash
# Fetches Spark for the tests into .cache/spark-<version>: the archive of PySpark from the package index, with the SHA-256 that
# requirements/batch.lock names, unpacked as it is. Installing it would pack and unpack 460 MB twice more, which takes minutes.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

lock=requirements/batch.lock
version=$(sed -n 's/^pyspark==\([0-9.]*\).*/\1/p' $lock)
place=.cache/spark-$version
[ -d "$place" ] && exit 0

# The tests that need it say so and are left out where it cannot be had, but never in CI.
lacking() {
    say "没有取得 Spark：$1" "有关测试不运行。"
    [ -z "${CI:-}" ] || exit 1
    exit 0
}

wanted=$(sed -n '/^pyspark==/,/^[a-z]/ s/.*--hash=sha256:\([0-9a-f]*\).*/\1/p' $lock | head -n 1)
mkdir -p .cache
beside=$(mktemp -d .cache/spark.XXXXXX)
trap 'rm -rf "$beside"' EXIT
say "取得测试用的 Spark $version（456 MB）"
# pip compares the archive with its SHA-256 before it asks it anything.
printf 'pyspark==%s --hash=sha256:%s\n' "$version" "$wanted" > "$beside/wanted.txt"
.venv/bin/python -m pip --disable-pip-version-check --no-input -q download --no-deps --no-cache-dir --require-hashes \
    --no-binary pyspark -d "$beside" -r "$beside/wanted.txt" </dev/null || lacking "请检查网络，或设置 PIP_INDEX_URL 指向本单位的镜像。"
tar -xzf "$beside/pyspark-$version.tar.gz" -C "$beside" --exclude='*/deps/examples' --exclude='*/deps/data'
mv "$beside/pyspark-$version" "$place"
