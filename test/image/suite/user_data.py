"""Fills the template of the user data, as the CDK app does, with values that suit the tests' AWS."""

import json
import re
from pathlib import Path

TEMPLATE = Path("/repo/ansible/user-data.yaml")
PLACEHOLDERS = Path("/repo/ansible/user-data.placeholders.json")
RENDERED = Path("/opt/rendered-user-data")
EXAMPLES = Path("/repo/test/image/user-data-examples.json")


def examples():
    return json.loads(EXAMPLES.read_text())


def fill(values):
    def value(match):
        given = values[match.group(1)]
        return given if isinstance(given, str) else json.dumps(given)

    return re.sub(r"\$\{(\w+)\}", value, TEMPLATE.read_text())


def render(layout):
    """The user data of an example: as the CDK app rendered it, when run.sh was given a directory of that."""
    if RENDERED.exists():
        return (RENDERED / f"{layout}.yaml").read_text()
    return fill(examples()[layout])
