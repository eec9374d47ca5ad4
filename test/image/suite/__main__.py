"""Starts the world that the tests share, runs them, and counts."""

import os
import sys
import unittest

from suite import aws, imds

os.environ["TZ"] = "UTC"
imds.start()
aws.start()
names = sys.argv[1:]
loader = unittest.defaultTestLoader
tests = loader.loadTestsFromNames(names) if names else loader.discover("suite", top_level_dir=".")
result = unittest.TextTestRunner(verbosity=2).run(tests)
failed = len(result.failures) + len(result.errors)
print(f"{result.testsRun - failed} passed, {failed} failed")
sys.exit(1 if failed or not result.testsRun else 0)
