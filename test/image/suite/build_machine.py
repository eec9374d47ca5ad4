"""The container in which CodeBuild runs a bake, and CodeBuild's way through a buildspec."""

import os

import yaml

from suite import aws
from suite.case import Case

STUBS = "/repo/test/image/stubs"
ENVIRONMENT = {
    "FLEET": "europe",
    "FOREMAN_VERSION": "3.19",
    "KATELLO_VERSION": "4.21",
    "BASE_IMAGE": "",
    "EXECUTION": "rebuild-2026-11-22",
    "ARTIFACTS_BUCKET": "fleet-certs",
    "AWS_REGION": aws.REGION,
    "AWS_DEFAULT_REGION": aws.REGION,
    "BUILDER_INSTANCE_PROFILE": "smart-proxy-builder",
    "OPERATING_SYSTEM": "rhel9",
    "CODEBUILD_RESOLVED_SOURCE_VERSION": "0123abcd",
    "AWS_ACCESS_KEY_ID": "codebuild",
    "AWS_SECRET_ACCESS_KEY": "codebuild-secret",
    "SSL_CERT_FILE": "/etc/aws-ca.pem",
    "CHECKPOINT_DISABLE": "1",
}


def make():
    case = Case()
    aws.equip(case)
    case.write("/etc/hostname", "codebuild\n")
    case.install(f"{STUBS}/session-manager-plugin", "/usr/local/bin/session-manager-plugin")
    if not os.path.exists("/opt/packer"):
        case.install(f"{STUBS}/packer", "/usr/local/bin/packer")
    return case


def run_buildspec(case, path="/repo/packer/buildspec.yml", **environment):
    """Runs the phases as CodeBuild does: one shell, a phase's "finally" in any case, stop at a failure."""
    with open(path, encoding="utf-8") as file:
        buildspec = yaml.safe_load(file)
    exported = buildspec["env"]["exported-variables"]
    lines = ["mkdir -p /src && cp -r /repo/ansible /repo/packer /src/ && cd /src", "failed=0"]
    for name in ("install", "pre_build", "build", "post_build"):
        phase = buildspec["phases"].get(name, {})
        for command in phase.get("commands", []):
            lines.append(f"((failed)) || {{ {command}; }} || failed=1")
        for command in phase.get("finally", []):
            lines.append(f"{{ {command}; }} || failed=1")
    lines += [f'echo "{name}=${{{name}:-}}" >>/tmp/exported' for name in exported]
    lines.append("exit $failed")
    return case.run(
        "bash", "-c", "\n".join(lines), environment={**ENVIRONMENT, **environment}, timeout_seconds=200
    )
