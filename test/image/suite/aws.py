"""AWS at its real names: moto behind TLS, on an address of the test's own network namespace."""

import os
import subprocess
import time
import urllib.request

import boto3

from suite.certificates import Authority

ADDRESS = "127.0.0.2"
REGION = "eu-central-1"
BUCKET = "fleet-certs"
NAMES = [
    *(f"{service}.{REGION}.amazonaws.com" for service in ("ec2", "s3", "ssm", "logs", "sts")),
    "iam.amazonaws.com",
    f"{BUCKET}.s3.{REGION}.amazonaws.com",
]
authority = Authority("AWS of the tests")


def start():
    key, certificate = authority.issue(*NAMES)
    subprocess.Popen(
        ["/opt/aws/bin/python", "-m", "suite.moto_server", ADDRESS, certificate, key],
        env={**os.environ, "MOTO_AMIS_PATH": "/repo/test/image/base-images.json"},
        stdout=subprocess.DEVNULL, stderr=open("/tmp/moto.log", "w", encoding="utf-8"),
    )
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://{ADDRESS}:5000/moto-api/data.json", timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("moto did not start: " + open("/tmp/moto.log", encoding="utf-8").read())


def reset():
    urllib.request.urlopen(urllib.request.Request(f"http://{ADDRESS}:5000/moto-api/reset", method="POST"))


def client(service):
    return boto3.client(
        service, region_name=REGION, endpoint_url=f"http://{ADDRESS}:5000",
        aws_access_key_id="test", aws_secret_access_key="test",
    )


def equip(case):
    """Lets a case's machine find and trust this AWS under its real names."""
    case.write("/etc/hosts", f"127.0.0.1 localhost\n{ADDRESS} {' '.join(NAMES)}\n")
    case.write("/etc/aws-ca.pem", authority.certificate.read_text())
    case.write("/root/.aws/config", "[default]\nca_bundle = /etc/aws-ca.pem\n")
