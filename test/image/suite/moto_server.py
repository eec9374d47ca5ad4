"""Serves moto twice: with TLS on 443 for the machines under test, without on 5000 for the tests."""

import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

address, certificate, key = sys.argv[1:]
application = DomainDispatcherApplication(create_backend_app)
threading.Thread(
    target=run_simple, args=(address, 5000, application), kwargs={"threaded": True}, daemon=True
).start()
run_simple(address, 443, application, threaded=True, ssl_context=(certificate, key))
