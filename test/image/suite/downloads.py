"""Where a bake downloads from: the bundle of the AWS command line, under its real name."""

import io
import ssl
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from suite.certificates import Authority

ADDRESS = "127.0.0.3"
NAME = "awscli.amazonaws.com"
authority = Authority("Downloads of the tests")
# The bundle holds another version than asked for when a test says so.
version_in_bundle = {}

_INSTALL = """#!/bin/bash
cat >/usr/local/bin/aws <<'END'
#!/bin/bash
[[ $1 == --version ]] && { echo "aws-cli/VERSION Python/3.13 Linux/5.14 exe/x86_64.rhel.9"; exit; }
exec /opt/aws/bin/aws "$@"
END
chmod +x /usr/local/bin/aws
"""


def _bundle(version):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("aws/install")
        entry.external_attr = 0o100755 << 16
        archive.writestr(entry, _INSTALL.replace("VERSION", version))
    return buffer.getvalue()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        version = self.path.removeprefix("/awscli-exe-linux-x86_64-").removesuffix(".zip")
        body = _bundle(version_in_bundle.get(version, version))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def start():
    server = ThreadingHTTPServer((ADDRESS, 443), _Handler)
    key, certificate = authority.issue(NAME)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()


def equip(case):
    case.write("/etc/hosts", case.read("/etc/hosts") + f"{ADDRESS} {NAME}\n")
    bundle = "/etc/ssl/certs/ca-certificates.crt"
    case.write(bundle, case.read(bundle) + authority.certificate.read_text())
