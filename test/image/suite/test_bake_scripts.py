"""The scripts of a bake, each run alone: registration, hardening, cleaning, locking, checking."""

import base64
import unittest

from suite import builder_machine, downloads
from suite.builder_machine import LOGIN, UPLOAD, run_as_packer, run_script
from suite.case import expect_success

CA = "-----BEGIN CERTIFICATE-----\nof Katello\n-----END CERTIFICATE-----\n"
REGISTRATION = {
    "KATELLO_HOST": "katello.example.com",
    "KATELLO_ORGANIZATION": "Example",
    "KATELLO_ACTIVATION_KEY": "proxies",
    "KATELLO_CA_BASE64": base64.b64encode(CA.encode()).decode(),
}


class Machine(unittest.TestCase):
    def setUp(self):
        self.case = builder_machine.make()
        self.addCleanup(self.case.destroy)

    def run_script(self, name, *arguments, **environment):
        return run_script(self.case, name, *arguments, **environment)


class Registration(Machine):
    def calls(self):
        return self.case.read("/stub-log/subscription-manager")

    def test_goes_to_katello_with_the_activation_key(self):
        expect_success(self.run_script("register.sh", **REGISTRATION))

        self.assertIn("--server.hostname=katello.example.com", self.calls())
        self.assertIn("register --force --org=Example --activationkey=proxies", self.calls())
        self.assertEqual(CA, self.case.read("/etc/rhsm/ca/katello-of-the-bake.pem"))

    def test_is_left_out_when_no_katello_is_given(self):
        expect_success(self.run_script("register.sh"))

        self.assertFalse(self.case.exists("/stub-log/subscription-manager"))

    def test_without_a_key_is_refused(self):
        done = self.run_script("register.sh", **{**REGISTRATION, "KATELLO_ACTIVATION_KEY": ""})

        self.assertEqual(1, done.returncode)
        self.assertIn("an activation key", done.stderr)

    def test_is_taken_back(self):
        expect_success(self.run_script("register.sh", **REGISTRATION))

        expect_success(self.run_script("unregister.sh"))

        self.assertEqual(builder_machine.RHSM, self.case.read("/etc/rhsm/rhsm.conf"))
        self.assertFalse(self.case.exists("/etc/rhsm/rhsm.conf.before-the-bake"))
        self.assertFalse(self.case.exists("/etc/pki/consumer/cert.pem"))
        self.assertFalse(self.case.exists("/etc/rhsm/ca/katello-of-the-bake.pem"))

    def test_that_was_cut_short_leaves_the_first_configuration_to_go_back_to(self):
        expect_success(self.run_script("register.sh", **REGISTRATION))
        expect_success(self.run_script("register.sh", **REGISTRATION))

        expect_success(self.run_script("unregister.sh"))

        self.assertEqual(builder_machine.RHSM, self.case.read("/etc/rhsm/rhsm.conf"))

    def test_is_taken_back_twice_without_harm(self):
        expect_success(self.run_script("unregister.sh"))
        expect_success(self.run_script("unregister.sh"))


class CloudInit(Machine):
    def wait(self, code, **environment):
        self.case.write("/usr/bin/cloud-init", f"#!/bin/bash\n[[ -v SLOW ]] && sleep 60\nexit {code}\n", 0o755)
        return self.run_script("wait-for-cloud-init.sh", **environment).returncode

    def test_is_waited_for(self):
        self.assertEqual(0, self.wait(0))

    def test_may_have_warnings(self):
        self.assertEqual(0, self.wait(2))

    def test_may_not_have_failed(self):
        self.assertEqual(1, self.wait(1))

    def test_may_not_take_for_ever(self):
        self.assertEqual(1, self.wait(0, SLOW="1", LIMIT_SECONDS="1"))


class AwsCommandLine(Machine):
    def tearDown(self):
        downloads.version_in_bundle.clear()

    def test_is_installed_in_the_version_asked_for(self):
        expect_success(self.run_script("install-aws-cli.sh", "2.31.0"))

        self.assertIn("aws-cli/2.31.0 ", self.case.run("aws", "--version").stdout)

    def test_of_another_version_is_refused(self):
        downloads.version_in_bundle["2.31.0"] = "2.31.1"

        done = self.run_script("install-aws-cli.sh", "2.31.0")

        self.assertEqual(1, done.returncode)
        self.assertIn("not version 2.31.0", done.stderr)


