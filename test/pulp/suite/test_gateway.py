"""Completes the list of a container gateway, on a proxy whose Pulp serves an image that its gateway does not know."""

import base64
import gzip
import json
import unittest

from suite import world as made
from suite.certificates import NAME, STRANGER
from suite.gateway import Gateway

SERVED = "org/busybox"


def names(*public):
    return base64.b64encode(gzip.compress(json.dumps(public).encode())).decode()


class TheGateway(unittest.TestCase):
    def setUp(self):
        self.proxy = made.world.replacement
        self.gateway = Gateway(self.proxy.pulp.cluster, made.world.certificates, NAME, {NAME})
        self.addCleanup(self.gateway.stop)
        self.addCleanup(self.sql, "DELETE FROM repositories")

    def sql(self, text):
        return self.proxy.pulp.cluster.query(text, "container_gateway")

    def report(self, gateway="", **changes):
        return self.proxy.report(gateway=gateway, proxyPort=self.gateway.port, **changes).report()["gateway"]

    def test_is_left_alone_without_an_order(self):
        found = self.report()

        self.assertEqual((found["repositories"], found["unknown"], found["newestRow"]), ([], [SERVED], 0))
        self.assertEqual(self.gateway.pushes, 0)

    def test_learns_what_its_pulp_serves_and_that_it_needs_a_login(self):
        found = self.report(names())

        self.assertEqual(found["repositories"], [SERVED])
        self.assertEqual((found["public"], found["unknown"], found["refusal"]), ([], [], None))
        self.assertGreater(found["newestRow"], 0)

    def test_learns_which_repositories_need_no_login_and_of_no_others(self):
        found = self.report(names(SERVED, "served/elsewhere"))

        self.assertEqual((found["repositories"], found["public"]), ([SERVED], [SERVED]))

    def test_keeps_what_it_knew(self):
        self.sql("INSERT INTO repositories (name, auth_required) VALUES ('org/a', true), ('org/z&=%é', false)")
        found = self.report(names("org/a"))

        self.assertEqual(found["repositories"], ["org/a", SERVED, "org/z&=%é"])
        self.assertEqual(found["public"], ["org/z&=%é"])

    def test_gets_no_second_list(self):
        first = self.report(names())
        self.assertEqual(self.report(names())["newestRow"], first["newestRow"])
        self.assertEqual(self.gateway.pushes, 1)

    def test_that_gets_a_list_from_katello_has_newer_rows(self):
        first = self.report(names())
        self.gateway.replace(self.proxy.pulp.cluster, [(SERVED, True)])

        self.assertGreater(self.report()["newestRow"], first["newestRow"])

    def test_says_why_it_refused(self):
        self.gateway.refuses = 500
        found = self.report(names())

        self.assertEqual(found["unknown"], [SERVED])
        self.assertRegex(found["refusal"], "PUT /container_gateway/repository_list answered 500")

    def test_trusts_no_stranger(self):
        certificate, key = map(str, made.world.certificates.of(STRANGER))
        found = self.report(names(), clientCertificate=certificate, clientKey=key)

        self.assertRegex(found["refusal"], "answered 403")

    def test_that_is_down_costs_nothing_else_of_the_report(self):
        report = self.proxy.report(gateway=names(), proxyPort=1).report()

        self.assertRegex(report["gateway"]["refusal"], "ConnectionRefusedError")
        self.assertEqual(report["problems"], [])


class AnOrder(unittest.TestCase):
    def test_that_is_damaged_ends_it_with_the_reason(self):
        for text in ("====", base64.b64encode(b"no gzip").decode()):
            answer = made.world.incumbent.report(gateway=text)
            self.assertEqual((answer.code, answer.text), (2, ""))
