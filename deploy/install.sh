#!/usr/bin/env bash
# Sets Monadi up as a service on Debian 13 or Ubuntu 24.04: `sudo deploy/install.sh` in a checkout at /opt/monadi.
# Asks for what it can't know; run again, it brings what runs up to the checkout and asks nothing twice.
# Without a terminal: MONADI_TOKEN, MONADI_OWNER and MONADI_PROXY instead of answers.
set -euo pipefail

HOME_OF_CODE=/opt/monadi
SETTINGS=/etc/monadi
DATA=/var/lib/monadi
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stop() { echo "$1" >&2; exit 1; }

asked() {  # VARIABLE QUESTION: what the environment says, else what a person answers
    local name=$1 answer=${!1:-}
    if [ -z "$answer" ] && [ -t 0 ]; then read -r -p "$2 " answer; fi
    printf '%s' "$answer"
}

as_it_should_be() {
    [ "$(id -u)" = 0 ] || stop 'Run it with sudo.'
    [ "$PWD" = "$HOME_OF_CODE" ] || stop "The checkout belongs to $HOME_OF_CODE; it is in $PWD."
}

programs() {
    command -v apt-get >/dev/null || return 0  # elsewhere python3 and its venv come by hand
    python3 -c 'import ensurepip' 2>/dev/null && command -v git >/dev/null && return 0
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends git python3 python3-venv ca-certificates >/dev/null
}

somebody() {
    id monadi >/dev/null 2>&1 || useradd --system --user-group --home-dir "$DATA" --shell /usr/sbin/nologin monadi
    install --directory --owner monadi --group monadi --mode 0700 "$DATA"
    install --directory --group monadi --mode 0750 "$SETTINGS"
}

libraries() {
    ./run monadi --help >/dev/null
    .venv/bin/python -m compileall -q bot handlers storage .venv  # the service may not write here
}

settings() {
    if [ ! -s "$SETTINGS/token" ]; then
        local token
        token=$(asked MONADI_TOKEN 'Token from @BotFather:')
        [[ $token =~ ^[0-9]+:[A-Za-z0-9_-]+$ ]] || stop 'That is no token. @BotFather gives one like 123456:ABC-DEF.'
        install --owner monadi --mode 0600 /dev/null "$SETTINGS/token"
        printf '%s\n' "$token" >"$SETTINGS/token"
    fi
    [ ! -e "$SETTINGS/config.toml" ] || return 0
    local owner proxy
    owner=$(asked MONADI_OWNER 'Your own Telegram id (the bot tells a stranger theirs; empty: later):')
    [[ $owner =~ ^[0-9]*$ ]] || stop 'An id is a number.'
    proxy=$(asked MONADI_PROXY 'Proxy to Telegram, such as socks5://127.0.0.1:1080 (empty: none):')
    [[ $proxy =~ ^(|(https?|socks5)://[^\"\\]+)$ ]] || stop 'A proxy begins with http://, https:// or socks5://.'
    install --owner monadi --mode 0600 /dev/null "$SETTINGS/config.toml"
    written "$owner" "$proxy" >"$SETTINGS/config.toml"
}

written() {  # OWNER PROXY: every option with its default, and what this machine has of its own
    sed -e "s|^database = .*|database = \"sqlite:///$DATA/monadi.db\"|" \
        -e "s|^token = \"\"|token_file = \"$SETTINGS/token\"|" \
        -e "s|^owner = \\[\\]|owner = [$1]|" \
        -e "s|^# folder = \"/var.*|folder = \"$DATA/backups\"|" \
        -e "${2:+s|^# proxy = \"socks5.*|proxy = \"${2//[&|]/\\&}\"|}" config.example.toml
}

service() {
    install --mode 0644 deploy/monadi.service /etc/systemd/system/monadi.service
    if [ ! -d /run/systemd/system ]; then
        echo 'No systemd is running here: nothing was started.'
        return
    fi
    systemctl daemon-reload
    systemctl enable --quiet monadi
    systemctl restart monadi
}

checked() { (cd "$DATA" && runuser -u monadi -- "$HOME_OF_CODE/.venv/bin/monadi" check --config "$SETTINGS/config.toml"); }

as_it_should_be
programs
somebody
settings
libraries
checked || echo 'Mend what is said above, then run this once more: docs/install.md.' >&2
service
echo 'Logs: journalctl -u monadi -f'
