// Every vector of the contract, against a running mock server, through the generated client.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { ConferenceError, getConference } from "./conferences.ts";
import * as types from "./generated/types.gen.ts";
import * as schemas from "./generated/zod.gen.ts";
import { waitOf } from "./retry-after.ts";

const MOCK_SERVER = process.env["MOCK_SERVER"] ?? assert.fail("MOCK_SERVER is the address of the mock server");
const REASONS: Record<string, string> = read("inexpressible.json");
const report: Record<string, string[]> = { passed: [], failed: [], inexpressible: [] };

// Prism knows the document alone, and in it the examples; it has to be told which of them to give.
const EXAMPLES: object | null = process.env["EXAMPLES"] ? read("contract/openapi.json").components.examples : null;
const names = readdirSync("contract/vectors").sort();
const vectors = names.map((name) => read(`contract/vectors/${name}`));
for (const vector of vectors.filter(({ name }) => EXAMPLES === null || name in EXAMPLES)) {
  test(vector.name, async () => {
    try {
      await (vector.name in REASONS ? assert.rejects(() => run(vector)) : run(vector));
    } catch (error) {
      report["failed"]?.push(vector.name);
      throw error;
    }
    report[vector.name in REASONS ? "inexpressible" : "passed"]?.push(vector.name);
  });
}
after(() => {
  writeFileSync("report.json", JSON.stringify(report));
  const stale = Object.keys(REASONS).filter((name) => !names.includes(`${name}.json`));
  assert.deepEqual(stale, [], "inexpressible.json names vectors that are not there");
});

async function run(vector: any): Promise<void> {
  const { credentials, arguments: given } = vector.request;
  const asked = given.include_active_session ?? undefined;
  const headers: Record<string, string> = {};
  if (EXAMPLES !== null) headers["Prefer"] = `code=${vector.response.status}, example=${vector.name}`;
  const call = getConference(MOCK_SERVER, credentials, given.id, asked, headers);
  const outcome = await call.catch((error) => error);
  if ("error" in vector.expect) {
    assertError(outcome, vector.expect.error);
  } else if (outcome instanceof Error) {
    throw outcome;
  } else {
    for (const [path, expected] of Object.entries(vector.expect.values)) {
      assertValue(outcome, vector.expect, path, expected);
    }
  }
}

function assertError(error: unknown, expected: any): void {
  assert.ok(error instanceof ConferenceError, `no failure: ${error}`);
  assert.equal(error.kind, expected.kind);
  assert.equal(error.status, expected.status);
  // The request id is the server's own; the mock server sends that of the vector.
  assert.ok(error.requestId === expected.request_id || (EXAMPLES !== null && error.requestId));
  assert.equal(error.text, expected.message);
  assert.equal(error.at, expected.at ?? null);
  const entries = error.entries.map(({ type, code, message, attribute, url }) => {
    return { type, code, message, attribute: attribute ?? null, url };
  });
  assert.deepEqual(entries, expected.entries);
  assert.deepEqual(waitOf(error.retryAfter), expected.wait);
}

function assertValue(conference: any, expect: any, path: string, expected: any): void {
  const names = path.split(".");
  const name = names.pop() ?? "";
  const owner = names.reduce((value, key) => value[key], conference);
  const value = owner[name];
  if (expected.kind === "kept-property") return assert.deepEqual(value, expected.value, path);
  // Types are gone by now, but what the contract names is in the generated schema.
  const model = names.length ? expect.values[names.join(".")].model : expect.model;
  assert.ok(name in (schemas as any)[`z${model}`].shape, `${path} is no property of ${model}`);
  switch (expected.kind) {
    case "absent":
      return assert.ok(!(name in owner), path);
    case "null":
      return assert.equal(value, null, path);
    case "text":
    case "integer":
    case "boolean":
      return assert.strictEqual(value, expected.value, path);
    case "uuid":
      return assert.equal(value.toLowerCase(), expected.value, path);
    case "instant":
      return assert.equal(instant(value), expected.value, path);
    case "constant":
      assert.equal((types as any)[expected.enum][expected.constant], expected.value, path);
      return assert.strictEqual(value, expected.value, path);
    case "kept-value":
      assert.ok(!Object.values((types as any)[expected.enum]).includes(value), path);
      return assert.strictEqual(value, expected.value, path);
    case "object":
      return assert.deepEqual(value, expected.value, path);
    case "model":
      return assert.ok(typeof value === "object" && value !== null, path);
    default:
      assert.fail(`no vector has the kind ${expected.kind}`);
  }
}

/** The point in time as the vectors write it: in UTC, without trailing zeros. */
function instant(value: unknown): string {
  assert.ok(value instanceof Date, `${value} is no Date`);
  return value.toISOString().replace(/\.?0*Z$/, "Z");
}

function read(path: string): any {
  return JSON.parse(readFileSync(path, "utf-8"));
}
