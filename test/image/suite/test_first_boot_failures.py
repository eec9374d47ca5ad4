"""First boots that fail: each names its step, and leaves the machine as it should be."""

import hashlib
import unittest

from suite import aws, imds, proxy_machine
from suite.certificates import with_file
from suite.proxy_machine import WITHOUT_LOGS, certificate, installer_runs, missing_names, shipped, status

LEAST = {
    "katelloCaSource": "",
    "features": ["pulpcore", "registration", "templates", "logs"],
    "remoteExecutionKeyParameter": "",
}
ROLES = "/opt/smart-proxy-rebuilder/ansible/roles"


class Failure(unittest.TestCase):
    def setUp(self):
        aws.reset()

    def boot(
        self, command="smart-proxy-first-boot", defaults=None, environment=None, layout="two-names", **settings
    ):
        """Boots a machine whose roles have these lines more in their defaults.

        Unless a test says otherwise, the machine does the least that it can, for speed.
        """
        self.case = proxy_machine.make(layout, **{**LEAST, **settings})
        self.addCleanup(self.case.destroy)
        environment = {**WITHOUT_LOGS, **(environment or {})}
        for role, lines in (defaults or {}).items():
            path = f"{ROLES}/{role}/defaults/main.yml"
            self.case.write(path, self.case.read(path) + lines)
        return self.case.run("bash", "-c", command, environment=environment)

    def expect_failure(self, completed, step, *words):
        self.assertNotEqual(0, completed.returncode)
        answer = status(self.case)
        self.assertEqual(("failed", step), (answer["status"], answer["step"]), answer)
        for word in words:
            self.assertIn(word, answer["reason"])

    def expect_own_name(self):
        self.assertEqual(f"{proxy_machine.OWN_NAME}\n", self.case.read("/etc/hostname"))


class Installer(Failure):
    def test_a_failed_installer_is_reported_with_its_last_error_and_its_log_is_shipped(self):
        sha256 = proxy_machine.stock_aws()
        environment = {"FOREMAN_INSTALLER": "fails", "LOGS_LIMIT_SECONDS": "60"}

        completed = self.boot(environment=environment, certsSha256=sha256)

        self.expect_failure(completed, "installer", "code 6", "Could not start Service[postgresql]")
        self.expect_own_name()
        self.assertIn("Could not start Service", shipped(f"frankfurt/{imds.INSTANCE_ID}/installer"))

    def test_a_package_that_the_image_lacks_is_reported_and_not_installed(self):
        sha256 = proxy_machine.stock_aws()

        completed = self.boot(
            command="rm /var/lib/stub-rpm/mod_http2; smart-proxy-first-boot", certsSha256=sha256
        )

        self.expect_failure(completed, "installer", "code 6", "Package[mod_http2]")
        self.expect_own_name()

    def test_an_option_that_the_installer_does_not_know_is_reported(self):
        sha256 = proxy_machine.stock_aws()
        misspell = f"sed -i s/--foreman-proxy-logs/--foreman-proxy-log/ {ROLES}/installer/vars/main.yml"

        completed = self.boot(command=f"{misspell}; smart-proxy-first-boot", certsSha256=sha256)

        self.expect_failure(completed, "installer", "Unrecognised option '--foreman-proxy-log'")

    def test_an_installer_that_stalls_is_stopped(self):
        sha256 = proxy_machine.stock_aws()

        completed = self.boot(
            defaults={"installer": "installer_limit_seconds: 2\n"},
            environment={"FOREMAN_INSTALLER": "stalls"},
            certsSha256=sha256,
        )

        self.expect_failure(completed, "installer", "did not end within 2 s")
        self.expect_own_name()

    def test_after_a_crash_under_the_borrowed_name_the_next_boot_takes_the_own_name_back(self):
        sha256 = proxy_machine.stock_aws()

        completed = self.boot(certsSha256=sha256, command="""
            FOREMAN_INSTALLER=crashes smart-proxy-first-boot
            cp /etc/hostname /tmp/after-crash; cp /var/lib/smart-proxy-rebuilder/status.json /tmp/
            smart-proxy-first-boot""")

        self.assertIn('"failed","step":"installer"', self.case.read("/tmp/status.json"))
        self.assertEqual("proxy1-control.example.com\n", self.case.read("/tmp/after-crash"))
        self.assertEqual(0, completed.returncode, completed.stdout)
        self.expect_own_name()

    def test_an_unknown_feature_is_refused(self):
        sha256 = proxy_machine.stock_aws()

        completed = self.boot(features=["pulpcore", "teleport"], certsSha256=sha256)

        self.expect_failure(completed, "installer", "unknown features teleport")

    def test_remote_execution_without_its_key_is_refused(self):
        sha256 = proxy_machine.stock_aws()

        completed = self.boot(features=["pulpcore", "script"], certsSha256=sha256)

        self.expect_failure(completed, "installer", "remoteExecutionKey")


