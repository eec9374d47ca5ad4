"""Serves moto twice: with TLS on 443 for the machines under test, without on 5000 for the tests."""

import json
import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from moto.ssm.responses import SimpleSystemManagerResponse
from werkzeug.serving import run_simple

# What moto lacks of Session Manager. The tunnel itself is the plugin's, which the tests stand in for.
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
