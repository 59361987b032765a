#!/bin/sh
# Install what the tests against real programs need: servers from Debian, validators from npm into
# tests/node/node_modules. Where that is not allowed, say in one line what will be skipped and how to get
# it. With DIGEST_TEST_REQUIRE=1 a missing one is a failure.
set -eu
here=$(dirname "$0")

has() { command -v "$1" >/dev/null 2>&1; }

debian() {
    missing=
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || has initdb || missing="$missing postgresql"
    has chromium || missing="$missing chromium"
    [ -x /usr/sbin/smtp-sink ] || has smtp-sink || missing="$missing postfix"
    has spamassassin || missing="$missing spamassassin"
    has node || missing="$missing nodejs"
    has npm || missing="$missing npm"
    install
}

# What stands before PostgreSQL where there are many machines.
pooler() {
    missing=
    has pgbouncer || [ -x /usr/sbin/pgbouncer ] || missing=" pgbouncer"
    install || true
}

# A second opinion on our reading of IMAP: where it can't be had, a server of the tests' own stands in.
imap_server() {
    missing=
    has dovecot || [ -x /usr/sbin/dovecot ] || missing=" dovecot-imapd"
    install || true
}

# Install $missing, if anything is.
install() {
    [ -n "$missing" ] || return 0

    sudo=
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    # What Debian's packages start by themselves is not needed: the tests start servers of their own.
    if has apt-get && { [ -z "$sudo" ] || $sudo true 2>/dev/null; }; then
        echo "Installing$missing from Debian for the tests …"
        if $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive \
            apt-get install -qq -y --no-install-recommends $missing >/dev/null; then
            return 0
        fi
    fi
    echo "Tests against$missing will be skipped; to run them: apt-get install$missing" >&2
    return 1
}

packages() {
    stamp=$here/node/node_modules/.installed
    if [ -e "$stamp" ] && [ ! "$here/node/package-lock.json" -nt "$stamp" ]; then
        return 0
    fi
    if has npm; then
        echo "Installing axe, html-validate, caniemail and Prism from npm for the tests …"
        if npm ci --prefix "$here/node" --ignore-scripts --no-audit --no-fund --loglevel=error; then
            touch "$stamp"
            return 0
        fi
    fi
    echo "Tests by npm packages will be skipped; to run them: npm ci --prefix tests/node" >&2
    return 1
}

ended=0
debian || ended=1
imap_server
pooler
packages || ended=1
[ "$ended" = 0 ] || [ -z "${DIGEST_TEST_REQUIRE:-}" ]
