# Shared by the scripts: messages, and commands that need the administrator. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

say() { printf '• %s\n' "$*"; }

# What happened, then what to do.
fail() {
    printf '✗ %s\n' "$@" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "需要管理员权限才能执行：$*" "请以 root 身份执行上面的命令，然后重新运行刚才的 make 命令。"
    fi
}

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Installs the named Debian or Ubuntu packages that are not there yet.
install_packages() {
    local missing=() package
    for package in "$@"; do installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null ||
        fail "本机没有 apt-get，无法自动安装：${missing[*]}" "请用本机的软件包管理器装好相应软件，然后重新运行刚才的 make 命令。"
    say "安装系统软件包：${missing[*]}"
    local apt=(env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
    # A stale or partly unreachable package list is no reason to stop as long as the packages themselves can be had.
    as_root "${apt[@]}" update </dev/null >&2 || say "软件包列表未能全部更新，先按已有的列表安装。"
    as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}" </dev/null >/dev/null ||
        fail "系统软件包没有装上：${missing[*]}" "请检查网络与软件源（apt-get update），然后重新运行刚才的 make 命令。"
}
