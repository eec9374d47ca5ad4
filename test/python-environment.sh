# Sourced by the suites that need tools written in Python, which each get an environment of their own:
# their dependencies contradict each other. Expects `cache` and `fail`.

install() { # name requirements
  local environment=$cache/$1 requirements=$2
  cmp -s "$requirements" "$environment/installed.txt" && return
  rm -rf "$environment"
  python3 -m venv "$environment" || fail "python3 cannot make a virtual environment (python3-venv)"
  "$environment/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" ||
    fail "$1 cannot be installed from $requirements (see pip's message above)"
  cp "$requirements" "$environment/installed.txt"
}
