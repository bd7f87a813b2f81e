#!/usr/bin/env bash
# What Airflow keeps for ever by itself: rows of its database, and files of its tasks' logs. Of both,
# what is older than NEWSWATCH_KEEP_AIRFLOW_DAYS goes. `groom.sh once`, or `groom.sh daily` for a service.
set -euo pipefail

groom() {
    local days=${NEWSWATCH_KEEP_AIRFLOW_DAYS:-30} logs=${AIRFLOW__LOGGING__BASE_LOG_FOLDER:-$AIRFLOW_HOME/logs}
    local before
    before=$(date --utc --date "$days days ago" +%Y-%m-%dT%H:%M:%S+00:00)
    echo "$(date --utc +%FT%TZ) older than $before goes"
    airflow db clean --clean-before-timestamp "$before" --skip-archive --yes --batch-size 1000 \
        --error-on-cleanup-failure
    if [ -d "$logs" ]; then
        find "$logs" -type f -mtime "+$days" -delete
        find "$logs" -mindepth 1 -type d -empty -mtime +1 -delete
    fi
}

case ${1:-} in
    once) groom ;;
    # A command in a condition is not stopped by its errors: each time is a process of its own.
    daily) while true; do bash "$0" once || echo "it is tried again tomorrow" >&2; sleep 86400; done ;;
    *) echo "usage: groom.sh once | daily" >&2; exit 2 ;;
esac