class Image(unittest.TestCase):
    """One machine, baked by the scripts in Packer's order; each test breaks one thing in a copy of it."""

    @classmethod
    def setUpClass(cls):
        cls.baked = builder_machine.make()
        cls.addClassCleanup(cls.baked.destroy)
        builder_machine.upload(cls.baked)
        for name in ("register.sh", "install-everything.sh", "harden.sh"):
            expect_success(run_script(cls.baked, name, **REGISTRATION))
        cls.list = builder_machine.list_packages(cls.baked, "/srv/packages.txt")
        cls.sealed = run_as_packer(cls.baked, "seal.sh")

    def check_after(self, change):
        case = builder_machine.Case(self.baked)
        self.addCleanup(case.destroy)
        expect_success(case.run("bash", "-c", change))
        return run_script(case, "check-image.sh", self.list)

    def test_passes_every_check_and_leaves_no_upload(self):
        self.assertEqual(0, self.sealed.returncode, self.sealed.stdout + self.sealed.stderr)
        self.assertIn("0 checks failed", self.sealed.stdout)
        self.assertFalse(self.baked.exists(UPLOAD))
        self.assertFalse(self.baked.exists("/tmp/script.sh"))

    def test_holds_every_package_of_the_list(self):
        lines = self.baked.read(self.list).splitlines()
        names = [line.split()[0] for line in lines if line and not line.startswith("#")]

        self.assertGreater(len(names), 30)
        self.assertTrue({"mod_http2", "rubygem-smart_proxy_openscap"} <= set(names))
        for name in names:
            self.assertIn(f"ok      package {name} is installed", self.sealed.stdout)

    def test_registers_nowhere_and_writes_no_repository_by_itself(self):
        lines = self.baked.read("/etc/rhsm/rhsm.conf").splitlines()

        self.assertIn("manage_repos = 0", lines)
        self.assertIn("auto_registration = 0", lines)
        self.assertIn("hostname = subscription.rhsm.redhat.com", lines)

    def test_forgets_the_builder(self):
        for path in (
            "/etc/ssh/ssh_host_ed25519_key", f"/home/{LOGIN}/.bash_history", "/var/log/messages",
            f"/home/{LOGIN}/.ssh/authorized_keys", "/etc/hostname", "/etc/sudoers.d/90-cloud-init-users",
        ):
            self.assertFalse(self.baked.exists(path), path)
        self.assertEqual("", self.baked.read("/etc/machine-id"))

    def test_has_the_serial_console_last(self):
        arguments = self.baked.read("/boot/stub-arguments").split()

        self.assertEqual(["console=tty0", "console=ttyS0,115200n8"], arguments[-2:])
        self.assertEqual(2, len([argument for argument in arguments if argument.startswith("console=")]))

    def test_is_refused_when_anything_is_wrong(self):
        for change, check in (
            ("rm /var/lib/stub-rpm/redis", "package redis is installed"),
            ("ln -sf /bin/false /usr/sbin/foreman-installer", "the installer prints its help"),
            ("rm /usr/local/bin/smart-proxy-first-boot", "the first boot is installed"),
            ("echo '-' >>/opt/smart-proxy-rebuilder/ansible/first-boot.yml", "the first boot passes the syntax check"),
            ("rm /usr/local/bin/aws", "the AWS CLI runs"),
            ("systemctl unmask sshd.service", "sshd is masked"),
            ("systemctl unmask serial-getty@ttyS0.service", "the serial console has no login prompt"),
            ("grubby --args=console=tty0", "the serial console is the last console"),
            ("systemctl disable amazon-ssm-agent", "the SSM agent starts at boot"),
            ("echo root:password | chpasswd", "root is locked"),
            ("useradd --shell /bin/bash guest", "no user has a shell"),
            ("subscription-manager register", "no subscription is left"),
            ("sed -i s/enabled=0/enabled=1/ /etc/yum.repos.d/base.repo", "no repository is enabled"),
            ("echo 'repo_ca_cert = /etc/rhsm/ca/katello-of-the-bake.pem' >>/etc/rhsm/rhsm.conf",
             "no Katello is left in the configuration"),
            ("echo 1 >/etc/machine-id", "the machine id is empty"),
            ("touch /etc/ssh/ssh_host_rsa_key", "no host key is left"),
            ("mkdir -p /root/.ssh && touch /root/.ssh/authorized_keys", "no authorized key is left"),
            ("touch /root/.bash_history", "no history is left"),
            ("mkdir -p /var/lib/cloud/instance", "cloud-init is reset"),
            ("touch /var/lib/smart-proxy-rebuilder/status.json", "no status of a first boot is left"),
        ):
            with self.subTest(check):
                done = self.check_after(change)

                self.assertEqual(1, done.returncode)
                self.assertIn(f"NOT OK  {check}\n", done.stdout)
                self.assertIn("\n1 checks failed\n", done.stdout)

    def test_is_not_sealed_when_a_check_fails(self):
        case = builder_machine.Case(self.baked)
        self.addCleanup(case.destroy)
        builder_machine.upload(case)
        expect_success(case.run("rm", "/var/lib/stub-rpm/redis"))

        self.assertEqual(1, run_as_packer(case, "seal.sh").returncode)

    def test_is_refused_when_a_port_is_open(self):
        case = builder_machine.Case(self.baked)
        self.addCleanup(case.destroy)
        script = f"{builder_machine.SCRIPTS}/check-image.sh {self.list}"

        done = case.run("bash", "-c", f"python3 -m http.server --bind 10.20.0.10 8080 & sleep 1; bash {script}")

        self.assertIn("NOT OK  only sshd listens\n", done.stdout)
