"""The user data: its template, its rendering, and the real cloud-init that runs it."""

import json
import re
import unittest

from suite import aws, cloud_init, imds, proxy_machine, user_data
from suite.proxy_machine import WITHOUT_LOGS, status

# EC2 takes 16 KB before base64.
SIZE_BYTES_MAX = 16_384


class Template(unittest.TestCase):
    def placeholders(self):
        return json.loads(user_data.PLACEHOLDERS.read_text())

    def test_has_exactly_the_placeholders_that_are_listed(self):
        used = set(re.findall(r"\$\{(\w+)\}", user_data.TEMPLATE.read_text()))

        self.assertEqual(set(self.placeholders()), used)

    def test_examples_fill_each_placeholder_and_no_other(self):
        for layout, values in user_data.examples().items():
            self.assertEqual(set(self.placeholders()), set(values), layout)
            for name, value in values.items():
                placeholder = self.placeholders()[name]
                if not placeholder.get("mayBeEmpty"):
                    self.assertTrue(value, f"{name} of {layout} is empty")
                self.assertEqual(placeholder["format"] == "json-list", isinstance(value, list), name)


class Rendered(unittest.TestCase):
    def test_leaves_nothing_unfilled_and_fits(self):
        for layout in user_data.examples():
            text = user_data.render(layout)

            self.assertNotIn("${", text)
            self.assertLess(len(text.encode()), SIZE_BYTES_MAX)

    def test_holds_the_settings_of_the_examples(self):
        for layout, values in user_data.examples().items():
            self.assertEqual(values, proxy_machine.settings_of(layout))

    def test_names_secrets_but_holds_none(self):
        suspicious = re.compile(r"PRIVATE KEY|password\s*[:=]|passwd|AKIA|secret", re.IGNORECASE)
        for layout in user_data.examples():
            settings = "\n".join(
                line for line in user_data.render(layout).splitlines() if not line.lstrip().startswith("#")
            )

            self.assertIsNone(suspicious.search(settings), layout)

    def test_is_valid_by_cloud_inits_own_schema(self):
        for layout in user_data.examples():
            case = proxy_machine.make(layout)
            self.addCleanup(case.destroy)
            case.write("/tmp/user-data", user_data.render(layout))

            done = case.run("cloud-init", "schema", "--config-file", "/tmp/user-data")

            self.assertEqual(0, done.returncode, done.stdout + done.stderr)
            self.assertIn("Valid cloud-config", done.stdout)


class PowerOn(unittest.TestCase):
    """One machine from power-on, asked for its report while it runs."""

    @classmethod
    def setUpClass(cls):
        aws.reset()
        proxy_machine.stock_aws()
        cls.case = proxy_machine.make()
        cls.addClassCleanup(cls.case.destroy)
        cls.case.path(proxy_machine.SETTINGS).unlink()
        cloud_init.seed(cls.case, user_data.render("two-names"))
        cloud_init.power_on(cls.case, "smart-proxy-boot-report 30 >/tmp/report")

    def test_cloud_init_writes_the_settings_for_root_alone(self):
        path = self.case.path(proxy_machine.SETTINGS)

        self.assertEqual(0o100600, path.stat().st_mode)
        self.assertEqual(user_data.examples()["two-names"], json.loads(path.read_text()))

    def test_the_proxy_is_done(self):
        self.assertEqual("done", status(self.case)["status"], self.case.read("/tmp/cloud-init-stages"))
        self.assertEqual(f"{imds.INSTANCE_ID}\n", self.case.read("/var/www/html/pub/instance-id"))

    def test_the_report_says_done_and_keeps_the_log_to_itself(self):
        lines = self.case.read("/tmp/report").splitlines()

        self.assertEqual(1, len(lines))
        report = json.loads(lines[0])
        certificate = json.loads(self.case.read("/var/lib/smart-proxy-rebuilder/certificate.json"))
        self.assertEqual(
            {
                "cloudInit": "done",
                "boot": status(self.case),
                "certificate": certificate,
                "missingNames": [],
                "logTail": "",
            },
            report,
        )

    def test_cloud_init_leaves_the_hosts_file_to_the_first_boot(self):
        self.assertIn("proxy1.example.com # smart-proxy", self.case.read("/etc/hosts"))


class PowerOnFails(unittest.TestCase):
    def test_cloud_init_ends_in_error_and_the_report_shows_the_end_of_the_log(self):
        aws.reset()
        proxy_machine.stock_aws()
        case = proxy_machine.make()
        self.addCleanup(case.destroy)
        cloud_init.seed(case, user_data.render("two-names"))

        cloud_init.power_on(
            case, "smart-proxy-boot-report 30 >/tmp/report",
            environment={"FOREMAN_INSTALLER": "fails", **WITHOUT_LOGS},
        )

        report = json.loads(case.read("/tmp/report"))
        self.assertEqual("error", report["cloudInit"])
        self.assertEqual(("failed", "installer"), (report["boot"]["status"], report["boot"]["step"]))
        self.assertIn("Could not start Service[postgresql]", report["logTail"])
        self.assertIn("password: ***", report["logTail"])
