"""Packer's own word on the template."""

import unittest
from pathlib import Path

from suite import build_machine
from suite.case import expect_success

OS = sorted(path.name for path in Path("/repo/packer/os").iterdir())
VALUES = (
    "region=eu-central-1", "fleet=europe", "foreman_version=3.19", "katello_version=4.21",
    "features=pulpcore script", "image_name=smart-proxy-europe", "commit=0123abcd", "execution=by-hand",
    "builder_instance_profile=smart-proxy-builder",
)


class Template(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.case = build_machine.make()
        cls.addClassCleanup(cls.case.destroy)
        expect_success(cls.case.run("bash", "-c", "mkdir /src && cp -r /repo/ansible /repo/packer /src/"))

    def packer(self, *arguments):
        return self.case.run("packer", *arguments, environment=build_machine.ENVIRONMENT)

    def validate(self, operating_system, *values):
        variables = [part for value in VALUES + values for part in ("-var", value)]
        return self.packer(
            "validate", "-var-file", f"/src/packer/os/{operating_system}", *variables, "/src/packer"
        )

    def test_is_formatted(self):
        for directory in ("/src/packer", "/src/packer/os"):
            done = self.case.run("/usr/bin/packer", "fmt", "-check", "-diff", directory)

            self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    def test_is_valid_for_each_operating_system(self):
        self.assertEqual(["almalinux9.pkrvars.hcl", "rhel9.pkrvars.hcl", "rocky9.pkrvars.hcl"], OS)
        for operating_system in OS:
            with self.subTest(operating_system):
                done = self.validate(operating_system)

                self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    def test_is_valid_for_a_base_image_and_a_registration(self):
        done = self.validate(
            "rhel9.pkrvars.hcl", "base_image=ami-0123456789abcdef0", "subnet_id=subnet-1",
            "katello_registration_host=katello.example.com", "katello_activation_key=proxies",
        )

        self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    def test_is_invalid_without_a_version(self):
        done = self.packer("validate", "-var-file", f"/src/packer/os/{OS[0]}", "/src/packer")

        self.assertNotEqual(0, done.returncode)
        self.assertIn("katello_version", done.stdout + done.stderr)
