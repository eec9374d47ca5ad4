"""Completes the list of repositories that the container gateway of this very machine knows, through its API.

As Katello does (lib/proxy_api/container_gateway.rb, lib/sinatra/authorization.rb of smart-proxy): the proxy's own
certificate name is among foreman-proxy's trusted hosts.
"""

from http.client import HTTPException
from urllib.parse import urlencode

from api import connection_to

_PATH = "/container_gateway/repository_list"


def complete(rows, served, settings):
    """Adds what Pulp serves to what the gateway knows; returns why it refused, or None.

    The gateway replaces its whole list, so the known repositories are sent as well. A repository needs a login
    unless its name is among `publicNames`: clients never see more than on the instance that those names are from.
    """
    public = set(settings["publicNames"])
    needs_login = {name: name not in public for name in served}
    needs_login.update({name: needs for name, needs, _ in rows})
    pairs = []
    for name, needs in sorted(needs_login.items()):
        pairs += [("repositories[][repository]", name), ("repositories[][auth_required]", str(needs).lower())]
    return _put(urlencode(pairs), settings)


def _put(body, settings):
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        connection = connection_to(settings["proxyPort"], settings)
        connection.request("PUT", _PATH, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
    except (OSError, HTTPException) as error:
        return f"PUT {_PATH}: {type(error).__name__}: {error}"
    return None if answer.status == 200 else f"PUT {_PATH} answered {answer.status} {answer.reason}"
