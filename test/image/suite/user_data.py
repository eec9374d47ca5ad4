"""The user data as the CDK app renders it for two proxies, and the settings in it."""

import json
from pathlib import Path

TEMPLATE = Path("/repo/ansible/user-data.yaml")
PLACEHOLDERS = Path("/repo/ansible/user-data.placeholders.json")
# Made by run.sh with render-user-data.ts before the tests start.
RENDERED = Path("/opt/rendered-user-data")


def examples():
    """The settings of both proxies, by layout."""
    return json.loads(Path("/repo/test/image/user-data-examples.json").read_text())


def render(layout):
    return (RENDERED / f"{layout}.yaml").read_text()
