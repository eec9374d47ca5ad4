"""A stand-in for the container gateway's API on port 9090: it keeps the list of repositories as the gateway does.

Written from https://github.com/Katello/smart_proxy_container_gateway (container_gateway_api.rb, container_gateway_main.rb,
3.5.0) and https://github.com/theforeman/smart-proxy (lib/sinatra/authorization.rb). Ruby's gem is not run.
"""

from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl

from suite.tls_server import TlsServer

PATH = "/container_gateway/repository_list"


class Gateway(TlsServer):
    def __init__(self, cluster, certificates, name, trusted):
        gateway = self
        self.refuses = None
        self.pushes = 0

        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status = gateway.refuses or _status(self, trusted)
                if status == 200:
                    gateway.replace(cluster, _repositories(body))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        super().__init__(Handler, certificates, name)

    def replace(self, cluster, repositories):
        """All rows go, and new ones come, in one transaction."""
        self.pushes += 1
        rows = ", ".join(f"('{name}', {needs_login})" for name, needs_login in repositories)
        insert = f"INSERT INTO repositories (name, auth_required) VALUES {rows};" if rows else ""
        cluster.query(f"BEGIN; DELETE FROM repositories; {insert} COMMIT", "container_gateway")


def _status(handler, trusted):
    subject = dict(part for (part,) in (handler.connection.getpeercert() or {}).get("subject", ()))
    if handler.path != PATH:
        return 404
    return 200 if subject.get("commonName") in trusted else 403


def _repositories(body):
    """As Rack nests `repositories[][repository]` and `repositories[][auth_required]`: a repeated key begins the next."""
    found = []
    for key, value in parse_qsl(body, strict_parsing=True):
        field = key.removeprefix("repositories[][").removesuffix("]")
        if not found or field in found[-1]:
            found.append({})
        found[-1][field] = value
    return [(row["repository"], row["auth_required"].lower() == "true") for row in found]
