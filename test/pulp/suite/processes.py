"""Servers of the tests: each with a log in its folder, and ended with the suite."""

import os
import signal
import subprocess
import time


class Server:
    def __init__(self, folder, name, command, environment=None):
        self.name = name
        self._log = folder / f"{name}.log"
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env=dict(os.environ, **(environment or {})),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, with_signal=signal.SIGTERM):
        self._process.send_signal(with_signal)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def await_that(self, holds, limit_seconds=90):
        """Until `holds` answers something true; with the log when it does not."""
        end = time.monotonic() + limit_seconds
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            answer = holds()
            if answer:
                return answer
            time.sleep(0.2)
        tail = self._log.read_text(errors="replace")[-4000:]
        raise AssertionError(f"{self.name} is not ready:\n{tail}")


def run(*command, environment=None, **options):
    """A command that has to succeed; its output."""
    done = subprocess.run(
        command, env=dict(os.environ, **(environment or {})), capture_output=True, text=True, **options
    )
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout
