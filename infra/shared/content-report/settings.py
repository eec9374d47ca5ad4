"""Where everything is on an instance that foreman-installer has set up."""

import base64
import json
import os
import sys
import zlib

_PROXY = "/etc/smart-proxy-rebuilder/proxy.json"

_INSTANCE = {
    # Loopback, because a name could lead to another instance; the certificate still has to be for the name.
    "apiAddress": "127.0.0.1",
    "apiPort": 443,
    "proxyPort": 9090,
    "clientCertificate": "/etc/foreman-proxy/foreman_ssl_cert.pem",
    "clientKey": "/etc/foreman-proxy/foreman_ssl_key.pem",
    "authorities": [
        "/etc/pki/katello/certs/katello-default-ca.crt",
        "/etc/pki/katello/certs/katello-server-ca.crt",
    ],
    "media": "/var/lib/pulp/media",
    "psql": ["runuser", "-u", "postgres", "--", "psql"],
    "database": "pulpcore",
    "gatewaySettings": "/etc/foreman-proxy/settings.d/container_gateway.yml",
    "aws": "/usr/local/bin/aws",
    "bucket": "",
    "publicNames": None,
    "limitSeconds": 600,
}


def read_settings():
    """The settings of this instance; CONTENT_REPORT_SETTINGS names a JSON file with those that differ."""
    environment = os.environ
    changes = environment.get("CONTENT_REPORT_SETTINGS")
    try:
        settings = dict(_INSTANCE, **(_read(changes) if changes else {}))
        proxy = _read(settings.get("proxy", _PROXY))
        for name in ("proxyName", "certificateName", "region"):
            settings[name] = proxy[name]
        settings["bucket"] = environment.get("CONTENT_REPORT_BUCKET", settings["bucket"])
        settings["limitSeconds"] = int(environment.get("CONTENT_REPORT_LIMIT_SECONDS", settings["limitSeconds"]))
        order = environment.get("CONTENT_REPORT_GATEWAY")
        if order:
            settings["publicNames"] = _names(order)
    except (OSError, ValueError, KeyError, zlib.error) as error:
        print(f"content report: the settings of this instance cannot be read: {type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(2)
    return settings


def _names(order):
    """A list of names as JSON, compressed with gzip, in base64."""
    return json.loads(zlib.decompress(base64.b64decode(order, validate=True), wbits=31))


def _read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)
