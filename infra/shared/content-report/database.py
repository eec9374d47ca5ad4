"""Rows of PostgreSQL, streamed by psql as the database's own administrator over the local socket."""

import os
import subprocess
from contextlib import contextmanager

from attempts import Unreadable


class Database:
    def __init__(self, settings, attempts):
        self._settings = settings
        self._attempts = attempts

    @contextmanager
    def rows(self, sql, script=None, database=None):
        """Rows as lists of texts, one at a time; with `script`, an open file, psql reads that instead of `sql`.

        Leaving the block early ends psql. A failed query raises at the end of the rows.
        """
        command = [*self._settings["psql"], "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
        command += ["--dbname", database or self._settings["database"]]
        command += ["--file=-"] if script else ["--command", f"COPY ({sql}) TO STDOUT"]
        limit_milliseconds = int(self._attempts.remaining_seconds() * 1000)
        environment = dict(os.environ, PGOPTIONS=f"-c statement_timeout={limit_milliseconds}")
        process = subprocess.Popen(
            command,
            cwd="/",
            env=environment,
            stdin=script or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield self._read(process)
        finally:
            _end(process)

    @staticmethod
    def _read(process):
        for line in process.stdout:
            yield line.rstrip("\n").split("\t")
        # Errors are a line or two, which a pipe holds until the rows have been read.
        message = process.stderr.read().strip()
        if process.wait() != 0:
            raise Unreadable(f"psql ended with {process.returncode}: {message[:300]}")


def _end(process):
    # Not SIGKILL: runuser passes this signal on to psql.
    process.terminate()
    try:
        process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
