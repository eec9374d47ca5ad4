"""The linters of each language, at their strictest."""

import subprocess
import unittest
from pathlib import Path

REPOSITORY = Path("/repo")
PARTS = ("ansible", "packer", "test/image")


def shell_scripts():
    for part in PARTS:
        for path in sorted((REPOSITORY / part).rglob("*")):
            if path.is_file() and path.read_bytes().startswith((b"#!/usr/bin/env bash", b"#!/bin/bash")):
                yield path


class Lint(unittest.TestCase):
    def expect_clean(self, *command, directory=REPOSITORY):
        done = subprocess.run(
            command, cwd=directory, capture_output=True, text=True, check=False,
            env={"PATH": "/opt/lint/bin:/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8"},
        )
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    def test_shell_scripts_are_clean(self):
        scripts = list(shell_scripts())

        self.assertGreater(len(scripts), 8)
        self.expect_clean("shellcheck", "--external-sources", *map(str, scripts))

    def test_ansible_is_clean_by_the_production_profile(self):
        self.expect_clean(
            "ansible-lint", "--offline", "--profile", "production", "--strict", "first-boot.yml",
            "ship-logs.yml", "roles", directory=REPOSITORY / "ansible",
        )
