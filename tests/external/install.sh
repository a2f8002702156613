#!/usr/bin/env bash
# Fetches what optional tests compare with: npm packages, the official JSON Schema test suite and, as root on Debian,
# PostgreSQL, nginx, Chromium, GNOME Keyring, zsh and fish. Each may be missing afterwards, without a network for one;
# the tests that need it are then reported as skipped.
set -uo pipefail
cd "$(dirname "$0")"
suite=https://github.com/json-schema-org/JSON-Schema-Test-Suite
commit=44401e0c046704b476ec9d2e2fccdaee618f259d

if command -v npm >/dev/null; then
  for folder in . ../../src/McpRuntime.Http/Page/app; do
    npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error ||
      echo "npm packages of $folder are missing"
  done
else
  echo "npm is not there: its packages are missing"
fi

# Nothing half fetched is left behind: the folder appears when it is complete.
if [ ! -d JSON-Schema-Test-Suite ]; then
  rm -rf suite.tmp
  git init -q suite.tmp &&
    GIT_TERMINAL_PROMPT=0 timeout 60 git -C suite.tmp fetch -q --depth 1 "$suite" "$commit" &&
    git -C suite.tmp checkout -q FETCH_HEAD &&
    rm -rf suite.tmp/.git &&
    mv suite.tmp JSON-Schema-Test-Suite ||
    echo "the JSON Schema test suite is missing"
  rm -rf suite.tmp
fi

missing=()
[ -d /usr/lib/postgresql ] || missing+=(postgresql)
[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || missing+=(nginx-light)
command -v chromium >/dev/null || missing+=(chromium)
{ command -v gnome-keyring-daemon && command -v dbus-run-session; } >/dev/null ||
  missing+=(gnome-keyring libsecret-1-0 dbus)
for shell in zsh fish; do
  command -v "$shell" >/dev/null || missing+=("$shell")
done
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >/dev/null &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      echo "not installed: ${missing[*]}"
  else
    echo "not installed: ${missing[*]}; only root on Debian installs them here"
  fi
fi
exit 0
