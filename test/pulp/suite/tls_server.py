"""An HTTPS server on a free port of the loopback address, which asks clients for a certificate."""

import ssl
import threading
from http.server import ThreadingHTTPServer


class TlsServer:
    """Serves with the certificate of a name until it is stopped."""

    def __init__(self, handler, certificates, name):
        self._server = _Server(("127.0.0.1", 0), handler)
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
        """A client that refuses our certificate ends the handshake; its own words are what a test reads."""
