"""Powers a machine on: the real cloud-init takes the user data through all of its stages."""

import json

from suite import imds

# What a cloud image of EL9 runs, less the modules that would speak to a network or to systemd.
_CONFIGURATION = """
datasource_list: [NoCloud]
cloud_init_modules: [write-files, update_hostname, users-groups]
cloud_config_modules: [set-passwords, runcmd]
cloud_final_modules: [scripts-user, final-message]
"""
STAGES = """
mkdir -p /run/cloud-init
cloud-init init --local; cloud-init init; cloud-init modules --mode=config; cloud-init modules --mode=final
"""


def seed(case, text):
    case.write("/etc/cloud/cloud.cfg.d/99_test.cfg", _CONFIGURATION)
    case.write("/var/lib/cloud/seed/nocloud/user-data", text)
    hostname = case.read("/etc/hostname").strip()
    meta_data = {"instance-id": imds.INSTANCE_ID, "local-hostname": hostname}
    case.write("/var/lib/cloud/seed/nocloud/meta-data", json.dumps(meta_data))


def power_on(case, and_then="true", environment=None):
    """Boots, and runs one more command while the services of that boot are still there."""
    return case.run("bash", "-c", f"({STAGES}) &>/tmp/cloud-init-stages; {and_then}", environment=environment)
