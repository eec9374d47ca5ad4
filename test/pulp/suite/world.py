"""The world that all tests share: two proxies, the upstream, and the bucket. Starting Pulp takes seconds, so it is one."""

import os
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

from suite import mirror
from suite.certificates import Certificates
from suite.processes import run
from suite.proxy import Proxy
from suite.storage import BUCKET, Storage
from suite.template import give_databases
from suite.upstream import Upstream

PACKAGES, ADVISORIES, FILES, CACHEABLE = 40, 3, 7, 12
IMAGE = "tools/busybox"
# The image's configuration and its layer; Pulp keeps manifests as rows.
BLOBS = 2

world = None


class World:
    def __init__(self, folder, stack):
        self.upstream = Upstream(folder / "upstream")
        stack.callback(self.upstream.stop)
        self.storage = Storage(folder)
        stack.callback(self.storage.stop)
        certificates = self.certificates = Certificates(folder / "certificates")
        self.incumbent = Proxy(folder, "i-0000000000000000a", certificates, self.storage)
        self.replacement = Proxy(folder, "i-0000000000000000b", certificates, self.storage)
        proxies = (self.incumbent, self.replacement)
        for proxy in proxies:
            proxy.pulp.prepare()
        give_databases(folder, *(proxy.pulp for proxy in proxies))
        for proxy in proxies:
            stack.callback(proxy.stop)
            proxy.start()
        for proxy in proxies:
            proxy.pulp.await_services()
        self.storage.await_service()
        self._make_upstream()
        self._fill()

    def _make_upstream(self):
        self.upstream.add_rpms("baseos", PACKAGES, ADVISORIES)
        self.upstream.add_rpms("appstream", CACHEABLE)
        self.upstream.add_rpms("damaged", PACKAGES, ADVISORIES)
        self.upstream.add_rpms("slow", 20)
        self.upstream.add_files("files", FILES)
        self.upstream.add_image(IMAGE, "1.36")

    def _fill(self):
        """Both proxies, as a rebuild leaves them: the replacement has everything but one small repository."""
        for proxy in (self.incumbent, self.replacement):
            pulp, url = proxy.pulp, self.upstream.url
            mirror.fill(pulp, "rpm", "baseos", f"{url}/baseos/")
            mirror.fill(pulp, "rpm", "appstream", f"{url}/appstream/", "on_demand")
            mirror.fill(pulp, "file", "files", f"{url}/files/PULP_MANIFEST")
            mirror.fill(pulp, "container", "busybox", url, upstream_name=IMAGE)
        mirror.fill(self.incumbent.pulp, "file", "agent", f"{self.upstream.url}/files/PULP_MANIFEST")
        mirror.add(self.replacement.pulp, "file", "agent", f"{self.upstream.url}/files/PULP_MANIFEST")
        self.incumbent.pulp.cluster.query(
            "INSERT INTO repositories (name, auth_required) VALUES ('org/busybox', true), ('org/b', false)",
            "container_gateway",
        )


@contextmanager
def running():
    """Makes the world, in a folder with a short name: the names of sockets have a limit."""
    global world
    folder = Path(tempfile.mkdtemp(prefix="pulp-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        # The clusters below it may belong to another account.
        folder.chmod(0o711)
        (folder / "upstream").mkdir()
        _render_script(folder / "script.sh")
        world = World(folder, stack)
        yield


def _render_script(path):
    repository = Path(os.environ["REPOSITORY"])
    node = str(repository / "node_modules/.bin/node")
    quiet = "--disable-warning=ExperimentalWarning"
    run(node, quiet, str(repository / "test/pulp/render-script.ts"), BUCKET, str(path))
