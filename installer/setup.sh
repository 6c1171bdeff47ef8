#!/bin/sh
# Makes this checkout ready: system packages, a virtual environment, the locked libraries, the project itself.
#
#   installer/setup.sh run     what the program needs
#   installer/setup.sh test    the same, and what tests, checks and benchmarks need
#
# Safe to repeat: when nothing has changed it returns at once, without network and without root. Exit codes:
#   2 wrong use · 3 system packages are missing and only an administrator can add them · 4 no usable Python
#   5 the libraries could not be fetched or do not match the lock
set -eu
cd "$(dirname "$0")/.."
root=$PWD
venv=$root/.venv
packages=installer/debian-packages.txt

say() { printf 'setup: %s\n' "$*" >&2; }

# --- System packages ------------------------------------------------------------------------------------------------

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Prints the packages missing from the groups $1 ("run" or "run|test"), one a line.
missing_packages() {
    command -v dpkg-query >/dev/null || return 0
    grep -E "^($1) " "$packages" | while read -r _ names _; do
        is_installed "${names%%|*}" || is_installed "${names##*|}" || echo "${names%%|*}"
    done
}

# Prints how to become root: nothing for root itself. Fails where there is no way without asking in vain.
as_root() {
    [ "$(id -u)" -ne 0 ] || return 0
    command -v sudo >/dev/null || return 1
    if sudo -n true 2>/dev/null || [ -t 0 ]; then echo sudo; else return 1; fi
}

apt() {
    # $become is empty or one word; /usr/bin/env keeps the variable through sudo.
    $become env DEBIAN_FRONTEND=noninteractive apt-get -qq \
        -o DPkg::Lock::Timeout=300 -o DPkg::Use-Pty=0 -o Acquire::Retries=3 "$@" >&2
}

# Installs the packages named in $@, or says which they are.
install_packages() {
    [ $# -gt 0 ] || return 0
    if ! become=$(as_root); then
        say "these system packages are missing. Ask an administrator to run:"
        printf '\n    apt-get install --no-install-recommends %s\n\n' "$*" >&2
        exit 3
    fi
    say "installing system packages: $*"
    apt install -y --no-install-recommends "$@" && return 0
    say "refreshing the package lists first"
    apt update && apt install -y --no-install-recommends "$@" && return 0
    say "apt could not install them (see above); the program cannot do without"
    exit 3
}

# --- Python ---------------------------------------------------------------------------------------------------------

is_usable() {
    "$1" -I -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null
}

find_python() {
    for candidate in ${WATCHFLOOR_PYTHON:-python3.11 python3.12 python3.13 python3.14 python3 /usr/bin/python3}; do
        if is_usable "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

# Debian's own Python serves from Debian 12 on; Ubuntu 22.04 has 3.10 as its own, and 3.11 beside it.
python_packages() {
    # shellcheck disable=SC1091
    case $(. /etc/os-release && echo "$ID $VERSION_ID") in
        "ubuntu 22.04") echo python3.11 python3.11-venv ;;
        *)              echo python3 python3-venv ;;
    esac
}

# --- The environment ------------------------------------------------------------------------------------------------

# Scripts in an environment name their interpreter by its full path; a moved checkout needs a new one.
is_at_home() {
    grep -qsF "$venv/bin/python" "$venv/bin/pip" && "$venv/bin/python" -I -c 'import pip' 2>/dev/null
}

make_environment() {
    if is_at_home; then return 0; fi
    say "making .venv with $python"
    rm -rf "$venv"
    "$python" -I -m venv "$venv"
}

# The lock decides: a constraint, a target folder or a source tree that the machine's settings name must not bend it.
# Indexes, proxies and certificates of the machine do apply; every file is checked against its hash in the lock.
pip() {
    env -u PIP_TARGET -u PIP_PREFIX -u PIP_USER -u PIP_REQUIRE_HASHES PIP_CONSTRAINT=/dev/null \
        PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
        "$venv/bin/python" -I -m pip --no-input --quiet --timeout 60 --retries 5 "$@" >&2
}

# The pip that came with Python may be years old; the locked one comes first, by its hash like everything else.
install_pip() {
    awk '/^pip==/ { on = 1 } on { print } on && !/\\$/ { exit }' "$lock" >"$venv/pip.lock"
    pip install --require-hashes --only-binary :all: --requirement "$venv/pip.lock"
}

install_libraries() {
    say "installing the libraries of $lock"
    if ! { install_pip && pip install --require-hashes --only-binary :all: --requirement "$lock"; }; then
        say "the libraries of $lock could not all be installed (see above). Is the package index within reach?"
        exit 5
    fi
    pip install --no-deps --no-index --no-build-isolation --editable "$root" || exit 5
    # Libraries are compiled as they are installed; where Python may not write beside sources, ours would be at each start.
    "$venv/bin/python" -I -m compileall -q desktop resources storage widgets >&2 || exit 5
}

# --- In order -------------------------------------------------------------------------------------------------------

case ${1:-run} in
    run)  level=run  groups='run'      lock=requirements.lock ;;
    test) level=test groups='run|test' lock=requirements-dev.lock ;;
    *)    say "usage: installer/setup.sh run|test"; exit 2 ;;
esac

# Everything the environment is made of, in one word; the checkout's place belongs to it.
made_of=$( { echo "$root"; cat installer/setup.sh pyproject.toml requirements*.lock; } | sha256sum | cut -c 1-64)
stamp=$venv/.made-of

is_current() {
    grep -qsxE "($level|test) $made_of" "$stamp" && "$venv/bin/python" -I -c '' 2>/dev/null
}

command -v dpkg-query >/dev/null ||
    say "this is no Debian or Ubuntu: see $packages for the libraries that must be there"
missing=$(missing_packages "$groups")
if [ -z "$missing" ] && is_current; then exit 0; fi

python=$(find_python) || missing="$(python_packages) $missing"
# shellcheck disable=SC2086  # one word a package
install_packages $missing
if [ -z "$python" ] && ! python=$(find_python); then
    say "no Python from 3.11 to 3.14 with venv found; name one with WATCHFLOOR_PYTHON=/path/to/python3"
    exit 4
fi

if ! is_current; then
    make_environment
    install_libraries
    echo "$level $made_of" >"$stamp"
fi
say "ready"
