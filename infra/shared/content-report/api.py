"""Pulp's REST API on this very machine, as the user that the proxy's client certificate stands for.

Apache maps the names in foreman-proxy's trusted hosts to Pulp's admin, and the certificate name is one of them:
https://github.com/theforeman/puppet-foreman_proxy_content/blob/master/manifests/init.pp (api_client_auth_cn_map).
"""

import http.client
import json
import os
import socket
import ssl
from urllib.parse import urlencode, urlsplit

from attempts import Unreadable

_ROOT = "/pulp/api/v3/"
# gunicorn gives a request 90 s; a page of this size takes a second.
_PAGE = 100
_TIMEOUT_SECONDS = 60


class _Connection(http.client.HTTPSConnection):
    """Connects to an address without resolving the name, and verifies the certificate for the name."""

    def __init__(self, name, address, port, context):
        super().__init__(name, port, timeout=_TIMEOUT_SECONDS, context=context)
        self._address = address
        self._tls = context

    def connect(self):
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def connection_to(port, settings):
    """To a service of this very machine, with the proxy's client certificate."""
    authorities = [path for path in settings["authorities"] if os.path.exists(path)]
    context = ssl.create_default_context()
    for path in authorities:
        context.load_verify_locations(path)
    context.load_cert_chain(settings["clientCertificate"], settings["clientKey"])
    return _Connection(settings["certificateName"], settings["apiAddress"], port, context)


class Api:
    def __init__(self, settings):
        self._connection = connection_to(settings["apiPort"], settings)

    def get(self, path, **query):
        """What Pulp answers, of a path below its root or of an href that it gave itself."""
        url = path if path.startswith("/") else _ROOT + path
        if query:
            url += "?" + urlencode(query)
        try:
            answer = self._ask(url)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # The server may close a connection that it kept alive; a new one tells whether it is down.
            self._connection.close()
            answer = self._ask(url)
        return answer

    def _ask(self, url):
        self._connection.request("GET", url, headers={"Accept": "application/json"})
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            path = urlsplit(url).path
            raise Unreadable(f"GET {path} answered {answer.status} {answer.reason}")
        return json.loads(body)

    def each(self, path, **query):
        """Every element of a list, page by page."""
        offset = 0
        while True:
            page = self.get(path, limit=_PAGE, offset=offset, **query)
            yield from page["results"]
            offset += _PAGE
            if page["next"] is None:
                return
