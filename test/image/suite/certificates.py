"""A certificate authority for the tests, and a certs.tar as Katello makes it."""

import subprocess
import tarfile
import tempfile
from pathlib import Path


class Authority:
    def __init__(self, name):
        self.directory = Path(tempfile.mkdtemp(prefix="authority-"))
        self.key, self.certificate = self.directory / "ca.key", self.directory / "ca.crt"
        _openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", f"/CN={name}",
            "-keyout", self.key, "-out", self.certificate,
        )

    def issue(self, *names, days=30):
        """Files of a key and a certificate for these names."""
        key, request, certificate, extensions = (
            self.directory / f"{names[0]}.{ending}" for ending in ("key", "csr", "crt", "ext")
        )
        extensions.write_text("subjectAltName=" + ",".join(f"DNS:{name}" for name in names))
        _openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={names[0]}",
            "-keyout", key, "-out", request,
        )
        _openssl(
            "x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self.key,
            "-CAcreateserial", "-days", days, "-extfile", extensions, "-out", certificate,
        )
        return key, certificate

    def certs_tar(self, *names, days=30, proxy=None):
        """The bytes of what foreman-proxy-certs-generate makes for a proxy of these names.

        Its own certificates are valid for so many days. The files are those of the first name, unless another
        proxy is given.
        """
        key, certificate = self.issue(*names, days=days)
        with tempfile.NamedTemporaryFile(suffix=".tar") as file:
            with tarfile.open(file.name, "w") as tar:
                tar.add(self.certificate, "ssl-build/katello-default-ca.crt")
                tar.add(self.certificate, "ssl-build/katello-server-ca.crt")
                for service in ("apache", "foreman-proxy"):
                    stem = f"ssl-build/{proxy or names[0]}/{proxy or names[0]}-{service}"
                    tar.add(certificate, f"{stem}.crt")
                    tar.add(key, f"{stem}.key")
            return Path(file.name).read_bytes()


def with_file(tar, name, content):
    """The bytes of a tar with a file more."""
    with tempfile.NamedTemporaryFile(suffix=".tar") as file, tempfile.NamedTemporaryFile() as added:
        Path(file.name).write_bytes(tar)
        Path(added.name).write_bytes(content)
        with tarfile.open(file.name, "a") as archive:
            archive.add(added.name, name)
        return Path(file.name).read_bytes()


def _openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
