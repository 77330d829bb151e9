// Runs every vector of the contract through the generated client, against a running mock server.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { ConferenceError, connect, resultOf } from "./conferences.ts";
import * as sdk from "./generated/sdk.gen.ts";
import * as types from "./generated/types.gen.ts";
import * as schemas from "./generated/zod.gen.ts";
import { parseRetryAfter } from "./retry-after.ts";

const MOCK_SERVER = process.env["MOCK_SERVER"] ?? assert.fail("set MOCK_SERVER to the address of the mock server");
const REASONS: Record<string, string> = read("inexpressible.json");
const report: Record<string, string[]> = { passed: [], failed: [], inexpressible: [] };

// Prism only knows the examples in the document, and each request must select one of them.
const EXAMPLES: object | null = process.env["EXAMPLES"] ? read("contract/openapi.open-enums.json").components.examples : null;
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
  assert.deepEqual(stale, [], "inexpressible.json names vectors that do not exist");
});

async function run(vector: any): Promise<void> {
  const Prefer = `code=${vector.response.status}, example=${vector.name}`;
  const client = connect(MOCK_SERVER, vector.request.credentials, { Prefer });
  let sent = new Request(MOCK_SERVER);
  client.interceptors.request.use((request) => {
    sent = request.clone();
    return request;
  });
  const { id, ...query } = withDates(vector.request.arguments);
  const body = vector.request.fields && withDates(vector.request.fields);
  const name = vector.operation.replace(/_(.)/g, (_: string, letter: string) => letter.toUpperCase());
  const call = (sdk as any)[name]({ client, path: { id }, query, body });
  const outcome = await resultOf(call, vector.expect.model !== null).catch((error) => error);
  await assertSent(sent, vector.request);
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

/** Converts date-times as the generated types require, and leaves out omitted arguments. */
function withDates(given: Record<string, any>): Record<string, any> {
  const dates = ["join_from", "join_until", "starts_after", "ends_before"];
  const entries = Object.entries(given).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name, dates.includes(name) ? new Date(value) : value]));
}

async function assertSent(sent: Request, expected: any): Promise<void> {
  const url = new URL(sent.url);
  assert.equal(sent.method, expected.method);
  assert.equal(url.pathname, expected.path);
  const query = [...url.searchParams].map(([name, value]) => [name, withoutZeros(value)]);
  assert.deepEqual(Object.fromEntries(query), expected.query);
  for (const name of ["Authorization", "Accept", "Content-Type"]) {
    assert.equal(sent.headers.get(name), expected.headers[name] ?? null, name);
  }
  const body = await sent.text();
  assert.deepEqual(body ? JSON.parse(withoutZeros(body)) : undefined, expected.body);
}

/** Removes the trailing zeros of fractions in date-times. */
function withoutZeros(text: string): string {
  return text.replace(/(?:\.0+|(\.\d*[1-9])0+)Z/g, "$1Z");
}

function assertError(error: unknown, expected: any): void {
  assert.ok(error instanceof ConferenceError, `not a ConferenceError: ${error}`);
  assert.equal(error.kind, expected.kind);
  assert.equal(error.status, expected.status);
  // The mock server sends the vector's request id. Prism sends its own.
  assert.ok(error.requestId === expected.request_id || (EXAMPLES !== null && error.requestId));
  assert.equal(error.text, expected.message);
  assert.equal(error.at, expected.at ?? null);
  const entries = error.entries.map(({ type, code, message, attribute, url }) => {
    return { type, code, message, attribute: attribute ?? null, url };
  });
  assert.deepEqual(entries, expected.entries);
  assert.deepEqual(parseRetryAfter(error.retryAfter), expected.wait);
}

function assertValue(result: any, expect: any, path: string, expected: any): void {
  const names = path.match(/\w+/g) ?? [];
  const name = names.pop() ?? "";
  const owner = names.reduce((value, key) => value[key], result);
  const value = owner[name];
  if (expected.kind === "kept-property") return assert.deepEqual(value, expected.value, path);
  // Types do not exist at run time, but the generated schema has the names of the properties.
  const model = path.includes(".") ? expect.values[path.replace(/\.\w+(\[\d+\])?$/, "")].model : expect.model;
  const isItem = path.endsWith("]");
  assert.ok(isItem || name in (schemas as any)[`z${model}`].shape, `${path} is not a property of ${model}`);
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
    case "list":
      return assert.equal(value.length, expected.length, path);
    case "model":
      return assert.ok(typeof value === "object" && value !== null, path);
    default:
      assert.fail(`unknown kind: ${expected.kind}`);
  }
}

/** Formats a point in time as the vectors do: in UTC, without trailing zeros. */
function instant(value: unknown): string {
  assert.ok(value instanceof Date, `${value} is not a Date`);
  return value.toISOString().replace(/\.?0*Z$/, "Z");
}

function read(path: string): any {
  return JSON.parse(readFileSync(path, "utf-8"));
}
