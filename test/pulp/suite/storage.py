"""The artifacts bucket: moto's S3, which the real AWS CLI writes to."""

import os
import socket
import tempfile
import urllib.request
from pathlib import Path

from suite.processes import Server, run

BUCKET = "artifacts"
_BIN = Path(os.environ["CACHE"]) / "aws" / "bin"


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Storage:
    aws = str(_BIN / "aws")

    def __init__(self, folder):
        self._port = _free_port()
        command = [str(_BIN / "moto_server"), "-H", "127.0.0.1", "-p", str(self._port)]
        self._server = Server(folder, "moto", command)

    def await_service(self):
        self._server.await_that(self._has_bucket)

    def _has_bucket(self):
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}/{BUCKET}", method="PUT")
        try:
            return urllib.request.urlopen(request, timeout=10).status == 200
        except OSError:
            return False

    def environment(self):
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._port}",
            "AWS_ACCESS_KEY_ID": "access-key",
            "AWS_SECRET_ACCESS_KEY": "secret-access-key",
        }

    def read(self, key):
        with tempfile.NamedTemporaryFile() as file:
            run(self.aws, "s3api", "get-object", "--region=eu-central-1", f"--bucket={BUCKET}", f"--key={key}",
                file.name, environment=self.environment())
            return Path(file.name).read_bytes()

    def stop(self):
        self._server.stop()
