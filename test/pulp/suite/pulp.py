"""A real Pulp: API and worker on a cluster and a disk of its own, set up as foreman-installer does.

Settings as in https://github.com/theforeman/puppet-pulpcore/blob/master/templates/settings.py.erb
"""

import http.client
import json
import os
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from suite.postgres import Cluster
from suite.processes import Server, run

BIN = Path(sys.executable).parent
_ROOT = "/pulp/api/v3/"
_SETTINGS = """
CONTENT_ORIGIN = "http://127.0.0.1"
SECRET_KEY = "{key}"
DATABASES = {{"default": {{"ENGINE": "django.db.backends.postgresql", "NAME": "pulpcore", "USER": "postgres",
                           "HOST": "{cluster}"}}}}
MEDIA_ROOT = "{disk}/media"
STATIC_ROOT = "{disk}/assets"
STATIC_URL = "/pulp/assets/"
WORKING_DIRECTORY = FILE_UPLOAD_TEMP_DIR = "{disk}/tmp"
DB_ENCRYPTION_KEY = "{disk}/symmetric.key"
REMOTE_USER_ENVIRON_NAME = "HTTP_REMOTE_USER"
AUTHENTICATION_BACKENDS = ["pulpcore.app.authentication.PulpNoCreateRemoteUserBackend"]
REST_FRAMEWORK__DEFAULT_AUTHENTICATION_CLASSES = ("pulpcore.app.authentication.PulpRemoteUserAuthentication",)
ALLOWED_CONTENT_CHECKSUMS = ["sha1", "sha224", "sha256", "sha384", "sha512"]
TOKEN_AUTH_DISABLED = True
CACHE_ENABLED = False
ANALYTICS = False
"""


class Pulp:
    def __init__(self, folder):
        self.folder = folder
        self.disk = folder / "disk"
        self.media = self.disk / "media"
        self.cluster = Cluster(folder / "cluster")
        self.socket = folder / "api.socket"
        self._servers = []

    def prepare(self):
        self.folder.mkdir()
        for name in ("media", "assets", "tmp"):
            (self.disk / name).mkdir(parents=True)
        text = _SETTINGS.format(key="k" * 50, cluster=self.cluster.socket, disk=self.disk)
        (self.folder / "settings.py").write_text(text)
        (self.disk / "symmetric.key").write_text(run("openssl", "rand", "-base64", "32"))

    def environment(self):
        return {
            "PULP_SETTINGS": str(self.folder / "settings.py"),
            "DJANGO_SETTINGS_MODULE": "pulpcore.app.settings",
            "PATH": f"{BIN}:{os.environ['PATH']}",
        }

    def manage(self, *arguments):
        run(str(BIN / "pulpcore-manager"), *arguments, environment=self.environment(), cwd=self.folder)

    def start(self):
        self.cluster.start()
        self.start_services()

    def start_services(self):
        environment = self.environment()
        api = [str(BIN / "pulpcore-api"), "-b", f"unix:{self.socket}", "--workers", "1", "--timeout", "90"]
        self._servers = [
            Server(self.folder, "api", api, environment),
            Server(self.folder, "worker", [str(BIN / "pulpcore-worker")], environment),
        ]

    def await_services(self):
        self._servers[0].await_that(self._has_worker)

    def _has_worker(self):
        try:
            return self.get("status/")["online_workers"]
        except (OSError, http.client.HTTPException):
            return None

    def stop_services(self):
        for server in self._servers:
            server.stop()
        self._servers = []

    def stop(self):
        self.stop_services()
        self.cluster.stop()

    def call(self, method, path, body=None):
        """Past the TLS front: as Pulp's admin, on its socket."""
        url = path if path.startswith("/") else _ROOT + path
        connection = http.client.HTTPConnection("localhost", timeout=90)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(self.socket))
        headers = {"Remote-User": "admin", "Content-Type": "application/json"}
        connection.request(method, url, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status >= 300:
            raise AssertionError(f"{method} {url} answered {answer.status}: {text[:2000]!r}")
        return json.loads(text) if text else None

    def get(self, path, **query):
        return self.call("GET", f"{path}?{urlencode(query)}" if query else path)

    def post(self, path, **body):
        return self.call("POST", path, body)

    def await_task(self, href, limit_seconds=120):
        end = time.monotonic() + limit_seconds
        while time.monotonic() < end:
            task = self.get(href)
            if task["state"] in ("completed", "failed", "canceled"):
                return task
            time.sleep(0.1)
        raise AssertionError(f"{task['name']} is still {task['state']} after {limit_seconds} s")

    def completed(self, href):
        task = self.await_task(href)
        if task["state"] != "completed":
            raise AssertionError(f"{task['name']} is {task['state']}: {task['error']}")
        return task
