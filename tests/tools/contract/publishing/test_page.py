"""The page shows the whole contract and is self-contained."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import yaml
from support.servers import CONTRACT
from support.vectors import OPENAPI, vectors

from tools.contract.publishing.page import anchor, render

PAGE = render(OPENAPI)
DOCUMENT = yaml.safe_load((OPENAPI / "openapi.yaml").read_text("utf-8"))
SCHEMAS = DOCUMENT["components"]["schemas"]


class Reader(HTMLParser):
    """Collect the text, ids, links, tags and subresources of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a":
            self.links.append(given["href"])
        self.fetched += [
            value
            for name, value in given.items()
            if name == "src" or (name == "href" and tag != "a" and not value.startswith("data:"))
        ]

    def handle_data(self, data: str) -> None:
        self.text += data


READER = Reader(PAGE)


def test_it_shows_every_field_parameter_and_constant() -> None:
    fields = {name for each in SCHEMAS.values() for name in each.get("properties", ())}
    fields |= {each["name"] for each in DOCUMENT["components"]["parameters"].values()}
    constants = {name for each in SCHEMAS.values() for name in each.get("x-enum-varnames", ())}
    codes = set(re.findall(r"<dt><code>([^<]+)</code>", PAGE))

    assert len(fields) > 40
    assert fields | constants <= codes
    assert set(SCHEMAS) <= set(re.findall(r'<h3 id="[^"]+">(\w+)</h3>', PAGE))


def test_it_shows_every_example_status_change_and_vector() -> None:
    for example in DOCUMENT["components"]["examples"].values():
        assert json.dumps(example["value"], indent=2, ensure_ascii=False) in READER.text
    for operation in CONTRACT.operations:
        for example in operation.examples:
            assert anchor(f"{operation.id} {example.status}") in READER.ids
    for vector in vectors():
        assert f"<code>{vector['name']}</code>" in PAGE
        assert vector["description"] in READER.text
    assert DOCUMENT["info"]["version"] in READER.text
    assert "First version" in READER.text


def test_internal_links_resolve_and_ids_are_unique() -> None:
    assert len(set(READER.ids)) == len(READER.ids)
    inside = [link[1:] for link in READER.links if link.startswith("#")]
    assert len(inside) > 20
    assert set(inside) <= set(READER.ids)
    outside = [link for link in READER.links if not link.startswith("#")]
    assert all(link.startswith("https://") for link in outside)


def test_it_has_no_subresources_and_no_scripts() -> None:
    assert READER.fetched == []
    assert not READER.tags & {"script", "iframe", "object", "embed", "img"}
    assert "url(" not in PAGE
    assert "@import" not in PAGE


def test_text_of_the_contract_is_escaped(tmp_path: Path) -> None:
    copy = tmp_path / "openapi"
    shutil.copytree(OPENAPI, copy)
    document = yaml.safe_load((copy / "openapi.yaml").read_text("utf-8"))
    seeded = "<script>alert(1)</script>"
    document["info"]["title"] = document["info"]["description"] = seeded
    document["components"]["schemas"]["Conference"]["properties"]["name"]["description"] = seeded
    document["components"]["examples"]["documented"]["summary"] = seeded
    (copy / "openapi.yaml").write_text(yaml.safe_dump(document), "utf-8")

    page = render(copy)

    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 4


def test_an_operation_may_have_neither_parameters_nor_examples(tmp_path: Path) -> None:
    copy = tmp_path / "openapi"
    shutil.copytree(OPENAPI, copy)
    document = yaml.safe_load((copy / "openapi.yaml").read_text("utf-8"))
    del document["paths"]["/api/video/streams/{id}"]["get"]["parameters"]
    for parameter in document["components"]["parameters"].values():
        del parameter["example"]
    (copy / "openapi.yaml").write_text(yaml.safe_dump(document), "utf-8")

    assert "get_stream" in render(copy)


def test_rendering_is_deterministic() -> None:
    assert render(OPENAPI) == PAGE
