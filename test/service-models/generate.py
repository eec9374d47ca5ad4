"""Writes what models.json is made of: of botocore's service models, the operations that are asked for.

stdin: {"<service>": ["<operation>", ...]}, services by the prefix of their endpoints; stdout: the document.
Documentation is left out; what remains are names, types, limits and codes. Run it with run.sh.
"""

import json
import sys

import botocore
from botocore.loaders import Loader

# Folders of botocore that are not called like the service's endpoint.
FOLDERS = {"elasticloadbalancing": "elbv2", "states": "stepfunctions"}
FACTS = ("type", "required", "enum", "pattern", "min", "max")


def shape_of(model, name):
    shape = model["shapes"][name]
    facts = {fact: shape[fact] for fact in FACTS if fact in shape}
    if "members" in shape:
        facts["members"] = {key: member["shape"] for key, member in shape["members"].items()}
        streams = [key for key, member in shape["members"].items() if member.get("streaming")]
        facts.update({"streams": streams} if streams else {})
    for part in ("member", "key", "value"):
        if part in shape:
            facts[part] = shape[part]["shape"]
    return facts


def parts_of(shape):
    yield from shape.get("members", {}).values()
    yield from (shape[part] for part in ("member", "key", "value") if part in shape)


def collect(model, name, shapes):
    if name in shapes:
        return
    shapes[name] = shape_of(model, name)
    for part in parts_of(shapes[name]):
        collect(model, part, shapes)


def error_of(model, name):
    """The code on the wire and the status; the shape's name is what SDKs call the error."""
    shape = model["shapes"][name]
    error = shape.get("error", {})
    status = error.get("httpStatusCode", 500 if shape.get("fault") else 400)
    return {"code": error.get("code", name), "status": status}


def service_of(model, names):
    operations, shapes, errors = {}, {}, {}
    for name in names:
        operation = model["operations"][name]
        ends = {end: operation[end]["shape"] for end in ("input", "output") if end in operation}
        for shape in ends.values():
            collect(model, shape, shapes)
        raised = sorted(error["shape"] for error in operation.get("errors", []))
        errors.update({error: error_of(model, error) for error in raised})
        operations[name] = {**ends, "errors": raised}
    return {
        "apiVersion": model["metadata"]["apiVersion"],
        "operations": operations,
        "errors": errors,
        "shapes": shapes,
    }


def model_of(service):
    model = Loader().load_service_model(FOLDERS.get(service, service), "service-2")
    assert model["metadata"]["endpointPrefix"] == service, service
    return model


def text(value):
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def lines(facts):
    """One line for each operation, error and shape, so that a change of AWS is one line of a diff."""
    for key, value in facts.items():
        if isinstance(value, dict):
            entries = ",\n".join(f"{text(name)}:{text(value[name])}" for name in sorted(value))
            yield f"{text(key)}:{{\n{entries}\n}}"
        else:
            yield f"{text(key)}:{text(value)}"


def main():
    wanted = json.load(sys.stdin)
    services = ",\n".join(
        f"{text(service)}:{{\n" + ",\n".join(lines(service_of(model_of(service), names))) + "\n}"
        for service, names in sorted(wanted.items())
    )
    print(f'{{\n"botocore":{text(botocore.__version__)},\n"services":{{\n{services}\n}}\n}}')


main()
