"""Starts the world that the tests share, runs them, and counts.

SHARD, such as 1/2, takes every second test class: each shard has a world of its own, so they run side
by side.
"""

import os
import sys
import time
import unittest

from suite import aws, downloads, imds


def tests_of(suite):
    for entry in suite:
        if isinstance(entry, unittest.TestSuite):
            yield from tests_of(entry)
        else:
            yield entry


def shard_of(suite, shard):
    """Whole classes, dealt out in turn, so that what a class prepares is prepared once."""
    number, count = map(int, shard.split("/"))
    classes = {}
    for test in tests_of(suite):
        classes.setdefault(type(test), []).append(test)
    dealt = list(classes.values())[number - 1 :: count]
    return unittest.TestSuite(unittest.TestSuite(tests) for tests in dealt)


class TimedResult(unittest.TextTestResult):
    """Knows how long each class takes with what it prepares, for this suite to stay within its minutes."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.seconds = {}
        self.last = time.monotonic()

    def stopTest(self, test):
        super().stopTest(test)
        now = time.monotonic()
        name = type(test).__qualname__
        self.seconds[name] = self.seconds.get(name, 0) + now - self.last
        self.last = now


def main():
    imds.start()
    downloads.start()
    aws.start()
    loader = unittest.defaultTestLoader
    names = sys.argv[1:]
    tests = loader.loadTestsFromNames(names) if names else loader.discover("suite", top_level_dir=".")
    chosen = shard_of(tests, os.environ.get("SHARD", "1/1"))
    runner = unittest.TextTestRunner(verbosity=2, stream=sys.stdout, resultclass=TimedResult)
    result = runner.run(chosen)
    for name, seconds in sorted(result.seconds.items(), key=lambda entry: -entry[1])[:8]:
        print(f"{seconds:5.0f} s  {name}")
    bad = [getattr(test, "test_case", test) for test, _ in result.failures + result.errors]
    # A class that could not be prepared has run no test, and is one failure.
    failed_tests = {test.id() for test in bad if isinstance(test, unittest.TestCase)}
    failed = len({test.id() for test in bad})
    passed = result.testsRun - len(failed_tests) - len(result.skipped)
    print(f"counted {passed} {failed} {len(result.skipped)}")
    return 1 if failed else 0


sys.exit(main())
