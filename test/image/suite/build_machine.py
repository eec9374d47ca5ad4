"""The container in which CodeBuild runs a bake, and CodeBuild's way through a buildspec."""

import os

import yaml

from suite import aws
from suite.case import Case, expect_success

STUBS = "/repo/test/image/stubs"
_NEWER_PACKER = "/opt/packer"
HAS_NEWER_PACKER = os.path.exists(_NEWER_PACKER)
ENVIRONMENT = {
    "FLEET": "europe",
    "FOREMAN_VERSION": "3.19",
    "KATELLO_VERSION": "4.21",
    "FEATURES": "pulpcore registration templates logs script",
    "BASE_IMAGE": "",
    "EXECUTION": "rebuild-2026-11-22",
    "ARTIFACTS_BUCKET": "fleet-certs",
    "AWS_REGION": aws.REGION,
    "AWS_DEFAULT_REGION": aws.REGION,
    "BUILDER_INSTANCE_PROFILE": "smart-proxy-builder",
    "OPERATING_SYSTEM": "rhel9",
    "CODEBUILD_SOURCE_REPO_URL": "s3://cdk-assets/0123abcd.zip",
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
    if HAS_NEWER_PACKER:
        _install_newer_packer(case)
    else:
        case.install(f"{STUBS}/packer", "/usr/local/bin/packer")
    return case


def _install_newer_packer(case):
    case.bind(_NEWER_PACKER, "/opt/packer")
    case.path("/usr/local/bin/packer").symlink_to("/opt/packer/packer")
    plugin = ("--path", "/opt/packer/packer-plugin-amazon", "github.com/hashicorp/amazon")
    expect_success(case.run("packer", "plugins", "install", *plugin))


def run_buildspec(case, scripts=None, **environment):
    """Runs the phases as CodeBuild does: one shell, a phase's "finally" in any case, stop at a failure."""
    with open("/repo/packer/buildspec.yml", encoding="utf-8") as file:
        buildspec = yaml.safe_load(file)
    lines = ["mkdir -p /src && cp -r /repo/ansible /repo/packer /src/ && cd /src", "failed=0"]
    if scripts:
        lines.append(f"cp {scripts}/* packer/build/")
    for name in ("install", "pre_build", "build", "post_build"):
        phase = buildspec["phases"].get(name, {})
        for command in phase.get("commands", []):
            lines.append(f"((failed)) || {{ {command}; }} || failed=1")
        for command in phase.get("finally", []):
            lines.append(f"{{ {command}; }} || failed=1")
    for name in buildspec["env"]["exported-variables"]:
        lines.append(f'echo "{name}=${{{name}:-}}" >>/tmp/exported')
    lines.append("exit $failed")
    return case.run(
        "bash", "-c", "\n".join(lines), environment={**ENVIRONMENT, **environment}, timeout_seconds=300
    )
