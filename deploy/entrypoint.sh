#!/usr/bin/env bash
# Of the containers: sets the databases' addresses, then goes on as the image of Airflow does.
set -euo pipefail
settings=$(python /opt/airflow/deploy/addresses.py)
eval "$settings"
exec /usr/bin/dumb-init -- /entrypoint "$@"
