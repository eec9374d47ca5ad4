"""What the container gateway knows, by its own database; it refuses to serve any other repository.

Katello pushes the list of repositories in each sync, to the registered URL of the proxy:
https://github.com/Katello/smart_proxy_container_gateway (container_gateway_api.rb, database.rb, sequel_migrations).
No password is used: of the connection string only the kind and the place count.
"""

import os
import re
import sqlite3
from urllib.parse import urlsplit

import gateway_list
from attempts import Unreadable

_ROWS = "SELECT name, auth_required, id FROM repositories ORDER BY name"
# Katello serves a container repository by the name that it pushes: relative_path in
# https://github.com/Katello/katello/blob/master/app/services/katello/pulp3/repository/docker.rb
_SERVED = "SELECT base_path FROM core_distribution WHERE pulp_type = 'container.container' ORDER BY base_path"
_LOCAL = ("", "localhost", "127.0.0.1", "::1")


def read(settings, attempts, database):
    """The part `gateway` of the report. With `publicNames` it first completes the gateway's list."""
    path = settings["gatewaySettings"]
    if not os.path.exists(path):
        return None
    return attempts.read("the container gateway", lambda: _gateway(path, settings, database), None)


def _gateway(path, settings, database):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if _value(text, "enabled") == "false":
        return None
    connection = urlsplit(_value(text, "db_connection_string") or f"sqlite://{_value(text, 'sqlite_db_path')}")
    rows = _rows(connection, database)
    served = _served(database)
    refusal = None
    if settings["publicNames"] is not None and _unknown(rows, served):
        refusal = gateway_list.complete(rows, served, settings)
        rows = _rows(connection, database)
    return {
        "repositories": [name for name, _, _ in rows],
        "public": [name for name, needs_login, _ in rows if not needs_login],
        "unknown": _unknown(rows, served),
        "newestRow": max((row for _, _, row in rows), default=0),
        "refusal": refusal,
    }


def _unknown(rows, served):
    known = {name for name, _, _ in rows}
    return [name for name in served if name not in known]


def _served(database):
    with database.rows(_SERVED) as rows:
        return [row[0] for row in rows]


def _rows(connection, database):
    """Name, whether it needs a login, and the number of the row."""
    if connection.scheme == "sqlite":
        found = _rows_of_file(connection.path)
    elif (connection.hostname or "") not in _LOCAL:
        raise Unreadable(f"its database is on {connection.hostname}, which only the gateway itself can read")
    else:
        with database.rows(_ROWS, database=connection.path.lstrip("/")) as rows:
            found = list(rows)
    return [(name, str(needs_login) not in ("f", "0"), int(row)) for name, needs_login, row in found]


def _rows_of_file(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
        return file.execute(_ROWS).fetchall()


def _value(text, name):
    found = re.search(rf"^:{name}:[ \t]*(\S.*?)[ \t]*$", text, re.MULTILINE)
    return found.group(1).strip("'\"") if found else ""
