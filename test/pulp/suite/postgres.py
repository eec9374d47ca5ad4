"""A PostgreSQL cluster per Pulp, on a socket in its own folder. PostgreSQL does not run as root."""

import os
import pwd
import signal
from pathlib import Path

from suite.processes import Server, run

PROGRAMS = Path(os.environ["POSTGRES_PROGRAMS"])


def _user():
    """Who runs the clusters: whoever runs the tests, or if that is root, an account without rights."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _as_user(*command):
    user = _user()
    return list(command) if user is None else ["setpriv", f"--reuid={user}", "--clear-groups", "--", *command]


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.socket = folder
        self._server = None

    def create(self):
        self.folder.mkdir()
        self.own()
        run(*_as_user(str(PROGRAMS / "initdb"), "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust",
                      "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"), cwd="/")

    def own(self):
        user = _user()
        if user is not None:
            run("chown", "-R", user, str(self.folder))

    def start(self):
        command = _as_user(
            str(PROGRAMS / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.socket),
            "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=60",
        )
        logs = self.folder.parent / f"{self.folder.name}-logs"
        logs.mkdir(exist_ok=True)
        self._server = Server(logs, "postgres", command)
        self._server.await_that(lambda: self._answers())

    def _answers(self):
        try:
            return self.query("SELECT 1")
        except AssertionError:
            return None

    def stop(self):
        if self._server is not None:
            # SIGTERM would wait for every client to leave.
            self._server.stop(signal.SIGINT)
            self._server = None

    def psql(self):
        """The command that reaches this cluster as its administrator."""
        return [str(PROGRAMS / "psql"), "-h", str(self.socket), "-U", "postgres"]

    def query(self, sql, database="postgres"):
        return run(*self.psql(), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql, cwd="/").strip()
