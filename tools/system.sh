#!/bin/sh
# Install what no Python package provides: `libraries` (text layout for the PDF), `browser` (for the browser tests and
# the pictures) or `checker` (the Nu HTML checker, for the test of the markup). If all is installed, it does nothing and
# asks no package manager. If it may not install, it says what is missing and carries on: mpr names the remedy, and the
# tests say what they did not test.
set -u
PATH=$PATH:/usr/sbin:/sbin
NU=26.9.27

have_library() { ldconfig -p 2>/dev/null | grep -q "$1" || [ -e "/opt/homebrew/lib/$1.dylib" ] || [ -e "/usr/local/lib/$1.dylib" ]; }
have_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
have() { command -v "$1" >/dev/null; }

install() {
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    if have apt-get && $as_root true 2>/dev/null; then
        echo "installing $*"
        { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 && return
    fi
    echo "could not install here: $*" >&2
}

case "$1" in
libraries)
    have_library libpango-1.0 && have_library libpangoft2-1.0 && have_library libharfbuzz-subset && exit 0
    install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
browser)
    have_browser >/dev/null && have pdftoppm && exit 0
    install chromium poppler-utils ;;
checker)
    have java && [ -e .venv/nu/$NU ] && exit 0
    have java || install default-jre-headless
    [ -e .venv/nu/$NU ] && exit 0
    have npm || install npm
    echo "installing vnu-jar $NU"
    { npm install --ignore-scripts --no-save --prefix .venv/nu "vnu-jar@$NU" && touch .venv/nu/$NU; } >/dev/null 2>&1 ||
        echo "could not install here: vnu-jar" >&2 ;;
esac
exit 0
