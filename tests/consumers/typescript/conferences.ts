// What a program adds to the generated client: settings, and errors that say what failed.
import { z } from "zod";
import { type Client, createClient } from "./generated/client/index.ts";
import type { ErrorEntry } from "./generated/types.gen.ts";
import { zErrorList, zErrorMessage } from "./generated/zod.gen.ts";

export class ConferenceError extends Error {
  kind = "";
  status = 0;
  text: string | null = null;
  entries: ErrorEntry[] = [];
  retryAfter: string | null = null;
  requestId: string | null = null;
  /** The path of the invalid value, or null if the response as a whole is invalid. */
  at: string | null = null;
}

const KINDS: Record<number, string> = {
  400: "bad-request",
  401: "authentication",
  403: "permission",
  404: "not-found",
  422: "validation",
  429: "rate-limit",
};

export function connect(
  baseUrl: string,
  credentials: { project: string; token: string },
  headers: Record<string, string> = {},
): Client {
  return createClient({
    baseUrl,
    auth: `${credentials.project}:${credentials.token}`,
    // Following a redirect could send the credentials to another host. An HTML page is an error.
    redirect: "manual",
    parseAs: "json",
    headers: { Accept: "application/json", ...headers },
  });
}

/** Returns the result of a function of `sdk.gen.ts`, or throws a `ConferenceError`. */
export async function resultOf<T>(
  call: Promise<{ data?: T; error?: unknown; response?: Response }>,
  hasBody: boolean,
): Promise<T | undefined> {
  const { data, error, response } = await call;
  if (response === undefined) throw error;
  // The generated client returns an empty object for an empty body, without validating it.
  const empty = response.status === 204 || response.headers.get("Content-Length") === "0";
  if (data === undefined || empty === hasBody) throw failure(response, error);
  return hasBody ? data : undefined;
}

function failure(response: Response, body: unknown): ConferenceError {
  const failed = new ConferenceError(`the API returned ${response.status}`);
  failed.status = response.status;
  failed.requestId = response.headers.get("X-Request-Id");
  if (response.ok) {
    failed.kind = "contract";
    const path = body instanceof z.ZodError ? (body.issues[0]?.path ?? []) : [];
    failed.at = path.length ? path.join(".").replace(/\.(\d+)/g, "[$1]") : null;
    return failed;
  }
  failed.kind = KINDS[response.status] ?? (response.status >= 500 ? "server" : "other");
  failed.retryAfter = response.headers.get("Retry-After");
  failed.text = zErrorMessage.safeParse(body).data?.error ?? null;
  failed.entries = zErrorList.safeParse(body).data?.errors ?? [];
  return failed;
}
