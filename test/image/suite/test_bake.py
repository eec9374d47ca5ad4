"""A whole bake: the buildspec, a real Packer, an EC2 of the tests, a real sshd, and then a first boot."""

import json
import unittest
from datetime import date

from suite import aws, build_machine, builder_machine, cloud_init, imds, proxy_machine, user_data
from suite.case import Case, expect_success

SSHD = """
PermitRootLogin no
PasswordAuthentication no
AuthorizedKeysFile none
AuthorizedKeysCommand /etc/ssh/any-key %t %k
AuthorizedKeysCommandUser nobody
Subsystem sftp internal-sftp
ListenAddress 10.20.0.10
"""
NEWEST_BASE_IMAGE, OLDER_BASE_IMAGE = "ami-0aaaaaaaaaaaaaaa2", "ami-0aaaaaaaaaaaaaaa1"
TAGS = {
    "smart-proxy-rebuilder:role": "image",
    "smart-proxy-rebuilder:fleet": "europe",
    "smart-proxy-rebuilder:state": "candidate",
    "smart-proxy-rebuilder:foreman-version": "3.19",
    "smart-proxy-rebuilder:katello-version": "4.21",
    "smart-proxy-rebuilder:features": "pulpcore registration templates logs script",
    "smart-proxy-rebuilder:commit": "0123abcd",
    "smart-proxy-rebuilder:execution": "rebuild-2026-11-22",
}


def tags_of(resource):
    return {tag["Key"]: tag["Value"] for tag in resource.get("Tags", [])}


class Bake(unittest.TestCase):
    @classmethod
    def prepare(cls):
        aws.reset()
        proxy_machine.stock_aws()
        cls.ec2 = aws.client("ec2")
        iam = aws.client("iam")
        iam.create_instance_profile(InstanceProfileName="smart-proxy-builder")
        cls.builder = builder_machine.make()
        cls.addClassCleanup(cls.builder.destroy)
        cls._power_on_builder()

    @classmethod
    def _power_on_builder(cls):
        """Cloud-init takes the builder's user data, then sshd answers: what is reached by the tunnel."""
        cls.builder.write("/etc/ssh/sshd_config", SSHD)
        cls.builder.write("/etc/ssh/any-key", '#!/bin/bash\necho "$1 $2"\n', 0o755)
        with open("/repo/packer/builder-user-data.yaml", encoding="utf-8") as file:
            cloud_init.seed(cls.builder, file.read())
        sshd = "mkdir -p /run/sshd; rm -f /etc/ssh/ssh_host_*; ssh-keygen -A; /usr/sbin/sshd -De & wait"
        running = cls.builder.start("bash", "-c", f"({cloud_init.STAGES}) &>/stub-log/cloud-init; {sshd}")
        cls.addClassCleanup(running.kill)

    @classmethod
    def bake(cls, **environment):
        build = build_machine.make()
        cls.addClassCleanup(build.destroy)
        done = build_machine.run_buildspec(build, **environment)
        return build, done

    def images(self):
        return self.ec2.describe_images(Owners=["self"])["Images"]

    def expect_no_leftovers(self):
        instances = [
            instance["State"]["Name"]
            for reservation in self.ec2.describe_instances()["Reservations"]
            for instance in reservation["Instances"]
        ]
        self.assertEqual({"terminated"}, set(instances))
        self.assertEqual([], self.ec2.describe_key_pairs()["KeyPairs"])
        groups = [group["GroupName"] for group in self.ec2.describe_security_groups()["SecurityGroups"]]
        self.assertEqual({"default"}, set(groups))


