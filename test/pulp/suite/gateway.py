"""A stand-in for the container gateway's API on port 9090: it keeps the list of repositories as the gateway does.

Written from https://github.com/Katello/smart_proxy_container_gateway (container_gateway_api.rb, container_gateway_main.rb,
3.5.0) and https://github.com/theforeman/smart-proxy (lib/sinatra/authorization.rb). Ruby's gem is not run.
"""

import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

PATH = "/container_gateway/repository_list"


class Gateway:
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

        self._server = _Server(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificates.of(name))
        context.load_verify_locations(certificates.authority)
        context.verify_mode = ssl.CERT_OPTIONAL
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def replace(self, cluster, repositories):
        """All rows go, and new ones come, in one transaction."""
        self.pushes += 1
        rows = ", ".join(f"('{name}', {needs_login})" for name, needs_login in repositories)
        insert = f"INSERT INTO repositories (name, auth_required) VALUES {rows};" if rows else ""
        cluster.query(f"BEGIN; DELETE FROM repositories; {insert} COMMIT", "container_gateway")


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that refuses our certificate ends the handshake."""


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
