"""A machine made from the image, before its first power-on, and what it finds in AWS."""

import functools
import hashlib
import json
import re
import subprocess
import tempfile

from suite import aws, user_data
from suite.case import Case, expect_success
from suite.certificates import Authority

OWN_NAME = "ip-10-20-0-10.eu-central-1.compute.internal"
# Cuts the shipping of logs short, for tests of other things.
WITHOUT_LOGS = {"LOGS_LIMIT_SECONDS": "0.1"}
STUBS = "/repo/test/image/stubs"
STATUS = "/var/lib/smart-proxy-rebuilder/status.json"
SETTINGS = "/etc/smart-proxy-rebuilder/proxy.json"
# The installer's stub is given to the case as if it were the real one.
_COMMANDS = {
    "builder/dnf": "/usr/bin/dnf",
    "builder/rpm": "/usr/bin/rpm",
    "hostnamectl": "/usr/bin/hostnamectl",
    "foreman-installer": "/usr/sbin/foreman-installer",
    "update-ca-trust": "/usr/bin/update-ca-trust",
    "smart-proxy-services": "/usr/local/lib/smart-proxy-services",
}
katello = Authority("Katello of the tests")


@functools.cache
def _image():
    """A machine with the first boot installed by the bake's own script."""
    case = Case()
    aws.equip(case)
    case.write("/etc/hostname", f"{OWN_NAME}\n")
    for name, target in _COMMANDS.items():
        case.install(f"{STUBS}/{name}", target)
    case.path("/etc/pki/ca-trust/source/anchors").mkdir(parents=True)
    case.path("/stub-log").mkdir()
    # The packages of all features, and no repository.
    expect_success(case.run("bash", "-c", """
        mkdir -p /var/lib/stub-rpm && cd /var/lib/stub-rpm &&
        features=$(jq -r '.packages | keys - ["base"] | join(" ")' /repo/test/image/catalogue.json) &&
        bash /repo/packer/scripts/list-packages.sh /repo/packer/packages "$features" 3.19 |
          sed '/^#/d; /^$/d; s/ .*//' | xargs touch"""))
    user = ["useradd", "--system", "--create-home", "--home", "/var/lib/foreman-proxy", "foreman-proxy"]
    expect_success(case.run(*user))
    expect_success(case.run("/repo/packer/scripts/install-first-boot.sh", "/repo/ansible"))
    return case


def make(layout="two-names", **settings):
    """A machine of that image, with the settings that user data gives it."""
    case = Case(_image())
    case.write(SETTINGS, json.dumps({**settings_of(layout), **settings}), 0o600)
    return case


def settings_of(layout):
    """The settings file in the user data. In the tests of user data cloud-init itself takes it out."""
    block = re.search(r"content: \|\n((?:      .*\n)+)", user_data.render(layout))
    return json.loads(block.group(1))


def stock_aws(layout="two-names", tar=None, checksum=True):
    """Puts into AWS what an operator has put there for the proxy of this layout; the SHA-256 of its tar."""
    values = user_data.examples()[layout]
    names = dict.fromkeys([values["certificateName"], values["serviceName"]])
    body = tar or katello.certs_tar(*names)
    s3 = aws.client("s3")
    s3.create_bucket(
        Bucket=aws.BUCKET, CreateBucketConfiguration={"LocationConstraint": aws.REGION}
    )
    s3.put_object(
        Bucket=aws.BUCKET, Key=values["certsKey"], Body=body,
        **({"ChecksumAlgorithm": "SHA256"} if checksum else {}),
    )
    ssm = aws.client("ssm")
    ca = katello.certificate.read_text()
    ssm.put_parameter(Name="/europe/ca", Value=ca, Type="String")
    ssm.put_parameter(
        Name="/europe/remote-execution-key", Value=REMOTE_EXECUTION_KEY, Type="SecureString"
    )
    aws.client("logs").create_log_group(logGroupName=values["logGroup"])
    return hashlib.sha256(body).hexdigest()


def status(case):
    return json.loads(case.read(STATUS))


def certificate(case):
    """The one that expires first, as the machine keeps it for the boot report."""
    return json.loads(case.read("/var/lib/smart-proxy-rebuilder/certificate.json"))


def missing_names(case):
    """The proxy's names that its certificates do not cover, as the machine keeps them for the boot report."""
    return json.loads(case.read("/var/lib/smart-proxy-rebuilder/missing-names.json"))


def installer_runs(case):
    """The arguments of each run of the installer."""
    path = "/var/log/installer-arguments"
    return [json.loads(line) for line in case.read(path).splitlines()] if case.exists(path) else []


def shipped(stream):
    """What CloudWatch has received in a stream, as one text."""
    answer = aws.client("logs").get_log_events(
        logGroupName="/europe/boot", logStreamName=stream, startFromHead=True
    )
    return "\n".join(event["message"] for event in answer["events"])


def _new_key():
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", f"{directory}/key"], check=True
        )
        return open(f"{directory}/key", encoding="utf-8").read()


REMOTE_EXECUTION_KEY = _new_key()
