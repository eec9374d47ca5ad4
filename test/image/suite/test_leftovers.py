"""What a bake that died leaves behind, and who removes it."""

import unittest

from suite import aws, build_machine
from suite.case import expect_success

EXECUTION = build_machine.ENVIRONMENT["EXECUTION"]
LONG_AGO, FAR_AHEAD = "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"


def builder_tags(execution, delete_after, fleet="europe"):
    values = {"fleet": fleet, "role": "builder", "execution": execution, "delete-after": delete_after}
    return [{"Key": f"smart-proxy-rebuilder:{key}", "Value": value} for key, value in values.items()]


class Leftovers(unittest.TestCase):
    def setUp(self):
        aws.reset()
        self.ec2 = aws.client("ec2")
        self.case = build_machine.make()
        self.addCleanup(self.case.destroy)

    def launch(self, *tags):
        specification = {"ResourceType": "instance", "Tags": builder_tags(*tags)}
        launched = self.ec2.run_instances(
            ImageId="ami-0aaaaaaaaaaaaaaa2", MinCount=1, MaxCount=1, TagSpecifications=[specification]
        )
        return launched["Instances"][0]["InstanceId"]

    def state(self, instance):
        answer = self.ec2.describe_instances(InstanceIds=[instance])
        return answer["Reservations"][0]["Instances"][0]["State"]["Name"]

    def remove(self):
        """Runs the script where bake.sh has been run before it."""
        return expect_success(self.case.run(
            "bash", "-c", "cd /tmp && bash /repo/packer/build/remove-leftovers.sh",
            environment=build_machine.ENVIRONMENT,
        ))

    def half_image(self):
        builder = self.launch(EXECUTION, FAR_AHEAD)
        self.case.write("/tmp/image-name", "smart-proxy-europe-katello-4.21-20261122-204555\n")
        name = self.case.read("/tmp/image-name").strip()
        return self.ec2.create_image(InstanceId=builder, Name=name)["ImageId"]

    def images(self):
        return [image["ImageId"] for image in self.ec2.describe_images(Owners=["self"])["Images"]]

    def test_of_this_execution_are_removed_at_once(self):
        builder = self.launch(EXECUTION, FAR_AHEAD)

        self.remove()

        self.assertEqual("terminated", self.state(builder))

    def test_of_a_stopped_build_are_removed_when_their_time_is_over(self):
        builder = self.launch("stopped-execution", LONG_AGO)

        self.remove()

        self.assertEqual("terminated", self.state(builder))

    def test_of_another_bake_that_goes_on_are_left_alone(self):
        builder = self.launch("other-execution", FAR_AHEAD)

        self.remove()

        self.assertEqual("running", self.state(builder))

    def test_of_another_fleet_are_left_alone(self):
        builder = self.launch("other-execution", LONG_AGO, "asia")

        self.remove()

        self.assertEqual("running", self.state(builder))

    def test_include_key_pairs_security_groups_and_volumes(self):
        tags = builder_tags(EXECUTION, FAR_AHEAD)
        self.ec2.create_key_pair(
            KeyName="packer_1", TagSpecifications=[{"ResourceType": "key-pair", "Tags": tags}]
        )
        self.ec2.create_security_group(
            GroupName="packer_1", Description="of a builder",
            TagSpecifications=[{"ResourceType": "security-group", "Tags": tags}],
        )
        self.ec2.create_volume(
            AvailabilityZone=f"{aws.REGION}a", Size=1,
            TagSpecifications=[{"ResourceType": "volume", "Tags": tags}],
        )

        self.remove()

        self.assertEqual([], self.ec2.describe_key_pairs()["KeyPairs"])
        groups = [group["GroupName"] for group in self.ec2.describe_security_groups()["SecurityGroups"]]
        self.assertEqual({"default"}, set(groups))
        self.assertEqual([], self.ec2.describe_volumes()["Volumes"])

    def test_include_a_half_image_that_has_no_tags_yet(self):
        image = self.half_image()
        devices = self.ec2.describe_images(ImageIds=[image])["Images"][0]["BlockDeviceMappings"]
        snapshot = devices[0]["Ebs"]["SnapshotId"]

        done = self.remove()

        self.assertIn(f"removed the half image {image}", done.stdout)
        self.assertEqual([], self.images())
        left = [entry["SnapshotId"] for entry in self.ec2.describe_snapshots()["Snapshots"]]
        self.assertNotIn(snapshot, left)

    def test_do_not_include_the_image_of_a_bake_that_ended_well(self):
        image = self.half_image()
        self.case.write("/tmp/image-id", f"{image}\n")

        self.remove()

        self.assertEqual([image], self.images())


class Buildspec(unittest.TestCase):
    """The buildspec against scripts that only say that they ran."""

    def run_with(self, bake):
        case = build_machine.make()
        self.addCleanup(case.destroy)
        said = "#!/bin/bash\necho \"$(basename \"$0\")\" >>/tmp/said\n"
        for name in ("install-tools", "remove-leftovers"):
            case.write(f"/fake/{name}.sh", said)
        case.write("/fake/bake.sh", f"{said}{bake}\n")
        case.run("bash", "-c", "mkdir -p /src")
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
