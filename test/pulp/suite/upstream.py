"""What both Pulps sync from, in the place of Katello's Pulp: repositories made here, served on the loopback.

RPM repositories are made with createrepo_c, a file repository is a PULP_MANIFEST, and the container registry is the
part of the distribution API that a sync asks for.
"""

import hashlib
import json
import random
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import createrepo_c

_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_CONFIG = "application/vnd.oci.image.config.v1+json"
_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


class Upstream:
    """Whatever lies below `slow/` is answered only after `release` has been set."""

    def __init__(self, folder):
        self.folder = folder
        self.release = threading.Event()
        self.held = threading.Event()
        upstream = self

        class Handler(SimpleHTTPRequestHandler):
            def __init__(self, *arguments):
                super().__init__(*arguments, directory=str(folder))

            def do_GET(self):
                if self.path.startswith("/slow/Packages/"):
                    upstream.held.set()
                    upstream.release.wait(60)
                super().do_GET()

            def guess_type(self, path):
                return _MANIFEST if "/manifests/" in str(path) else super().guess_type(path)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self.release.set()
        self._server.shutdown()

    def add_rpms(self, name, count, advisories=0):
        path = self.folder / name
        (path / "Packages").mkdir(parents=True)
        (path / "repodata").mkdir()
        files = {
            "primary": createrepo_c.PrimaryXmlFile(str(path / "repodata/primary.xml.gz")),
            "filelists": createrepo_c.FilelistsXmlFile(str(path / "repodata/filelists.xml.gz")),
            "other": createrepo_c.OtherXmlFile(str(path / "repodata/other.xml.gz")),
        }
        for file in files.values():
            file.set_num_of_pkgs(count)
        for index in range(count):
            package = _package(path, f"{name}-{index:03}")
            for file in files.values():
                file.add_pkg(package)
        for file in files.values():
            file.close()
        if advisories:
            (path / "repodata/updateinfo.xml").write_text(_advisories(name, advisories))
        _write_repomd(path, [*files, *(["updateinfo"] if advisories else [])])

    def add_files(self, name, count):
        path = self.folder / name
        path.mkdir()
        lines = []
        for index in range(count):
            data = _bytes(f"{name}{index}")
            (path / f"{index}.bin").write_bytes(data)
            lines.append(f"{index}.bin,{hashlib.sha256(data).hexdigest()},{len(data)}\n")
        (path / "PULP_MANIFEST").write_text("".join(lines))

    def add_image(self, name, tag):
        path = self.folder / "v2" / name
        for part in ("manifests", "blobs", "tags"):
            (path / part).mkdir(parents=True)

        def blob(data, kind):
            digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
            (path / "blobs" / digest).write_bytes(data)
            return {"mediaType": kind, "size": len(data), "digest": digest}

        config = {"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": []}}
        manifest = {
            "schemaVersion": 2,
            "mediaType": _MANIFEST,
            "config": blob(json.dumps(config).encode(), _CONFIG),
            "layers": [blob(_bytes(f"{name}-layer"), _LAYER)],
        }
        text = json.dumps(manifest).encode()
        for reference in (tag, f"sha256:{hashlib.sha256(text).hexdigest()}"):
            (path / "manifests" / reference).write_bytes(text)
        (path / "tags" / "list").write_text(json.dumps({"name": name, "tags": [tag]}))
        (self.folder / "v2" / "index.html").write_text("{}")


def _bytes(seed):
    return random.Random(seed).randbytes(2000)


def _package(path, name):
    """Pulp takes a package's metadata from primary.xml and its length and checksum from the file; it need not be one."""
    data = _bytes(name)
    file = f"Packages/{name}-1.0-1.el9.noarch.rpm"
    (path / file).write_bytes(data)
    package = createrepo_c.Package()
    package.name, package.epoch, package.version, package.release, package.arch = name, "0", "1.0", "1.el9", "noarch"
    package.pkgId, package.checksum_type = hashlib.sha256(data).hexdigest(), "sha256"
    package.location_href = file
    package.summary = package.description = package.url = package.rpm_license = "test"
    package.rpm_vendor = package.rpm_group = package.rpm_buildhost = package.rpm_packager = "test"
    package.rpm_sourcerpm = f"{name}-1.0-1.el9.src.rpm"
    package.rpm_header_start, package.rpm_header_end = 100, 400
    package.time_file = package.time_build = 1_700_000_000
    package.size_package = package.size_installed = package.size_archive = len(data)
    return package


def _advisories(name, count):
    updates = "".join(
        f'<update from="test" status="final" type="security" version="1"><id>{name.upper()}-{index}</id>'
        f'<title>t</title><issued date="2026-01-01 00:00:00"/><updated date="2026-01-01 00:00:00"/>'
        f"<description>d</description><pkglist/></update>"
        for index in range(count)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><updates>{updates}</updates>'


def _write_repomd(path, kinds):
    repomd = createrepo_c.Repomd()
    for kind in kinds:
        suffix = ".xml" if kind == "updateinfo" else ".xml.gz"
        record = createrepo_c.RepomdRecord(kind, str(path / f"repodata/{kind}{suffix}"))
        record.fill(createrepo_c.SHA256)
        repomd.set_record(record)
    repomd.set_revision("1")
    (path / "repodata/repomd.xml").write_text(repomd.xml_dump())