class Certs(Failure):
    def test_a_missing_tar_is_reported(self):
        proxy_machine.stock_aws()

        completed = self.boot(certsKey="elsewhere/certs.tar")

        self.expect_failure(completed, "certs", "404")

    def test_a_tar_with_another_checksum_is_refused(self):
        proxy_machine.stock_aws()
        other = hashlib.sha256(b"another tar").hexdigest()

        completed = self.boot(certsSha256=other)

        self.expect_failure(completed, "certs", "has the SHA-256", other)
        self.assertEqual([], installer_runs(self.case))

    def test_a_tar_without_any_checksum_is_refused(self):
        proxy_machine.stock_aws(checksum=False)

        completed = self.boot()

        self.expect_failure(completed, "certs", "--checksum-algorithm SHA256")

    def test_certificates_of_another_proxy_are_refused(self):
        tar = proxy_machine.katello.certs_tar("proxy9.example.com")
        proxy_machine.stock_aws(tar=tar)

        completed = self.boot(certsSha256=hashlib.sha256(tar).hexdigest())

        self.expect_failure(completed, "certs", "no certificates for proxy1-control.example.com")
        self.assertEqual(["proxy1-control.example.com", "proxy1.example.com"], missing_names(self.case))

    def expect_missing_names(self, layout, covered, missing, command):
        proxy = proxy_machine.settings_of(layout)["certificateName"]
        tar = proxy_machine.katello.certs_tar(*covered, proxy=proxy)
        proxy_machine.stock_aws(layout, tar=tar)

        completed = self.boot(layout=layout, certsSha256=hashlib.sha256(tar).hexdigest())

        file = f"ssl-build/{proxy}/{proxy}-apache.crt"
        self.expect_failure(
            completed, "certs", f"{file} in s3://", f"(CN={covered[0]})", f"is not for {', '.join(missing)}:",
            f"foreman-proxy-certs-generate {command} and upload it",
        )
        self.assertEqual(missing, missing_names(self.case))
        self.assertEqual([], installer_runs(self.case))

    def test_a_certificate_without_a_name_of_the_proxy_is_refused(self):
        control, service = "proxy1-control.example.com", "proxy1.example.com"
        command = f"--foreman-proxy-fqdn {control} --foreman-proxy-cname {service}"
        for covered, missing in (
            ([control], [service]), ([service], [control]), (["proxy9.example.com"], [control, service]),
        ):
            with self.subTest(covered):
                aws.reset()
                self.expect_missing_names("two-names", covered, missing, command)

    def test_a_certificate_without_the_only_name_of_the_proxy_is_refused(self):
        name = proxy_machine.settings_of("one-name")["certificateName"]

        self.expect_missing_names("one-name", ["proxy9.example.com"], [name], f"--foreman-proxy-fqdn {name}")

    def test_an_expired_certificate_is_refused_by_file_subject_and_date(self):
        tar = proxy_machine.katello.certs_tar("proxy1-control.example.com", "proxy1.example.com", days=-1)
        proxy_machine.stock_aws(tar=tar)

        completed = self.boot(certsSha256=hashlib.sha256(tar).hexdigest())

        file = "ssl-build/proxy1-control.example.com/proxy1-control.example.com-apache.crt"
        subject = "CN=proxy1-control.example.com"
        expired = certificate(self.case)["expiresAt"]
        self.expect_failure(completed, "certs", file, subject, expired, "foreman-proxy-certs-generate")
        self.assertEqual({"file": file, "subject": subject, "expiresAt": expired}, certificate(self.case))
        self.assertEqual([], installer_runs(self.case))

    def test_a_certificate_that_cannot_be_read_is_left_to_the_installer(self):
        whole = proxy_machine.katello.certs_tar("proxy1-control.example.com", "proxy1.example.com", days=9)
        tar = with_file(whole, "ssl-build/odd name.crt", b"no certificate")
        proxy_machine.stock_aws(tar=tar)

        completed = self.boot(certsSha256=hashlib.sha256(tar).hexdigest())

        self.assertEqual(0, completed.returncode, completed.stdout)
        self.assertIn("proxy1-control.example.com-apache.crt", certificate(self.case)["file"])


class Verification(Failure):
    def test_pulp_without_workers_is_not_ready(self):
        sha256 = proxy_machine.stock_aws()
        impatient = "verification_limit_seconds: 2\nverification_pause_seconds: 1\n"

        completed = self.boot(
            defaults={"verification": impatient}, environment={"SERVICES": "without-workers"},
            certsSha256=sha256,
        )

        self.expect_failure(completed, "verification", "Wait for Pulp")

    def test_a_feature_that_does_not_run_is_reported(self):
        sha256 = proxy_machine.stock_aws()

        completed = self.boot(environment={"SERVICES": "without-templates"}, certsSha256=sha256)

        self.expect_failure(completed, "verification", "runs without templates")


class Surroundings(Failure):
    def test_logs_that_cannot_be_shipped_do_not_spoil_a_good_boot(self):
        sha256 = proxy_machine.stock_aws()
        aws.client("logs").delete_log_group(logGroupName="/europe/boot")

        completed = self.boot(environment={"LOGS_LIMIT_SECONDS": "60"}, certsSha256=sha256)

        self.assertEqual(0, completed.returncode)
        self.assertEqual("done", status(self.case)["status"])
        self.assertIn("not shipped", status(self.case)["reason"])

    def test_a_play_that_takes_too_long_is_stopped(self):
        # Stalls there, however fast this machine is.
        stall = "sed -i '2i [[ $1 != local-ipv4 ]] || sleep 300' $(command -v smart-proxy-instance-metadata)"

        completed = self.boot(
            command=f"{stall}; smart-proxy-first-boot",
            environment={"PLAY_LIMIT_SECONDS": "6"},
        )

        self.expect_failure(completed, "hostname", "stopped after 6 s")

    def test_settings_that_cannot_be_read_are_reported(self):
        command = "echo '{' >/etc/smart-proxy-rebuilder/proxy.json; smart-proxy-first-boot"

        completed = self.boot(command=command)

        self.expect_failure(completed, "hostname", "Read the settings that user data wrote")
