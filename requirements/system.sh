#!/bin/sh
# Install, or name, the Debian packages that Qt needs here and that are missing. Elsewhere it only says what Qt wants.
set -u
cd "$(dirname "$0")" || exit 1

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "Not a Debian system: if the window does not open, install the libraries that Qt 6 needs here." >&2
    exit 0
fi

missing=""
for package in $(cat debian.txt); do
    dpkg-query -W -f '${Provides} ${db:Status-Status}\n' "$package" "${package}t64" 2>/dev/null | grep -q installed || missing="$missing $package"
done
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then
    echo "Installing what Qt needs:$missing" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Ibid's window needs packages that are missing here. Install them with this one command, then try again:" >&2
    echo "  sudo apt-get install --no-install-recommends$missing" >&2
fi
