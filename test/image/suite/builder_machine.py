"""The machine on which an image is baked, as a base image gives it."""

import functools

from suite import aws, downloads
from suite.case import Case, expect_success

STUBS = "/repo/test/image/stubs"
SCRIPTS = "/repo/packer/scripts"
UPLOAD = "/var/tmp/smart-proxy-rebuilder"
LOGIN = "ec2-user"
BAKE = {
    "UPLOAD": UPLOAD,
    "LOGIN": LOGIN,
    "FOREMAN_VERSION": "3.19",
    "KATELLO_VERSION": "4.21",
    "FEATURES": "pulpcore registration templates logs script openscap",
    "REPOSITORIES": "public",
    "AWS_CLI_VERSION": "2.31.0",
    "PAUSE_SECONDS": "0",
}
REPOSITORY = "[base]\nname=base\nbaseurl=https://mirror.example.com\nenabled=1\n"
RHSM = "hostname = subscription.rhsm.redhat.com\nrepo_ca_cert = /etc/rhsm/ca/redhat-uep.pem\n"
_COMMANDS = ("dnf", "rpm", "systemctl", "grubby", "shutdown", "ss", "subscription-manager")


@functools.cache
def _base_image():
    case = Case()
    aws.equip(case)
    downloads.equip(case)
    case.write("/etc/hostname", "builder\n")
    case.path("/stub-log").mkdir()
    case.path("/usr/bin/ss").rename(case.path("/usr/bin/ss.real"))
    case.path("/usr/local/bin/aws").unlink()
    for name in _COMMANDS:
        case.install(f"{STUBS}/builder/{name}", f"/usr/bin/{name}")
    for name in ("hostnamectl", "update-ca-trust"):
        case.install(f"{STUBS}/{name}", f"/usr/bin/{name}")
    case.install(f"{STUBS}/smart-proxy-services", "/usr/local/lib/smart-proxy-services")
    case.path("/etc/pki/ca-trust/source/anchors").mkdir(parents=True)
    expect_success(case.run("useradd", "--create-home", "--shell", "/bin/bash", LOGIN))
    # As on EL9, a locked account is no obstacle to a key.
    expect_success(case.run("usermod", "--password", "*", LOGIN))
    case.write("/etc/sudoers.d/90-cloud-init-users", f"{LOGIN} ALL=(ALL) NOPASSWD:ALL\n", 0o440)
    case.write(f"/home/{LOGIN}/.ssh/authorized_keys", "ssh-rsa AAAA builder\n")
    case.write(f"/home/{LOGIN}/.bash_history", "history\n")
    case.write("/etc/yum.repos.d/base.repo", REPOSITORY)
    case.write("/etc/rhsm/rhsm.conf", RHSM)
    case.write("/var/log/messages", "the builder's log\n")
    case.write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
    case.write("/etc/ssh/ssh_host_ed25519_key", "the builder's key\n")
    return case


def make():
    return Case(_base_image())


def upload(case):
    """What Packer's file provisioner does."""
    expect_success(case.run(
        "bash", "-c", f"mkdir -p {UPLOAD} && cp -r /repo/ansible /repo/packer/{{packages,scripts}} {UPLOAD}/"
    ))


def list_packages(case, path):
    """Writes the list of packages that the bake installs."""
    script = f"{SCRIPTS}/list-packages.sh /repo/packer/packages"
    command = f"bash {script} '{BAKE['FEATURES']}' {BAKE['FOREMAN_VERSION']} >{path}"
    expect_success(case.run("bash", "-c", command))
    return path


def run_script(case, name, *arguments, **environment):
    return case.run("bash", f"{SCRIPTS}/{name}", *arguments, environment={**BAKE, **environment})


def run_as_packer(case, name, **environment):
    """Runs a script as Packer does, from its own copy: the last one removes itself."""
    case.install(f"{SCRIPTS}/{name}", "/tmp/script.sh")
    return case.run("bash", "/tmp/script.sh", environment={**BAKE, **environment})


def misbehave(case, package, *manners):
    """What the stub of dnf does with this package, try after try."""
    case.write(f"/etc/stub-dnf/{package}", "".join(f"{manner}\n" for manner in manners))
