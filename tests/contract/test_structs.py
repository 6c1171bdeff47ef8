"""The YAML and the wire types say the same: names, required fields, types, defaults."""

import hashlib
import re
import types
import typing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openapi_spec_validator import validate

from desktop.central import schema
from desktop.central.policy import PasswordRule, Policy
from desktop.domain.workflow import OPEN_STATES, RULES, Role, State
from desktop.drill.digests import bucket_of
from tests.contract.document import document, faults, schemas

ROOT = Path(__file__).parents[2]

STRUCTS: dict[str, type[msgspec.Struct]] = {
    name: value
    for name, value in vars(schema).items()
    if isinstance(value, type) and issubclass(value, schema.Wire) and value is not schema.Wire
}
WITHOUT_STRUCT = {"Time", "Resync"}
"""Schemas that no wire type stands for."""

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def _said_by_struct(kind: Any) -> Any:
    """The JSON type of a Python annotation, reduced to what both sides can say."""
    origin = typing.get_origin(kind)
    if origin is types.UnionType:
        return ("or null", *(_said_by_struct(part) for part in typing.get_args(kind) if part is not type(None)))
    if origin is list:
        inner = typing.get_args(kind)[0]
        return ["any" if inner is msgspec.Raw else _said_by_struct(inner)]
    if origin is dict:
        return "object"
    if isinstance(kind, type) and issubclass(kind, schema.Wire):
        return kind.__name__
    return _PLAIN.get(kind, "any")


