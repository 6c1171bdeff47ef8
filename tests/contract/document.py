"""The contract's YAML, and schemas that can be checked against."""

from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from resources import resource

CONTRACT = "contract/central.openapi.yaml"


@cache
def document() -> dict[str, Any]:
    return yaml.safe_load(resource(CONTRACT).read_text(encoding="utf-8"))


def schemas() -> dict[str, Any]:
    return document()["components"]["schemas"]


@cache
def validator(name: str) -> Draft202012Validator:
    """A validator for one schema of the contract; references go on working inside the document."""
    return Draft202012Validator({**document(), "$ref": f"#/components/schemas/{name}"})


def faults(name: str, value: Any) -> list[str]:
    """What is wrong with `value` as a `name`; the nearest reason of each fault."""
    return [f"{fault.json_path}: {fault.message}" for fault in validator(name).iter_errors(value)]
