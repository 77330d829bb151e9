"""Differences between the contract and the vendor's document are reported unless explained.

The vendor's document is not ours to ship: these tests read a copy of the contract, in other idioms.
"""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from support.edits import Document, operation, parameter, properties, schema
from support.servers import CONTRACT

from tools import OPENAPI
from tools.contract.vendor_drift import drift

CONFERENCE = "get_video_conference 200"
SEEDED: dict[str, Callable[[Document], Any]] = {
    f"{CONFERENCE} display_name type": lambda d: properties(d)["display_name"].update(
        type=["integer", "null"]
    ),
    f"{CONFERENCE} created_at format": lambda d: properties(d)["created_at"].pop("format"),
    f"{CONFERENCE} name nullable": lambda d: properties(d)["name"].update(type=["string", "null"]),
    f"{CONFERENCE} meta required": lambda d: schema(d, "Conference")["required"].remove("meta"),
    f"{CONFERENCE} quality enum": lambda d: schema(d, "VideoQuality")["enum"].append("2160p"),
    f"{CONFERENCE} lobby": lambda d: properties(d).update(lobby={"type": "boolean"}),
    f"{CONFERENCE} active_session preview_url": lambda d: properties(d, "ActiveSession").pop(
        "preview_url"
    ),
    "get_video_conference query:include_active_session required": lambda d: parameter(d, 1).update(
        required=True
    ),
    "get_video_conference 404": lambda d: operation(d)["responses"].pop("404"),
    f"{CONFERENCE} light_primary samples": lambda d: properties(d)["light_primary"].update(
        examples=["#ABCDEF"]
    ),
    "get_video_conference": lambda d: d["paths"].pop("/api/video/conferences/{id}"),
}


def in_other_idioms(document: Document) -> Document:
    """Return a copy with other ids, names, paths and idioms, as a vendor could write it."""
    text = json.dumps(document).replace("#/components/schemas/", "#/components/schemas/Video.")
    found: Document = json.loads(text)
    found["paths"] = {key.removeprefix("/api/video"): item for key, item in found["paths"].items()}
    schemas = found["components"]["schemas"]
    found["components"]["schemas"] = {f"Video.{name}": each for name, each in schemas.items()}
    for item in found["paths"].values():
        for each in item.values():
            each["operationId"] = each["operationId"].title().replace("_", "")
    for each in schemas.values():
        each["unevaluatedProperties"] = {"not": {}}
        for name, field in each.get("properties", {}).items():
            each["properties"][name] = rewritten(field)
    return found


def rewritten(field: Document) -> Document:
    if "$ref" in field:
        return {"allOf": [field], "description": "A reference."}
    if "anyOf" in field:
        members = [each for each in field["anyOf"] if each != {"type": "null"}]
        return {"oneOf": members, "nullable": len(members) < len(field["anyOf"])}
    if isinstance(field["type"], list):
        return {"anyOf": [{**field, "type": field["type"][0]}, {"type": "null"}]}
    return field


def lines(edit: Callable[[Document], Any], reasons: dict[str, str]) -> list[str]:
    vendor = copy.deepcopy(CONTRACT.document)
    edit(vendor)
    return list(drift(in_other_idioms(vendor), CONTRACT.document, reasons))


def test_the_same_contract_in_other_idioms_has_no_difference() -> None:
    assert lines(lambda d: None, {}) == []


@pytest.mark.parametrize(("location", "edit"), SEEDED.items(), ids=list(SEEDED))
def test_a_difference_is_reported_at_its_location(
    location: str, edit: Callable[[Document], Any]
) -> None:
    assert location in [each.partition(": ")[0] for each in lines(edit, {})]


@pytest.mark.parametrize(("location", "edit"), SEEDED.items(), ids=list(SEEDED))
def test_an_explained_difference_is_not_reported(
    location: str, edit: Callable[[Document], Any]
) -> None:
    reported = [each.partition(": ")[0] for each in lines(edit, {})]

    assert lines(edit, dict.fromkeys(reported, "Known.")) == []


def test_an_explanation_without_a_difference_is_stale() -> None:
    assert lines(lambda d: None, {"* lobby": "Gone."}) == [
        "stale, there is no such difference: * lobby"
    ]


def test_every_committed_explanation_has_a_reason() -> None:
    reasons = yaml.safe_load((OPENAPI / "vendor-differences.yaml").read_text("utf-8"))

    assert all(isinstance(each, str) and each for each in reasons.values())
