# Read by the scripts beside it: headings with times, and the installing of what a machine lacks.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=${CARGO_TARGET_DIR:-target}
# SECONDS is bash's own count since the script began.

heading() {
    printf '\n=== %s  (%d:%02d since the beginning)\n' "$1" $((SECONDS / 60)) $((SECONDS % 60))
}

# step TITLE COMMAND...: runs the command under a heading and says how long it took.
step() {
    local title=$1 before=$SECONDS
    shift
    heading "$title"
    "$@"
    printf -- '--- %s: %d s\n' "$title" $((SECONDS - before))
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# install_missing COMMAND:PACKAGE...: installs the Debian packages of the commands that are not there.
install_missing() {
    local pair missing=()
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
    done
    install_packages "${missing[@]}"
}

install_packages() {
    [ $# -gt 0 ] || return 0
    command -v apt-get >/dev/null || { echo "please install: $*" >&2; return 1; }
    echo "installing $*"
    as_root apt-get update -qq </dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null
}

# What it takes to build: a C compiler for SQLite, libpq and the cryptography, and Rust itself.
ready_to_build() {
    command -v cargo >/dev/null || { echo "Rust is missing: https://rustup.rs installs it" >&2; return 1; }
    install_missing cc:gcc make:make
    [ -e /usr/include/stdio.h ] || install_packages libc6-dev
}

# python_tools FILE: a Python of our own below target/, with the packages of FILE, first in the PATH.
python_tools() {
    local venv=$target/python file=$1
    install_missing python3:python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || install_packages python3-venv
    [ -x "$venv/bin/pip" ] || python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --no-input --require-hashes -r "$file"
    PATH=$(cd "$venv/bin" && pwd):$PATH
    export PATH
}
