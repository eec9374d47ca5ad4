"""Serves moto twice: with TLS on 443 for the machines under test, without on 5000 for the tests."""

import json
import sys
import threading

from moto.core.responses import ActionResult
from moto.ec2.models.amis import AmiBackend
from moto.ec2.responses.amis import AmisResponse
from moto.server import DomainDispatcherApplication, create_backend_app
from moto.ssm.responses import SimpleSystemManagerResponse
from werkzeug.serving import run_simple

def enable_image_deprecation(self):
    image = self.ec2_backend.amis[self._get_param("ImageId")]
    image.deprecation_time = self._get_param("DeprecateAt")
    return ActionResult({"Return": True})


def create_image(self, *arguments, tag_specifications=(), **others):
    """As moto's, with the tags of the snapshots, which it refuses."""
    of_image = [entry for entry in tag_specifications if entry["ResourceType"] == "image"]
    image = _create_image(self, *arguments, tag_specifications=of_image, **others)
    for entry in tag_specifications:
        if entry["ResourceType"] == "snapshot":
            snapshot = self.describe_snapshots([image.ebs_snapshot.id])[0]
            snapshot.add_tags({tag["Key"]: tag["Value"] for tag in entry["Tags"]})
    return image


_create_image = AmiBackend.create_image
AmiBackend.create_image = create_image
# What moto lacks: the deprecation of images, and Session Manager. The tunnel itself is the plugin's, which the tests stand in for.
AmisResponse.enable_image_deprecation = enable_image_deprecation
SimpleSystemManagerResponse.start_session = lambda self: json.dumps(
    {"SessionId": "session-1", "TokenValue": "token", "StreamUrl": "wss://ssm.invalid/session-1"}
)
SimpleSystemManagerResponse.terminate_session = lambda self: json.dumps({"SessionId": "session-1"})

address, certificate, key = sys.argv[1:]
application = DomainDispatcherApplication(create_backend_app)
threading.Thread(
    target=run_simple, args=(address, 5000, application), kwargs={"threaded": True}, daemon=True
).start()
run_simple(address, 443, application, threaded=True, ssl_context=(certificate, key))
