"""The report that Systems Manager fetches, for every answer that cloud-init can give."""

import json
import time
import unittest

from suite import proxy_machine

LOG = "/var/log/foreman-installer/foreman-proxy-content.log"


class BootReport(unittest.TestCase):
    def setUp(self):
        self.case = proxy_machine.make()
        self.addCleanup(self.case.destroy)

    def report(self, says, code=0, wait_seconds=0):
        script = f"#!/bin/bash\n[[ $2 == --wait ]] && sleep 60\ncat <<'END'\n{says}\nEND\nexit {code}\n"
        self.case.write("/usr/bin/cloud-init", script, 0o755)
        done = self.case.run("smart-proxy-boot-report", wait_seconds)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(1, len(done.stdout.splitlines()), done.stdout)
        return json.loads(done.stdout)

    def test_reads_every_answer_of_every_version(self):
        for says, code, expected in (
            ("status: running", 0, "running"),
            ("status: not run", 0, "running"),
            ("status: done\nextended_status: done", 0, "done"),
            ("status: done\nextended_status: degraded done", 2, "degraded"),
            ("status: degraded done", 0, "degraded"),
            ("status: done", 2, "degraded"),
            ("status: error\nextended_status: error - done", 1, "error"),
            ("status: disabled", 0, "disabled"),
            ("", 1, "running"),
        ):
            with self.subTest(says):
                self.assertEqual(expected, self.report(says, code)["cloudInit"])

    def test_waits_no_longer_than_told(self):
        started = time.monotonic()

        report = self.report("status: running", wait_seconds=1)

        self.assertEqual("running", report["cloudInit"])
        self.assertLess(time.monotonic() - started, 20)

    def test_has_no_boot_before_the_first_status(self):
        self.assertIsNone(self.report("status: running")["boot"])

    def test_has_the_certificate_that_expires_first_once_it_is_known(self):
        first = {"file": "a.crt", "subject": "CN=a", "expiresAt": "2027-01-01T00:00:00Z"}
        self.assertIsNone(self.report("status: running")["certificate"])
        for content, expected in ((json.dumps(first), first), ("", None), ("{", None)):
            with self.subTest(content):
                self.case.write("/var/lib/smart-proxy-rebuilder/certificate.json", content)

                self.assertEqual(expected, self.report("status: running")["certificate"])

    def test_has_the_names_that_are_missing_once_they_are_known(self):
        self.assertIsNone(self.report("status: running")["missingNames"])
        self.case.write("/var/lib/smart-proxy-rebuilder/missing-names.json", '["a.example.com"]')

        self.assertEqual(["a.example.com"], self.report("status: running")["missingNames"])

    def test_survives_a_status_that_is_no_json(self):
        for content in ("{", ""):
            with self.subTest(content):
                self.case.write(proxy_machine.STATUS, content)

                self.assertIsNone(self.report("status: running")["boot"])

    def test_shows_twenty_lines_with_secrets_masked(self):
        lines = [f"line {number}" for number in range(60)]
        secrets = [
            "--foreman-proxy-oauth-consumer-secret Tr0ub4dor",
            "django_secret_key => 'Tr0ub4dor'",
            "postgresql://pulp:Tr0ub4dor@localhost/pulpcore",
            "-----BEGIN RSA PRIVATE KEY-----\nTr0ub4dor\n-----END RSA PRIVATE KEY-----",
            "Authorization: Basic Tr0ub4dor",
            '{"password": "Tr0ub4dor"}',
        ]
        self.case.write(LOG, "\n".join(lines + secrets) + "\n")

        tail = self.report("status: running")["logTail"]

        self.assertEqual(20, len(tail.splitlines()))
        self.assertNotIn("Tr0ub4dor", tail)
        self.assertIn("line 59", tail)
