"""Render the contract as one self-contained HTML page, without scripts or requests."""

import json
import re
from pathlib import Path

import yaml

from tools.contract.document import SCHEMAS, Node, body_schema, operations, resolve
from tools.contract.publishing import html

_STYLE = Path(__file__).with_name("page.css")
_TEMPLATE = Path(__file__).with_name("page.html")


def render(openapi: Path) -> str:
    """Return the page for the contract in an ``openapi/`` folder."""
    return _Page(openapi).render()


class _Page:
    def __init__(self, openapi: Path) -> None:
        self.openapi = openapi
        self.document: Node = yaml.safe_load((openapi / "openapi.yaml").read_text("utf-8"))
        self.components: Node = self.document["components"]

    def render(self) -> str:
        info = self.document["info"]
        title = f"{info['title']} {info['version']}"
        sections = {
            "Before you start": self._introduction(),
            **{each[2]["summary"]: self._operation(*each) for each in operations(self.document)},
            "Objects": self._objects(),
            "Known values": self._enums(),
            "Test vectors": self._vectors(),
            "Changes": self._file("CHANGELOG.md"),
        }
        body = "".join(
            f"<section>{html.heading(2, name, name)}{part}</section>\n"
            for name, part in sections.items()
        )
        return _TEMPLATE.read_text("utf-8").format(
            title=html.text(title),
            style=_STYLE.read_text("utf-8"),
            navigation=self._navigation(list(sections)),
            summary=html.text(info["summary"]),
            body=body,
        )

    def _navigation(self, sections: list[str]) -> str:
        below = {"Objects": self._schemas("object"), "Known values": self._schemas("enum")}
        entries = ""
        for name in sections:
            inner = "".join(f"<li>{html.link(each, each)}</li>" for each in below.get(name, ()))
            entries += f"<li>{html.link(name, name)}{f'<ul>{inner}</ul>' if inner else ''}</li>"
        return f"<ul>{entries}</ul>"

    def _introduction(self) -> str:
        parts = [html.markdown(self.document["info"]["description"], 2)]
        for scheme in self.components["securitySchemes"].values():
            parts.append("<h3>Credentials</h3>" + html.markdown(scheme["description"]))
        for server in self.document["servers"]:
            parts.append(f"<h3>Address</h3><p>{html.code(server['url'])}</p>")
            parts.append(html.markdown(server["description"]))
        return "".join(parts)

    def _operation(self, path: str, method: str, operation: Node) -> str:
        parts = [
            f'<p class="operation"><b>{method.upper()}</b>{html.code(path)}</p>',
            html.markdown(operation["description"]),
            f"<p>In code: {html.code(operation['operationId'])}</p>",
        ]
        parameters = [resolve(self.document, each) for each in operation.get("parameters", ())]
        if parameters:
            listed = html.description_list([self._parameter(each) for each in parameters])
            parts.append(f"<h3>Parameters</h3>{listed}")
        if "requestBody" in operation:
            body = resolve(self.document, operation["requestBody"])
            parts.append(f"<h3>Request body</h3><h4>{self._model(body)}</h4>{self._body(body)}")
        parts.append("<h3>Responses</h3>")
        for status, reference in operation["responses"].items():
            response = resolve(self.document, reference)
            kind = "" if status.startswith("2") else " failure"
            badge = f'<span class="badge{kind}">{html.text(status)}</span>'
            anchor = html.anchor(operation["operationId"], status)
            parts.append(f'<h4 id="{anchor}">{badge}{self._model(response)}</h4>')
            parts.append(self._body(response))
        return "".join(parts)

    def _parameter(self, parameter: Node) -> tuple[str, str]:
        name = f"{html.code(parameter['name'])}{self._type(parameter['schema'])}"
        needed = ' <span class="required">required</span>' if parameter.get("required") else ""
        example = ""
        if "example" in parameter:
            example = f"<p>Example: {html.code(json.dumps(parameter['example']))}</p>"
        place = f'<p class="soft">In the {html.text(parameter["in"])}.{needed}</p>'
        return name, html.markdown(parameter["description"]) + place + example

    def _model(self, body: Node) -> str:
        schema = body_schema(self.document, body)
        return "no body" if schema is None else self._type_in_words(schema)

    def _body(self, body: Node) -> str:
        parts = [html.markdown(body["description"])]
        for header, each in body.get("headers", {}).items():
            meaning = html.text(resolve(self.document, each)["description"])
            parts.append(f"<p>{html.code(header)}: {meaning}</p>")
        for content in body.get("content", {}).values():
            for name, example in content.get("examples", {}).items():
                found = resolve(self.document, example)
                summary = f"{html.code(name)} {html.text(found['summary'])}"
                parts.append(html.details(summary, html.json_block(found["value"])))
        return "".join(parts)

    def _objects(self) -> str:
        return "".join(self._object(name) for name in self._schemas("object"))

    def _object(self, name: str) -> str:
        schema = self.components["schemas"][name]
        required = schema.get("required", ())
        entries = []
        for each, property_ in schema.get("properties", {}).items():
            needed = "" if each in required else '<p class="soft">Optional.</p>'
            meaning = html.markdown(property_.get("description", "")) + needed
            entries.append((f"{html.code(each)}{self._type(property_)}", meaning))
        listed = html.description_list(entries) if entries else ""
        return html.heading(3, name, name) + html.markdown(schema["description"]) + listed

    def _enums(self) -> str:
        parts = []
        for name in self._schemas("enum"):
            schema = self.components["schemas"][name]
            named = zip(schema["x-enum-varnames"], schema["enum"], strict=True)
            entries = [
                (html.code(constant), html.code(json.dumps(value))) for constant, value in named
            ]
            described = html.markdown(schema["description"]) + html.description_list(entries)
            parts.append(html.heading(3, name, name) + described)
        return "".join(parts)

    def _vectors(self) -> str:
        entries = []
        for file in sorted((self.openapi / "vectors").glob("*.json")):
            vector = json.loads(file.read_text("utf-8"))
            status = vector["response"]["status"]
            kind = "" if "model" in vector["expect"] else " failure"
            badge = f'<span class="badge{kind}">{status}</span>'
            entries.append((html.code(vector["name"]), badge + html.text(vector["description"])))
        count = f"<h3>The {len(entries)} vectors</h3>"
        return self._file("VECTORS.md") + count + html.description_list(entries)

    def _file(self, name: str) -> str:
        # The page has its own heading, and relative links would lead nowhere.
        _, _, source = (self.openapi / name).read_text("utf-8").partition("\n")
        return html.markdown(re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]+\)", r"`\1`", source), 1)

    def _schemas(self, kind: str) -> list[str]:
        schemas: Node = self.components["schemas"]
        return [
            name
            for name, each in schemas.items()
            if ("enum" if "enum" in each else each["type"]) == kind
        ]

    def _type(self, schema: Node) -> str:
        return f'<span class="type">{self._type_in_words(schema)}</span>'

    def _type_in_words(self, schema: Node) -> str:
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(SCHEMAS)
            return html.link(name, name)
        if "anyOf" in schema:
            return " or ".join(self._type_in_words(each) for each in schema["anyOf"])
        if schema.get("type") == "array":
            return f"list of {self._type_in_words(schema['items'])}"
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        named = (schema.get("format", each) if each == "string" else each for each in types)
        return " or ".join(html.text(each) for each in named)
