"""A first boot that succeeds: real Ansible, real AWS command line, stubs for the rest."""

import unittest

from suite import aws, imds, proxy_machine
from suite.case import expect_success
from suite.proxy_machine import WITHOUT_LOGS, installer_runs, shipped, status

BASE = [
    "--scenario", "foreman-proxy-content",
    "--detailed-exitcodes",
    "--certs-tar-file", "/root/{certificate}-certs.tar",
    "--foreman-proxy-register-in-foreman", "false",
    "--foreman-proxy-foreman-base-url", "https://katello.example.com",
    "--foreman-proxy-trusted-hosts", "katello.example.com",
    "--foreman-proxy-trusted-hosts", "{certificate}",
]
SWITCHES = [
    "--foreman-proxy-registration", "true",
    "--foreman-proxy-templates", "true",
    "--foreman-proxy-logs", "true",
]
# What two boots may differ in: what they report of themselves.
REPORTS = (
    "/var/lib/smart-proxy-rebuilder/status.json", "/var/log/", "/tmp/", "/root/.ansible/", "/proc/",
    "/run/", "/dev/", "/repo/",
)


def arguments(certificate, *others):
    return [part.format(certificate=certificate) for part in BASE] + list(others)


class TwoNames(unittest.TestCase):
    """One machine that boots, and is then told to boot again while its services run."""

    @classmethod
    def setUpClass(cls):
        aws.reset()
        proxy_machine.stock_aws()
        cls.case = proxy_machine.make()
        cls.addClassCleanup(cls.case.destroy)
        cls.boots = expect_success(cls.case.run("bash", "-c", """
            smart-proxy-first-boot && cp /var/lib/smart-proxy-rebuilder/status.json /tmp/first.json &&
            touch /tmp/mark && smart-proxy-first-boot >/tmp/second.log &&
            find / -xdev -newer /tmp/mark -type f >/tmp/changed-files"""))

    def test_ends_as_done(self):
        answer = status(self.case)

        self.assertEqual(("done", "logs", None), (answer["status"], answer["step"], answer["reason"]))
        self.assertRegex(answer["updatedAt"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_gives_the_installer_exactly_these_arguments(self):
        expected = arguments(
            "proxy1-control.example.com",
            "--certs-cname", "proxy1.example.com",
            "--foreman-proxy-registration-url", "https://proxy1.example.com:9090",
            "--foreman-proxy-template-url", "http://proxy1.example.com:8000",
            *SWITCHES,
            "--enable-foreman-proxy-plugin-remote-execution-script",
        )

        self.assertEqual(expected, installer_runs(self.case)[0])

    def test_runs_the_installer_under_the_certificate_name_and_takes_the_own_name_back(self):
        self.assertEqual("proxy1-control.example.com\n", self.case.read("/var/log/installer-hostnames"))
        self.assertEqual(f"{proxy_machine.OWN_NAME}\n", self.case.read("/etc/hostname"))

    def test_maps_both_names_to_the_instance(self):
        line = "10.20.0.10 proxy1-control.example.com proxy1.example.com # smart-proxy"

        self.assertEqual(line, self.case.read("/etc/hosts").splitlines()[0])

    def test_marks_the_instance(self):
        self.assertEqual(f"{imds.INSTANCE_ID}\n", self.case.read("/var/www/html/pub/instance-id"))

    def test_verifies_the_certificate_under_both_names(self):
        asked = self.case.read("/var/log/smart-proxy-services.log").splitlines()
        for name in ("proxy1-control.example.com", "proxy1.example.com"):
            self.assertIn(f"{name}/pub/instance-id", asked)

    def test_trusts_katello(self):
        anchor = self.case.read("/etc/pki/ca-trust/source/anchors/katello.pem")

        self.assertEqual(proxy_machine.katello.certificate.read_text(), anchor)
        self.assertEqual("katello.pem\n", self.case.read("/var/log/update-ca-trust"))

    def test_restores_the_remote_execution_key(self):
        directory = self.case.path("/var/lib/foreman-proxy/ssh")
        key = directory / "id_rsa_foreman_proxy"

        self.assertEqual(proxy_machine.REMOTE_EXECUTION_KEY.strip(), key.read_text().strip())
        self.assertEqual(0o100600, key.stat().st_mode)
        self.assertTrue((directory / "id_rsa_foreman_proxy.pub").read_text().startswith("ssh-rsa "))

    def test_ships_its_logs_with_secrets_masked(self):
        log = shipped(f"frankfurt/{imds.INSTANCE_ID}/installer")

        self.assertIn("System configuration has finished.", log)
        self.assertIn("password: ***", log)
        self.assertNotIn("hunter2", log)
        self.assertIn("Run foreman-installer", shipped(f"frankfurt/{imds.INSTANCE_ID}/first-boot"))

    def test_prints_no_line_of_a_private_key(self):
        line = proxy_machine.REMOTE_EXECUTION_KEY.splitlines()[5]
        files = [path for path in self.case.path("/var/log").rglob("*") if path.is_file()]
        logs = [path.read_text(errors="replace") for path in files]

        self.assertGreater(len(logs), 3)
        for text in (self.boots.stdout, self.boots.stderr, *logs):
            self.assertNotIn(line, text)

    def test_keeps_the_certificates_to_root(self):
        tar = self.case.path("/root/proxy1-control.example.com-certs.tar")

        self.assertEqual(0o100600, tar.stat().st_mode)

    def test_changes_nothing_when_it_boots_again(self):
        changed = self.case.read("/tmp/changed-files").splitlines()

        self.assertIn("changed=0 ", self.case.read("/tmp/second.log"))
        self.assertEqual(1, len(installer_runs(self.case)))
        self.assertEqual([], [path for path in changed if not path.startswith(REPORTS)])


class OneName(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        aws.reset()
        proxy_machine.stock_aws("one-name")
        cls.case = proxy_machine.make("one-name")
        cls.addClassCleanup(cls.case.destroy)
        expect_success(cls.case.run("smart-proxy-first-boot", environment=WITHOUT_LOGS))

    def test_ends_as_done(self):
        self.assertEqual("done", status(self.case)["status"])

    def test_gives_the_installer_exactly_these_arguments(self):
        self.assertEqual([arguments("proxy2.example.com", *SWITCHES)], installer_runs(self.case))

    def test_maps_its_name_to_the_instance_once(self):
        self.assertEqual(
            "10.20.0.10 proxy2.example.com # smart-proxy", self.case.read("/etc/hosts").splitlines()[0]
        )


class EveryFeature(unittest.TestCase):
    def test_each_feature_has_an_argument(self):
        aws.reset()
        proxy_machine.stock_aws("one-name")
        features = ["pulpcore", "httpboot", "puppet", "puppetca", "ansible", "openscap"]
        key = "/europe/remote-execution-key"
        case = proxy_machine.make(
            "one-name", features=features, remoteExecutionKeyParameter=key, katelloCaSource=""
        )
        self.addCleanup(case.destroy)

        case.run("smart-proxy-first-boot", environment={"FOREMAN_INSTALLER": "fails", **WITHOUT_LOGS})

        expected = arguments(
            "proxy2.example.com",
            "--foreman-proxy-registration", "false",
            "--foreman-proxy-templates", "false",
            "--foreman-proxy-logs", "false",
            "--foreman-proxy-httpboot", "true",
            "--enable-puppet",
            "--foreman-proxy-puppet", "true",
            "--foreman-proxy-puppetca", "true",
            "--enable-foreman-proxy-plugin-ansible",
            "--enable-foreman-proxy-plugin-openscap",
        )
        self.assertEqual([expected], installer_runs(case))
        self.assertFalse(case.exists("/var/log/update-ca-trust"), "no CA is given, yet one is trusted")
