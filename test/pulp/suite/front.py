"""In the place of Apache before Pulp's API: TLS, and the user that a client certificate stands for.

As https://github.com/theforeman/puppet-pulpcore/blob/master/manifests/apache.pp has it: the certificate is optional,
a header from outside is dropped, and Remote-User is set when the certificate's name is one of the trusted hosts.
"""

import http.client
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Front:
    def __init__(self, api_socket, certificates, name, trusted):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                status, reason, kind, body = _forward(api_socket, self.path, _user(self.connection, trusted))
                self.send_response(status, reason)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

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


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that refuses our certificate ends the handshake; the client's own words are what a test reads."""


def _user(connection, trusted):
    subject = dict(part for (part,) in (connection.getpeercert() or {}).get("subject", ()))
    return "admin" if subject.get("commonName") in trusted else None


def _forward(api_socket, path, user):
    connection = http.client.HTTPConnection("localhost", timeout=90)
    connection.sock = socket.socket(socket.AF_UNIX)
    try:
        connection.sock.connect(str(api_socket))
        headers = {"Accept": "application/json", **({"Remote-User": user} if user else {})}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.reason, answer.getheader("Content-Type", ""), answer.read()
    except OSError:
        return 503, "Service Unavailable", "text/plain", b""
    finally:
        connection.close()
