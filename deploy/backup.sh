#!/usr/bin/env bash
# Backups of both databases, the roles and the watchlist. PGHOST, PGUSER and PGPASSWORD name a superuser.
#   backup.sh once FOLDER       one more backup below FOLDER, named by its time (UTC)
#   backup.sh daily FOLDER      one now, and one each day
#   backup.sh restore BACKUP    put one back: what the databases hold now is lost
set -euo pipefail
databases="newswatch airflow"

once() {
    local stamp half
    stamp=$(date --utc +%Y%m%dT%H%M%SZ)
    half=$1/.half-$stamp
    umask 077
    mkdir -p "$half"
    pg_dumpall --globals-only --file "$half/roles.sql"
    for database in $databases; do
        pg_dump --format custom --compress 6 --file "$half/$database.dump" "$database"
    done
    if [ -d "${NEWSWATCH_WATCHLIST_DIR:-}" ]; then
        tar --create --gzip --file "$half/watchlist.tar.gz" --directory "$NEWSWATCH_WATCHLIST_DIR" .
    fi
    (cd "$half" && sha256sum -- * > SHA256SUMS)
    mv "$half" "$1/$stamp"
    echo "$1/$stamp"
    find "$1" -maxdepth 1 -name '.half-*' -mmin +1440 -exec rm -rf {} +
    find "$1" -maxdepth 1 -type d -name '2*Z' | sort -r | tail -n "+$((${NEWSWATCH_KEEP_BACKUPS:-14} + 1))" \
        | xargs --no-run-if-empty rm -rf
}

# A command in a condition is not stopped by its errors: each backup is a process of its own.
daily() {
    while true; do
        if bash "$0" once "$1"; then sleep 86400; else
            echo "no backup: it is tried again in an hour" >&2
            sleep 3600
        fi
    done
}

restore() {
    cd "$1"
    sha256sum --check --quiet SHA256SUMS
    # Roles that are there keep their name and get what the backup has of them.
    sed -E 's/^CREATE ROLE (.*);$/do $$ begin create role \1; exception when duplicate_object then null; end $$;/' \
        roles.sql | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname postgres
    for database in $databases; do
        psql --no-psqlrc --quiet --dbname postgres --command "drop database if exists $database with (force)"
        pg_restore --create --exit-on-error --dbname postgres "$database.dump"
    done
    psql --no-psqlrc --quiet --dbname newswatch --command "analyze"
    echo "restored from $1; the watchlist as it was is in $1/watchlist.tar.gz"
}

case "${1:-} ${2:+given}" in
    "once given") once "$2" ;;
    "daily given") daily "$2" ;;
    "restore given") restore "$2" ;;
    *) echo "usage: backup.sh once FOLDER | daily FOLDER | restore BACKUP" >&2; exit 2 ;;
esac
