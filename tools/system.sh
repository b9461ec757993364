#!/bin/sh
# Install what no Python package brings: `libraries` (text layout for the PDF) or `browser` (for the browser tests and
# the pictures). Does nothing where they are there. Where it may not install, it says what is missing and goes on:
# mpr names the cure, and the tests say what was not tested.
set -u
PATH=$PATH:/usr/sbin:/sbin

have_library() { ldconfig -p 2>/dev/null | grep -q "$1" || [ -e "/opt/homebrew/lib/$1.dylib" ] || [ -e "/usr/local/lib/$1.dylib" ]; }
have_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

case "$1" in
libraries)
    have_library libpango-1.0 && have_library libpangoft2-1.0 && have_library libharfbuzz-subset && exit 0
    set -- libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
browser)
    have_browser >/dev/null && command -v pdftoppm >/dev/null && exit 0
    set -- chromium poppler-utils ;;
esac

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && $as_root true 2>/dev/null; then
    echo "installing $*"
    { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1 && exit 0
fi
echo "could not install here: $*" >&2
exit 0
