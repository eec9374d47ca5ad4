"""The instance metadata service at its real address, version 2 only."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import json
import threading

INSTANCE_ID = "i-0a1b2c3d4e5f60718"
ADDRESS = "10.20.0.10"
_TOKEN = "token-of-the-metadata-service"
_ROLE = "smart-proxy"
_CREDENTIALS = {
    "Code": "Success",
    "Type": "AWS-HMAC",
    "AccessKeyId": "ASIAEXAMPLEEXAMPLE00",
    "SecretAccessKey": "instance-secret",
    "Token": "instance-session",
    "LastUpdated": "2026-01-01T00:00:00Z",
    "Expiration": "2099-01-01T00:00:00Z",
}
_ENTRIES = {
    "instance-id": INSTANCE_ID,
    "local-ipv4": ADDRESS,
    "placement/region": "eu-central-1",
    "placement/availability-zone": "eu-central-1a",
    "iam/security-credentials/": _ROLE,
    f"iam/security-credentials/{_ROLE}": json.dumps(_CREDENTIALS),
}


class _Handler(BaseHTTPRequestHandler):
    def do_PUT(self):
        self._answer(200, _TOKEN)

    def do_GET(self):
        if self.headers.get("X-aws-ec2-metadata-token") != _TOKEN:
            return self._answer(401, "a token is required")
        entry = _ENTRIES.get(self.path.removeprefix("/latest/meta-data/"))
        return self._answer(404, "") if entry is None else self._answer(200, entry)

    def _answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-aws-ec2-metadata-token-ttl-seconds", "60")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def start():
    server = ThreadingHTTPServer(("169.254.169.254", 80), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
