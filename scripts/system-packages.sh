#!/usr/bin/env bash
# Installs what the tests take from the system: `browser` (chromium, Chinese fonts, PDF tools), `office`, `postgresql`, `java`.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

has_browser() {
    [ -x "${CHROMIUM:-}" ] || command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null ||
        command -v chromium-browser >/dev/null
}

browser() {
    # libatomic1: the node inside playwright's wheel; libnspr4: Chromium 78, which brings its other libraries
    install_packages fonts-noto-cjk poppler-utils libatomic1 libnspr4
    # Debian's Chromium without windows is the same engine and takes a third less of the processor; whoever has no way to
    # it tests with the one that is there.
    if [ -z "${CHROMIUM:-}" ] && grep -q '^ID=debian' /etc/os-release 2>/dev/null; then
        (install_packages chromium-headless-shell) || say "没有无窗口的 Chromium，用有窗口的测试，慢一些。"
    fi
    has_browser && return
    # Ubuntu has it under another name.
    if apt-cache show chromium 2>/dev/null | grep -q '^Package: chromium$'; then
        install_packages chromium
    elif grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then
        install_packages chromium-browser
    else
        install_packages chromium
    fi
    has_browser || fail "没有可用的 Chromium。" "请安装 Chromium 或 Chrome，并用 CHROMIUM=/路径/chrome make test 指定。"
}

# LibreOffice without its screens: the tests open and save a ledger with it.
office() {
    command -v soffice >/dev/null || install_packages libreoffice-calc-nogui
}

has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

postgresql() {
    has_postgresql && return
    # The tests run a cluster of their own; Debian's is not wanted on a machine that had none.
    install_packages postgresql-common
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.d/yimen-tests.conf >/dev/null
    install_packages postgresql
}

# For Spark, which runs on Java 17 and 21; a newer Debian has the later one alone.
java() {
    type -P java >/dev/null && return
    if apt-cache show openjdk-17-jre-headless 2>/dev/null | grep -q '^Package:'; then
        install_packages openjdk-17-jre-headless
    else
        install_packages default-jre-headless
    fi
}

[ $# -gt 0 ] || fail "没有说明要装什么。" "用法：scripts/system-packages.sh browser office postgresql java"
for part in "$@"; do
    case $part in
        browser | office | postgresql | java) "$part" ;;
        *) fail "不认识的部分：$part" "可用：browser、office、postgresql、java" ;;
    esac
done
