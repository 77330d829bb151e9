"""Read the response of every successful vector through the generated models."""

import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import wire

REASONS: dict[str, str] = json.loads(Path("inexpressible.json").read_text("utf-8"))


def check(vector: dict[str, Any]) -> None:
    body = "\n".join(vector["response"]["body"])
    result = getattr(wire, vector["expect"]["model"]).from_json(body)
    for path, expected in vector["expect"]["values"].items():
        value = result
        for name in re.findall(r"\w+", path):
            value = value[int(name)] if name.isdigit() else child(value, name)
        if not is_expected(value, expected):
            raise ValueError(f"{path}: got {value!r}, want {expected}")


def child(model: Any, name: str) -> Any:
    # A name that pydantic uses gets a prefix.
    fields = {field.alias or key: key for key, field in type(model).model_fields.items()}
    return getattr(model, fields[name]) if name in fields else model.additional_properties[name]


def is_expected(found: Any, expected: dict[str, Any]) -> bool:
    wanted = expected.get("value")
    match expected["kind"]:
        case "uuid" | "instant" as kind:
            return bool(found == (UUID if kind == "uuid" else datetime.fromisoformat)(wanted))
        case "constant":
            return bool(found == wanted == getattr(wire, expected["enum"])[expected["constant"]])
        case "list":
            return len(found) == expected["length"]
        case "model":
            return type(found) is getattr(wire, expected["model"])
        case "text" if hasattr(found, "get_secret_value"):
            found = found.get_secret_value()
    return (type(found), found) == (type(wanted), wanted)


report: dict[str, list[str]] = {"passed": [], "failed": [], "inexpressible": []}
for file in sorted(Path("contract/vectors").iterdir()):
    if (each := json.loads(file.read_text("utf-8")))["expect"].get("model"):
        try:
            check(each)
            outcome = "failed" if each["name"] in REASONS else "passed"
        except Exception as error:
            outcome = "inexpressible" if each["name"] in REASONS else "failed"
            print(each["name"], outcome, error)
        report[outcome].append(each["name"])
Path("report.json").write_text(json.dumps(report), "utf-8")
sys.exit(len(report["failed"]) > 0)
