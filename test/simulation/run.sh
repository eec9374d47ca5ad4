#!/usr/bin/env bash
# The mass simulation's part of every build: worlds that are always the same, and some that nobody has seen yet.
# A run that breaks a promise is told with its seed and the command that replays it.
set -euo pipefail
cd "$(dirname "$0")/../.."

npm run --silent simulate -- --runs 250 --seed 1
npm run --silent simulate -- --runs 100 --seed fresh
