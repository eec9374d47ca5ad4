"""The repositories that the container gateway knows, from its own database; it refuses to serve any other.

Katello pushes the list at the end of a sync: https://github.com/Katello/smart_proxy_container_gateway (database.rb,
sequel_migrations). No password is used: of the connection string only the kind and the place count.
"""

import os
import re
import sqlite3
from urllib.parse import urlsplit

from attempts import Unreadable

_NAMES = "SELECT name FROM repositories ORDER BY name"
_LOCAL = ("", "localhost", "127.0.0.1", "::1")


def read(settings, attempts, database):
    path = settings["gatewaySettings"]
    if not os.path.exists(path):
        return None
    return attempts.read("the container gateway", lambda: _gateway(path, database), None)


def _gateway(path, database):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if _value(text, "enabled") == "false":
        return None
    connection = _value(text, "db_connection_string") or f"sqlite://{_value(text, 'sqlite_db_path')}"
    return {"repositories": _names(urlsplit(connection), database)}


def _names(connection, database):
    if connection.scheme == "sqlite":
        return _names_of_file(connection.path)
    if (connection.hostname or "") not in _LOCAL:
        raise Unreadable(f"its database is on {connection.hostname}, which only the gateway itself can read")
    with database.rows(_NAMES, database=connection.path.lstrip("/")) as rows:
        return [row[0] for row in rows]


def _names_of_file(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as file:
        return [name for (name,) in file.execute(_NAMES)]


def _value(text, name):
    found = re.search(rf"^:{name}:[ \t]*(\S.*?)[ \t]*$", text, re.MULTILINE)
    return found.group(1).strip("'\"") if found else ""
