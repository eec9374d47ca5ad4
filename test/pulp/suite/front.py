"""In the place of Apache before Pulp's API: TLS, and the user that a client certificate stands for.

As https://github.com/theforeman/puppet-pulpcore/blob/master/manifests/apache.pp has it: the certificate is optional,
a header from outside is dropped, and Remote-User is set when the certificate's name is one of the trusted hosts.
"""

import http.client
import socket
from http.server import BaseHTTPRequestHandler

from suite.tls_server import TlsServer


class Front(TlsServer):
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

        super().__init__(Handler, certificates, name)


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