def _said_by_yaml(node: dict[str, Any]) -> Any:
    """The same for a schema node."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return name if name in STRUCTS else _said_by_yaml(schemas()[name])
    if "anyOf" in node:
        return ("or null", *(_said_by_yaml(part) for part in node["anyOf"] if part != {"type": "null"}))
    kind = node.get("type")
    if isinstance(kind, list):
        return ("or null", *(_said_by_yaml(node | {"type": part}) for part in kind if part != "null"))
    if kind == "array":
        return [_said_by_yaml(node["items"])]
    return kind or "any"


def _agree(struct: Any, yaml_: Any) -> bool:
    """Whether both say the same; raw JSON in a struct leaves the details to the YAML."""
    if struct in ("any", ["any"], ("or null", "any")):
        return True
    if isinstance(struct, list | tuple) and isinstance(yaml_, list | tuple):
        return len(struct) == len(yaml_) and all(_agree(a, b) for a, b in zip(struct, yaml_, strict=True))
    return struct == yaml_


def test_that_the_contract_is_valid_openapi() -> None:
    validate(document())


def test_that_every_schema_has_a_struct_and_every_struct_a_schema() -> None:
    assert set(schemas()) - WITHOUT_STRUCT == set(STRUCTS)


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_that_a_struct_and_its_schema_have_the_same_fields(name: str) -> None:
    fields = msgspec.structs.fields(STRUCTS[name])
    node = schemas()[name]
    assert {field.encode_name for field in fields} == set(node["properties"])
    assert {field.encode_name for field in fields if field.required} == set(node.get("required", ()))


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_that_a_struct_and_its_schema_have_the_same_types(name: str) -> None:
    node = schemas()[name]
    differing = {
        field.name: (_said_by_struct(field.type), _said_by_yaml(node["properties"][field.encode_name]))
        for field in msgspec.structs.fields(STRUCTS[name])
        if not _agree(_said_by_struct(field.type), _said_by_yaml(node["properties"][field.encode_name]))
    }
    assert differing == {}


@pytest.mark.parametrize("name", sorted(STRUCTS))
def test_that_a_struct_and_its_schema_have_the_same_defaults(name: str) -> None:
    node = schemas()[name]
    for field in msgspec.structs.fields(STRUCTS[name]):
        if not field.required:
            default = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
            assert "default" in node["properties"][field.encode_name], field.name
            said = node["properties"][field.encode_name]["default"]
            assert msgspec.json.decode(msgspec.json.encode(default)) == said, field.name


@pytest.mark.parametrize("name", sorted(schemas()))
def test_that_the_examples_of_a_schema_fit_it_and_its_struct(name: str) -> None:
    examples = schemas()[name]["examples"]
    assert examples
    for example in examples:
        assert faults(name, example) == []
        if name in STRUCTS:
            msgspec.json.decode(msgspec.json.encode(example), type=STRUCTS[name])


def test_that_every_known_kind_of_record_has_a_schema() -> None:
    assert {struct.__name__ for struct in schema.RECORDS.values()} <= set(schemas())


def _examples_of_bodies() -> list[tuple[str, str, Any]]:
    """(where, schema, example) for every JSON example of a request or an answer."""
    found: list[tuple[str, str, Any]] = []
    shared = document()["components"]["responses"]
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            answers = [
                shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
                for answer in operation["responses"].values()
            ]
            for part in [operation.get("requestBody", {}), *answers]:
                for media in part.get("content", {}).values():
                    values = [media["example"]] if "example" in media else []
                    values += [entry["value"] for entry in media.get("examples", {}).values()]
                    if "$ref" in media["schema"]:
                        name = media["schema"]["$ref"].rpartition("/")[2]
                        found += [(f"{method} {path}", name, value) for value in values]
    return found


def test_that_the_examples_of_all_calls_fit_their_schemas() -> None:
    examples = _examples_of_bodies()
    assert len(examples) >= 38
    assert [(where, name, faults(name, value)) for where, name, value in examples if faults(name, value)] == []


def test_that_the_stream_example_reads_as_events_of_the_contract() -> None:
    text = document()["paths"]["/v1/stream"]["get"]["responses"]["200"]["content"]["text/event-stream"]["example"]
    named = {"change": "StreamChange", "hb": "Heartbeat"}
    seen = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        seen.append(fields["event"])
        assert faults(named[fields["event"]], msgspec.json.decode(fields["data"])) == []
    assert seen == ["hb", "change"]


def test_that_the_verbs_of_the_contract_are_those_of_the_workflow() -> None:
    description = document()["paths"]["/v1/ops"]["post"]["description"]
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in description.splitlines()
        if line.startswith("| `")
    ]
    table = {row[0].strip("`"): row for row in rows if len(row) == 5}
    assert set(table) == set(RULES)
    clerks = {Role.HOTLINE_CLERK, Role.GRID_CLERK, Role.PLATFORM_CLERK}
    groups = {"clerks": clerks, "everyone but observer": set(Role) - {Role.OBSERVER}}
    states = {"every open state": OPEN_STATES, "every state": set(State), "nothing": frozenset()}
    unmoved = {"unmerge": "as it was"}
    for verb, (_, sources, target, roles, needs) in table.items():
        rule = RULES[verb]
        known = states[sources] if sources in states else {State(source) for source in sources.split(", ")}
        assert known == rule.sources, verb
        assert target == (rule.target.value if rule.target else unmoved.get(verb, "unchanged")), verb
        assert set().union(*(groups.get(role) or {Role(role)} for role in roles.split(", "))) == rule.roles, verb
        assert tuple(needs.split(", ") if needs else ()) == rule.needs, verb


def test_that_the_recipes_of_the_contract_are_right() -> None:
    text = " ".join(document()["info"]["description"].split())
    items = '[{"kind":"department","id":"manage","ver":1,"data":{"name":"社区管理办公室"}}]'
    for content in ("[]", items, "hello"):
        assert f"`{content}`" in text
        assert f"`{hashlib.sha256(content.encode()).hexdigest()}`" in text
    said = re.findall(r"ecord `([^`]+)` at version (\d+) is in bucket (\d+) and adds `([0-9a-f]{16})`", text)
    assert len(said) == 2
    for id_, ver, bucket, mark in said:
        assert int(bucket) == bucket_of(id_)
        assert mark == hashlib.sha256(f"{id_}\0{ver}".encode()).digest()[:8].hex()
    example = schemas()["Digest"]["examples"][0]["buckets"]
    assert {place: mark for place, mark in enumerate(example) if mark.strip("0")} == {24: said[0][3]}


def test_that_every_call_of_the_centre_is_in_the_contract_and_the_other_way_round() -> None:
    served = set()
    for path in (ROOT / "desktop/drill/api").glob("*.py"):
        served |= set(re.findall(r'Route\("(/v1/[^"]+)"', path.read_text(encoding="utf-8")))
    assert served == set(document()["paths"])


def test_that_the_policy_of_the_contract_is_the_one_the_desk_reads() -> None:
    node = schemas()["TokenGrant"]["properties"]["policy"]["properties"]
    for name in set(node) - {"password"}:
        assert node[name]["default"] == getattr(Policy(), name)
    assert set(node) == {field.name for field in msgspec.structs.fields(Policy)}
    rule = {name: part["default"] for name, part in node["password"]["properties"].items()}
    assert rule == {**msgspec.structs.asdict(PasswordRule()), "classes": list(PasswordRule().classes)}
