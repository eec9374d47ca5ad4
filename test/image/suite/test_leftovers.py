"""What a bake that died leaves behind, and who removes it."""

import unittest

from suite import aws, build_machine
from suite.case import expect_success

EXECUTION = build_machine.ENVIRONMENT["EXECUTION"]
LONG_AGO, FAR_AHEAD = "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"


def builder_tags(execution, until, fleet="europe"):
    values = {"fleet": fleet, "role": "builder", "execution": execution, "builder-until": until}
    return [{"Key": f"smart-proxy-rebuilder:{key}", "Value": value} for key, value in values.items()]


class Leftovers(unittest.TestCase):
    """Builders of all kinds, the things made for them and an incomplete image, and one run of the script."""

    @classmethod
    def setUpClass(cls):
        aws.reset()
        cls.ec2 = aws.client("ec2")
        cls.of_this_execution = cls.launch(EXECUTION, FAR_AHEAD)
        cls.of_a_stopped_build = cls.launch("stopped-execution", LONG_AGO)
        cls.of_another_bake = cls.launch("other-execution", FAR_AHEAD)
        cls.of_another_fleet = cls.launch("other-execution", LONG_AGO, "asia")
        cls.make_belongings()
        name = "smart-proxy-europe-katello-4.21-20261122-204555"
        cls.image = cls.ec2.create_image(InstanceId=cls.of_this_execution, Name=name)["ImageId"]
        devices = cls.ec2.describe_images(ImageIds=[cls.image])["Images"][0]["BlockDeviceMappings"]
        cls.snapshot = devices[0]["Ebs"]["SnapshotId"]
        cls.case = build_machine.make()
        cls.addClassCleanup(cls.case.destroy)
        cls.case.write("/tmp/image-name", f"{name}\n")
        cls.case.write("/tmp/image-id", f"{cls.image}\n")
        cls.remove()
        cls.images_after_a_good_bake = cls.images()
        cls.case.path("/tmp/image-id").unlink()
        cls.after_a_failed_bake = cls.remove()

    @classmethod
    def launch(cls, *tags):
        specification = {"ResourceType": "instance", "Tags": builder_tags(*tags)}
        launched = cls.ec2.run_instances(
            ImageId="ami-0aaaaaaaaaaaaaaa2", MinCount=1, MaxCount=1, TagSpecifications=[specification]
        )
        return launched["Instances"][0]["InstanceId"]

    @classmethod
    def make_belongings(cls):
        def tags(kind):
            return [{"ResourceType": kind, "Tags": builder_tags(EXECUTION, FAR_AHEAD)}]

        cls.ec2.create_key_pair(KeyName="packer_1", TagSpecifications=tags("key-pair"))
        cls.ec2.create_security_group(
            GroupName="packer_1", Description="of a builder", TagSpecifications=tags("security-group")
        )
        cls.volume = cls.ec2.create_volume(
            AvailabilityZone=f"{aws.REGION}a", Size=1, TagSpecifications=tags("volume")
        )["VolumeId"]

    @classmethod
    def remove(cls):
        """Runs the script where bake.sh was run before it."""
        return expect_success(cls.case.run(
            "bash", "-c", "cd /tmp && bash /repo/packer/build/remove-leftovers.sh",
            environment=build_machine.ENVIRONMENT,
        ))

    @classmethod
    def images(cls):
        return [image["ImageId"] for image in cls.ec2.describe_images(Owners=["self"])["Images"]]

    def state(self, instance):
        answer = self.ec2.describe_instances(InstanceIds=[instance])
        return answer["Reservations"][0]["Instances"][0]["State"]["Name"]

    def test_of_this_execution_are_removed(self):
        self.assertEqual("terminated", self.state(self.of_this_execution))

    def test_of_a_stopped_build_are_removed_when_their_time_is_over(self):
        self.assertEqual("terminated", self.state(self.of_a_stopped_build))

    def test_of_another_bake_that_goes_on_are_left_alone(self):
        self.assertEqual("running", self.state(self.of_another_bake))

    def test_of_another_fleet_are_left_alone(self):
        self.assertEqual("running", self.state(self.of_another_fleet))

    def test_include_key_pairs_security_groups_and_volumes(self):
        groups = [group["GroupName"] for group in self.ec2.describe_security_groups()["SecurityGroups"]]
        volumes = [volume["VolumeId"] for volume in self.ec2.describe_volumes()["Volumes"]]

        self.assertEqual([], self.ec2.describe_key_pairs()["KeyPairs"])
        self.assertEqual({"default"}, set(groups))
        self.assertNotIn(self.volume, volumes)

    def test_include_a_half_image_by_its_name(self):
        left = [entry["SnapshotId"] for entry in self.ec2.describe_snapshots()["Snapshots"]]

        self.assertIn(f"removed the incomplete image {self.image}", self.after_a_failed_bake.stdout)
        self.assertEqual([], self.images())
        self.assertNotIn(self.snapshot, left)

    def test_do_not_include_the_image_of_a_bake_that_ended_well(self):
        self.assertEqual([self.image], self.images_after_a_good_bake)


class Buildspec(unittest.TestCase):
    """The buildspec against scripts that only say that they ran."""

    def run_with(self, bake):
        case = build_machine.make()
        self.addCleanup(case.destroy)
        said = "#!/bin/bash\necho \"$(basename \"$0\")\" >>/tmp/said\n"
        for name in ("install-tools", "remove-leftovers"):
            case.write(f"/fake/{name}.sh", said)
        case.write("/fake/bake.sh", f"{said}{bake}\n")
        done = build_machine.run_buildspec(case, scripts="/fake")
        return done, case.read("/tmp/said").split(), case.read("/tmp/exported")

    def test_exports_the_image_and_cleans_up_at_both_ends(self):
        done, said, exported = self.run_with("echo ami-1 >image-id")

        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(
            ["install-tools.sh", "remove-leftovers.sh", "bake.sh", "remove-leftovers.sh"], said
        )
        self.assertEqual("IMAGE_ID=ami-1\n", exported)

    def test_cleans_up_after_a_failed_bake_and_exports_nothing(self):
        done, said, exported = self.run_with("exit 1")

        self.assertNotEqual(0, done.returncode)
        self.assertEqual("remove-leftovers.sh", said[-1])
        self.assertEqual("IMAGE_ID=\n", exported)
