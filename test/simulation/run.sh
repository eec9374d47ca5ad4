#!/usr/bin/env bash
# The mass simulation's part of every build: worlds that are always the same, some that nobody has seen yet, and
# the deliberate bugs that it has to find. A broken promise is printed with the command that replays it.
set -euo pipefail
cd "$(dirname "$0")/../.."

npm run --silent simulate -- --runs 200 --seed 1
npm run --silent simulate -- --runs 40 --seed fresh
npm run --silent mutate -- --runs 400
