#!/bin/sh
# A whole Postfix to try with: on 127.0.0.1 alone, with a queue and settings of its own in FOLDER. It delivers into
# FOLDER/boxes/DOMAIN/NAME, one Maildir for each address in READERS, and sends nothing to the world. What Postfix
# the machine may have otherwise is left alone. Needs root, as Postfix does, and a FOLDER that others may enter.
#
#   sh deploy/trial-mail-server.sh start FOLDER READERS [PORT]
#   sh deploy/trial-mail-server.sh wait FOLDER        until everything that it took is in a box
#   sh deploy/trial-mail-server.sh stop FOLDER
set -eu

fail() { echo "trial-mail-server: $1" >&2; exit 1; }

[ $# -ge 2 ] || fail "say start FOLDER READERS [PORT], wait FOLDER, or stop FOLDER"
verb=$1 folder=$2
PATH=$PATH:/usr/sbin:/sbin
postfix=$(command -v postfix) || fail "Postfix is not installed; on Debian: apt-get install postfix"
[ "$(id -u)" = 0 ] || fail "only root can run Postfix: try again with sudo"

if [ "$verb" = stop ]; then
    exec "$postfix" -c "$folder/config" stop
fi
if [ "$verb" = wait ]; then
    for _ in $(seq 300); do
        case $(postqueue -c "$folder/config" -p) in *empty*) exit 0 ;; esac
        sleep 1
    done
    fail "mail still waits: see $folder/log"
fi
[ "$verb" = start ] && [ $# -ge 3 ] || fail "say start FOLDER READERS [PORT], wait FOLDER, or stop FOLDER"
readers=$3 port=${4:-2525}

mkdir -p "$folder/config" "$folder/queue" "$folder/data" "$folder/boxes"
folder=$(cd "$folder" && pwd)
chown root "$folder/queue" "$folder/config"
chown postfix "$folder/data"
chown nobody "$folder/boxes"
chmod 755 "$folder" "$folder/config" "$folder/queue" "$folder/boxes"

# The first column of each line that holds an address, and the box of that address.
sed -n 's/^"\{0,1\}\([^",@ ]*\)@\([^",; ]*\).*/\1@\2 \2\/\1\//p' "$readers" > "$folder/config/boxes"
domains=$(sed 's/.*@\([^ ]*\) .*/\1/' "$folder/config/boxes" | sort -u | tr '\n' ' ')
[ -n "$domains" ] || fail "$readers holds no addresses"

cat > "$folder/config/main.cf" <<END
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
daemon_directory = $(postconf -d -h daemon_directory)
maillog_file = $folder/log
maillog_file_prefixes = $folder
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = trial.example
mydestination =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = $domains
virtual_mailbox_base = $folder/boxes
virtual_mailbox_maps = texthash:$folder/config/boxes
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
virtual_minimum_uid = 1
default_transport = error:5.7.1 this server sends nothing to the world
END
cat > "$folder/config/master.cf" <<END
127.0.0.1:$port inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
END
# On a busy machine `start` may lose patience with a server that is there a moment later.
for _ in 1 2 3; do
    "$postfix" -c "$folder/config" status 2>/dev/null || "$postfix" -c "$folder/config" start || sleep 2
done
if ! "$postfix" -c "$folder/config" status 2>/dev/null; then
    cat "$folder/log" >&2 || true
    fail "Postfix did not start; is port $port taken?"
fi
echo "Postfix listens on 127.0.0.1:$port; mail lands in $folder/boxes"
