#!/usr/bin/env bash
# npm run test:emulators [-- -t 'a GroupPort']
#
# Runs the contracts, and a rebuild's life, against emulators of AWS that others wrote. They are installed
# into .cache/emulators/ and listen on the loopback interface for as long as this script runs.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
cache=$repository/.cache/emulators
started=()

stop() {
  for pid in "${started[@]}"; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}
trap stop EXIT

fail() {
  echo "test:emulators: $*" >&2
  exit 1
}

source "$here/../python-environment.sh"

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() { # name port command...
  local name=$1 port=$2
  shift 2
  "$@" >"$cache/$name.log" 2>&1 &
  started+=($!)
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return
    kill -0 "${started[-1]}" 2>/dev/null || break
    sleep 0.3
  done
  tail -n 20 "$cache/$name.log" >&2
  fail "$name does not answer on port $port (its log is above)"
}

mkdir -p "$cache"
for emulator in moto ministack; do
  install "$emulator" "$here/requirements-$emulator.txt"
done

port=$(free_port)
# moto knows thousands of images, and loads them again for every account; one is enough.
export MOTO_AMIS_PATH=$here/moto-images.json
start moto "$port" "$cache/moto/bin/moto_server" -H 127.0.0.1 -p "$port"
export MOTO_ENDPOINT=http://127.0.0.1:$port

port=$(free_port)
export BIND_HOST=127.0.0.1 GATEWAY_PORT=$port
# Without containers, and without listeners beside the one for the API.
export DOCKER_HOST=unix:///dev/null IOT_MTLS_ENABLED=0 SFTP_ENABLED=0
start ministack "$port" "$cache/ministack/bin/ministack"
export MINISTACK_ENDPOINT=http://127.0.0.1:$port

cd "$repository"
export PATH=$repository/node_modules/.bin:$PATH
export NODE_OPTIONS='--experimental-vm-modules --disable-warning=ExperimentalWarning'
jest --config "$here/jest.config.js" "$@"
