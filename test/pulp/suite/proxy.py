"""A Smart Proxy as far as its content report can tell: a Pulp behind TLS, a gateway, and the settings of an instance."""

import json
import os
import subprocess

from suite.answer import Answer
from suite.certificates import NAME
from suite.front import Front
from suite.pulp import Pulp


# INSTANCE_PYTHON=/opt/python3.9/bin/python3 is nearer to an instance than the machine's own.
_PYTHON = os.environ.get("INSTANCE_PYTHON", "/usr/bin/python3")


class Proxy:
    def __init__(self, folder, instance_id, certificates, storage):
        self.instance_id = instance_id
        self.pulp = Pulp(folder / instance_id)
        self._folder = folder
        self._certificates = certificates
        self._storage = storage
        self.front = None

    def start(self):
        self.pulp.start()
        self.front = Front(self.pulp.socket, self._certificates, NAME, {NAME})

    def stop(self):
        if self.front is not None:
            self.front.stop()
        self.pulp.stop()

    def settings(self):
        """What differs from an instance: folders, ports, and the administrator of the database."""
        certificate, key = map(str, self._certificates.of(NAME))
        gateway = self.pulp.folder / "container_gateway.yml"
        if not gateway.exists():
            gateway.write_text(":enabled: https\n:db_connection_string: postgres:///container_gateway\n")
        proxy = self.pulp.folder / "proxy.json"
        proxy.write_text(json.dumps({"proxyName": "eu-north", "certificateName": NAME, "region": "eu-central-1"}))
        return {
            "proxy": str(proxy),
            "apiPort": self.front.port,
            "clientCertificate": certificate,
            "clientKey": key,
            "authorities": [str(self._certificates.authority)],
            "media": str(self.pulp.media),
            "psql": self.pulp.cluster.psql(),
            "gatewaySettings": str(gateway),
            "aws": self._storage.aws,
        }

    def report(self, limit_seconds=None, gateway="", environment=None, **changes):
        """Runs the document's script as the agent does, and reads what it says."""
        file = self.pulp.folder / "report-settings.json"
        file.write_text(json.dumps({**self.settings(), **changes}))
        script = (self._folder / "script.sh").read_text()
        if limit_seconds is not None:
            script = script.replace("LIMIT_SECONDS=600", f"LIMIT_SECONDS={limit_seconds}")
        script = script.replace("CONTENT_REPORT_GATEWAY=''", f"CONTENT_REPORT_GATEWAY='{gateway}'")
        script = script.replace("/usr/bin/python3", _PYTHON)
        path = self.pulp.folder / "_script.sh"
        path.write_text(script)
        path.chmod(0o700)
        variables = {
            "PATH": "/usr/bin:/bin",
            "AWS_SSM_INSTANCE_ID": self.instance_id,
            "CONTENT_REPORT_SETTINGS": str(file),
            **self._storage.environment(),
            **(environment or {}),
        }
        done = subprocess.run(
            ["sh", "-c", str(path)], env=variables, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
        )
        return Answer(done, self._storage)
