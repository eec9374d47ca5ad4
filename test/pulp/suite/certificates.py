"""One authority, and certificates as Katello makes them for a proxy: a name, for server and client."""

from suite.processes import run

NAME = "eu-north-control.proxies.example.com"
STRANGER = "stranger.example.com"


class Certificates:
    def __init__(self, folder):
        folder.mkdir()
        self._folder = folder
        self.authority = folder / "authority.crt"
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Katello", "-days", "2",
            "-keyout", str(folder / "authority.key"), "-out", str(self.authority))
        for name in (NAME, STRANGER):
            self._issue(name)

    def of(self, name):
        """Certificate and key."""
        return self._folder / f"{name}.crt", self._folder / f"{name}.key"

    def _issue(self, name):
        certificate, key = self.of(name)
        request, extensions = self._folder / f"{name}.csr", self._folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName=DNS:{name}\n")
        run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}",
            "-keyout", str(key), "-out", str(request))
        run("openssl", "x509", "-req", "-in", str(request), "-days", "2", "-extfile", str(extensions),
            "-CA", str(self.authority), "-CAkey", str(self._folder / "authority.key"), "-CAcreateserial",
            "-out", str(certificate))
