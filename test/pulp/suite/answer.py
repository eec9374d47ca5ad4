"""What a run of the document printed, and the report that it stands for."""

import base64
import gzip
import hashlib
import itertools
import json
import os
from functools import cache
from pathlib import Path

_numbers = itertools.count()


class Answer:
    def __init__(self, done, storage):
        self.code = done.returncode
        self.text = done.stdout
        self.errors = done.stderr
        self.printed = json.loads(done.stdout) if done.stdout.strip() else None
        self._storage = storage
        self._keep()

    def _keep(self):
        """With ANSWERS=<folder>, for whoever reads such answers elsewhere."""
        folder = os.environ.get("ANSWERS")
        if folder and self.printed is not None:
            os.makedirs(folder, exist_ok=True)
            (Path(folder) / f"{next(_numbers):03}.json").write_text(self.text)

    @cache
    def report(self):
        """The whole report; its digest has been checked."""
        place = self.printed["report"]
        packed = base64.b64decode(place["inline"]) if "inline" in place else self._storage.read(place["key"])
        text = gzip.decompress(packed)
        assert len(text) == place["bytes"], "the report has another length than its digest says"
        assert hashlib.sha256(text).hexdigest() == place["sha256"], "the report has another digest"
        return json.loads(text)

    def repository(self, name):
        (found,) = [row for row in self.report()["repositories"] if row["name"] == name]
        return found
