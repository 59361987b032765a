#!/bin/sh
# Install from Debian what the tests against real servers need. Where that is not allowed, say in one
# line what will be skipped and how to get it. With DIGEST_TEST_REQUIRE=1 a missing one is a failure.
set -eu
missing=
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$missing postgresql"
command -v chromium >/dev/null || missing="$missing chromium"
[ -x /usr/sbin/smtp-sink ] || command -v smtp-sink >/dev/null || missing="$missing postfix"
[ -n "$missing" ] || exit 0

sudo=
[ "$(id -u)" = 0 ] || sudo="sudo -n"
# What Debian's packages start by themselves is not needed: the tests start servers of their own.
if command -v apt-get >/dev/null && { [ -z "$sudo" ] || $sudo true 2>/dev/null; }; then
    echo "Installing$missing from Debian for the tests …"
    if $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq -y --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
fi
echo "Tests against$missing will be skipped; to run them: apt-get install$missing" >&2
[ -z "${DIGEST_TEST_REQUIRE:-}" ]