class GoodBake(Bake):
    """A bake that ends well, and the first boot of an instance of its image."""

    @classmethod
    def setUpClass(cls):
        cls.prepare()
        cls.build, cls.done = cls.bake()
        expect_success(cls.done)

    def test_exports_the_id_of_the_one_image(self):
        images = self.images()

        self.assertEqual(1, len(images))
        self.assertEqual(f"IMAGE_ID={images[0]['ImageId']}\n", self.build.read("/tmp/exported"))

    def test_tags_the_image_and_its_snapshots(self):
        image = self.images()[0]
        snapshot = image["BlockDeviceMappings"][0]["Ebs"]["SnapshotId"]
        tags = {**TAGS, "smart-proxy-rebuilder:source-image": NEWEST_BASE_IMAGE, "Name": image["Name"]}

        described = self.ec2.describe_snapshots(SnapshotIds=[snapshot])["Snapshots"][0]
        for resource in (image, described):
            found = tags_of(resource)
            # The one tag that a newer Packer leaves there from the builder.
            found.pop("smart-proxy-rebuilder:builder-until", None)
            self.assertEqual(tags, found)

    def test_uploads_the_sorted_list_of_packages(self):
        image = self.images()[0]["ImageId"]
        key = f"images/{image}/packages.txt"
        body = aws.client("s3").get_object(Bucket=aws.BUCKET, Key=key)["Body"].read().decode()

        lines = body.splitlines()
        for name in ("pulpcore", "mod_http2", "rubygem-smart_proxy_remote_execution_ssh"):
            self.assertIn(f"{name}-1.0-1.el9.x86_64", lines)
        self.assertNotIn("rubygem-smart_proxy_openscap-1.0-1.el9.x86_64", lines)
        self.assertEqual(sorted(lines), lines)

    def test_leaves_nothing_behind_but_the_image(self):
        self.expect_no_leftovers()

    def test_launches_an_encrypted_builder_without_an_open_port(self):
        launched = self.ec2.describe_instances()["Reservations"][0]["Instances"][0]
        tags = tags_of(launched)

        self.assertEqual("builder", tags["smart-proxy-rebuilder:role"])
        self.assertRegex(tags["smart-proxy-rebuilder:builder-until"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertNotIn("Authorizing access to port 22", self.done.stdout)
        self.assertIn("Starting portForwarding session", self.done.stdout)

    @unittest.skipUnless(build_machine.HAS_NEWER_PACKER, "needs deprecate_at: PACKER_DIRECTORY")
    def test_deprecates_the_image_in_ninety_days(self):
        image = self.images()[0]
        created, deprecated = (
            date.fromisoformat(image[name][:10]) for name in ("CreationDate", "DeprecationTime")
        )

        self.assertEqual(90, (deprecated - created).days)

    def test_gives_the_builder_a_time_to_power_itself_off(self):
        self.assertEqual("--poweroff +240\n", self.builder.read("/stub-log/shutdown"))

    def test_checks_the_image_before_it_is_made(self):
        self.assertIn("0 checks failed", self.done.stdout)
        self.assertLess(self.done.stdout.index("0 checks failed"), self.done.stdout.index("Creating AMI"))

    def test_makes_a_disk_that_boots_into_a_proxy(self):
        instance = Case(self.builder)
        self.addCleanup(instance.destroy)
        instance.write("/etc/hostname", f"{proxy_machine.OWN_NAME}\n")
        cloud_init.seed(instance, user_data.render("two-names"))

        report = "smart-proxy-boot-report 0 >/tmp/report"
        cloud_init.power_on(instance, report, environment=proxy_machine.WITHOUT_LOGS)

        report = json.loads(instance.read("/tmp/report"))
        self.assertEqual(("done", "done"), (report["cloudInit"], report["boot"]["status"]), report)
        self.assertEqual(f"{imds.INSTANCE_ID}\n", instance.read("/var/www/html/pub/instance-id"))

    def test_makes_a_disk_with_no_login(self):
        people = [
            line for line in self.builder.read("/etc/passwd").splitlines()
            if 1000 <= int(line.split(":")[2]) < 60000
        ]

        self.assertIn(builder_machine.LOGIN, [line.split(":")[0] for line in people])
        self.assertEqual({"/sbin/nologin"}, {line.split(":")[6] for line in people})
        self.assertIn("users: []", self.builder.read("/etc/cloud/cloud.cfg.d/90-nobody-logs-in.cfg"))


class FailedBake(Bake):
    def setUp(self):
        # Each test has a builder of its own, at the one address that there is.
        self.addCleanup(self.doClassCleanups)
        self.prepare()

    def expect_no_image(self, build, done):
        self.assertNotEqual(0, done.returncode)
        self.assertEqual("IMAGE_ID=\n", build.read("/tmp/exported"))
        self.assertEqual([], self.images())
        self.expect_no_leftovers()

    def test_a_package_that_is_missing_makes_no_image(self):
        builder_machine.misbehave(self.builder, "pulpcore", "lies", "lies", "lies")

        build, done = self.bake(BASE_IMAGE=OLDER_BASE_IMAGE)

        self.assertIn(f"Found Image ID: {OLDER_BASE_IMAGE}", done.stdout)
        self.assertIn("NOT INSTALLED: pulpcore", done.stdout + done.stderr)
        self.expect_no_image(build, done)

    def test_a_feature_that_the_lists_do_not_know_launches_no_builder(self):
        build, done = self.bake(FEATURES="pulpcore teleport")

        self.assertIn("features.txt has no feature teleport", done.stderr)
        self.assertNotEqual(0, done.returncode)
        self.assertEqual("IMAGE_ID=\n", build.read("/tmp/exported"))
        self.assertEqual([], self.ec2.describe_instances()["Reservations"])

    @unittest.skipUnless(build_machine.HAS_NEWER_PACKER, "needs error-cleanup-provisioner: PACKER_DIRECTORY")
    def test_a_failed_bake_takes_its_registration_back(self):
        builder_machine.misbehave(self.builder, "pulpcore", "fails", "fails", "fails")
        registration = {
            "PKR_VAR_katello_registration_host": "katello.example.com",
            "PKR_VAR_katello_organization": "Example",
            "PKR_VAR_katello_activation_key": "proxies",
            "PKR_VAR_katello_ca": "-----BEGIN CERTIFICATE-----",
        }

        build, done = self.bake(**registration)

        self.expect_no_image(build, done)
        calls = self.builder.read("/stub-log/subscription-manager").splitlines()
        self.assertIn("register --force --org=Example --activationkey=proxies", calls)
        self.assertEqual(["identity", "unregister", "clean"], calls[-3:])
        self.assertNotIn("proxies", done.stdout + done.stderr)

    def test_a_list_of_packages_that_cannot_be_uploaded_makes_no_image(self):
        aws.client("ssm").put_parameter(Name="/base-image", Value=OLDER_BASE_IMAGE, Type="String")

        build, done = self.bake(BASE_IMAGE="/base-image", ARTIFACTS_BUCKET="no-such-bucket")

        self.assertIn(f"Found Image ID: {OLDER_BASE_IMAGE}", done.stdout)
        self.assertIn("Creating AMI", done.stdout)
        self.assertIn("removed the incomplete image", done.stdout)
        described = self.ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]
        self.assertEqual([], [snapshot for snapshot in described if snapshot["Tags"]])
        self.expect_no_image(build, done)
