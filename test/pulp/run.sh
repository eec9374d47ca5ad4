#!/usr/bin/env bash
# npm run test:pulp [-- suite.test_whole]
#
# Runs the content report, as its document carries it, on two real Pulps, and compares what it says with what Pulp's
# own API says elsewhere. Pulp, the AWS CLI and moto are installed into .cache/pulp/; PostgreSQL is that of the
# machine, or is installed with apt. Every server listens on the loopback interface or on a socket in a folder of its
# own, for as long as this script runs.
#
# ANSWERS=<folder> keeps what each run of the document printed. INSTANCE_PYTHON=<path> runs it with another Python than
# /usr/bin/python3, such as the 3.9 that an instance has.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
cache=$repository/.cache/pulp

fail() {
  echo "test:pulp: $*" >&2
  exit 1
}

source "$here/../python-environment.sh"

postgres_programs() {
  local newest
  newest=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1) || true
  [[ -n $newest ]] && echo "$newest" && return
  newest=$(command -v initdb) && dirname "$newest"
}

install_postgres() {
  [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null ||
    fail "PostgreSQL's initdb is missing, and only root can install it with apt (package postgresql)"
  apt-get update -qq
  # The tests have clusters of their own; the package's would only occupy a port.
  mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends postgresql >/dev/null ||
    fail "PostgreSQL cannot be installed (see apt's message above)"
}

command -v openssl >/dev/null || fail "openssl is missing"
[[ -x /usr/bin/python3 ]] || fail "/usr/bin/python3, which the document runs on an instance, is missing"
mkdir -p "$cache"
node "$repository/cli/install.mjs"
for environment in pulp aws; do
  install "$environment" "$here/requirements-$environment.txt"
done
POSTGRES_PROGRAMS=$(postgres_programs) || { install_postgres && POSTGRES_PROGRAMS=$(postgres_programs); } ||
  fail "PostgreSQL's initdb is missing"
export POSTGRES_PROGRAMS CACHE=$cache REPOSITORY=$repository

cd "$here"
exec "$cache/pulp/bin/python" -B -m suite "$@"
