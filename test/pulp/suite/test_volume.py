"""More than Run Command returns, and the Python that an instance has."""

import ast
import os
import unittest
from pathlib import Path

from suite import world as made

_MANY = 1000
_OUTPUT_CHARACTERS_MAX = 24_000

# Names as Katello's, which no compression shortens.
_COPIES = f"""
CREATE TEMP TABLE copies AS
  SELECT gen_random_uuid() AS id, '1-view-' || n || '-Library-' || gen_random_uuid() AS name
  FROM generate_series(1, {_MANY}) n;
CREATE TEMP TABLE original AS SELECT pulp_id AS id FROM core_repository WHERE name = 'one-of-many';
INSERT INTO core_repository
  SELECT (jsonb_populate_record(r, jsonb_build_object('pulp_id', copies.id, 'name', copies.name))).*
  FROM copies, original JOIN core_repository r ON r.pulp_id = original.id;
INSERT INTO file_filerepository
  SELECT (jsonb_populate_record(r, jsonb_build_object('repository_ptr_id', copies.id))).*
  FROM copies, original JOIN file_filerepository r ON r.repository_ptr_id = original.id;
INSERT INTO core_repositoryversion
  SELECT (jsonb_populate_record(v, jsonb_build_object('pulp_id', gen_random_uuid(), 'repository_id', copies.id))).*
  FROM copies, original JOIN core_repositoryversion v ON v.repository_id = original.id;
"""


class ManyRepositories(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """Rows of the database, because the API would take minutes; as the API made the one that they are copies of."""
        cls.proxy = made.world.replacement
        cls.proxy.pulp.post("repositories/file/file/", name="one-of-many")
        cls.proxy.pulp.cluster.query(_COPIES, "pulpcore")

    def names(self):
        rows = self.proxy.pulp.get("repositories/", fields="name", limit=2 * _MANY, name__startswith="1-view-")
        return {row["name"] for row in rows["results"]}

    def test_come_through_the_bucket(self):
        answer = self.proxy.report()

        self.assertEqual((answer.code, answer.errors), (0, ""))
        self.assertLess(len(answer.text), _OUTPUT_CHARACTERS_MAX)
        self.assertRegex(
            answer.printed["report"]["key"],
            rf"^content-reports/eu-north/{self.proxy.instance_id}/2\d{{3}}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.json\.gz$",
        )
        found = {row["name"] for row in answer.report()["repositories"]}
        self.assertEqual(len(self.names()), _MANY)
        self.assertEqual(found & self.names(), self.names())
        self.assertEqual(answer.printed["totals"]["repositories"], len(found))

    def test_are_at_least_summed_up_without_the_bucket(self):
        for reason, changes in (
            ("not uploaded: .*Unable to locate credentials", {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "",
                                                             "AWS_EC2_METADATA_DISABLED": "true"}),
            ("not uploaded: .*Could not connect", {"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_MAX_ATTEMPTS": "1"}),
        ):
            answer = self.proxy.report(environment=changes)
            self.assertEqual(answer.code, 1)
            self.assertIsNone(answer.printed["report"])
            self.assertRegex(answer.printed["problems"][0], reason)
            self.assertRegex(answer.errors, reason)
            self.assertGreaterEqual(answer.printed["totals"]["repositories"], _MANY)


class ThePython(unittest.TestCase):
    def test_is_that_of_the_instance(self):
        """Enterprise Linux 9 has 3.9; this machine's may be newer, so at least the grammar is checked."""
        folder = Path(os.environ["REPOSITORY"]) / "infra/shared/content-report"
        for file in folder.glob("*.py"):
            ast.parse(file.read_text(), str(file), feature_version=(3, 9))
