"""A failure costs one part of the report, never the rest. All parts share one time limit."""

import signal
import time
from contextlib import contextmanager


class Unreadable(Exception):
    """What could not be read, as a sentence for the report."""


class _OutOfTime(Exception):
    pass


class Attempts:
    def __init__(self, limit_seconds):
        self.problems = []
        self._limit_seconds = limit_seconds
        self._end = time.monotonic() + limit_seconds

    def remaining_seconds(self):
        return max(1, self._end - time.monotonic())

    def read(self, what, function, otherwise):
        """The function's result, or `otherwise` and a problem."""
        try:
            with self._limited():
                return function()
        except _OutOfTime:
            self.problems.append(f"{what}: not read within the report's limit of {self._limit_seconds} s")
        except Unreadable as error:
            self.problems.append(f"{what}: {error}")
        except Exception as error:  # A report with a gap is worth more than a traceback.
            self.problems.append(f"{what}: {type(error).__name__}: {error}")
        return otherwise

    @contextmanager
    def _limited(self):
        left = self._end - time.monotonic()
        if left <= 0:
            raise _OutOfTime
        signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, left)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _interrupt(*_):
    raise _OutOfTime
