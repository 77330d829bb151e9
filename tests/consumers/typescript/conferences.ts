// A client for one operation, on top of the generated client: it classifies failed responses.
import { z } from "zod";
import { createClient } from "./generated/client/index.ts";
import { getVideoConference } from "./generated/sdk.gen.ts";
import type { Conference, ErrorEntry } from "./generated/types.gen.ts";
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

export async function getConference(
  baseUrl: string,
  credentials: { project: string; token: string },
  id: string,
  includeActiveSession: boolean | undefined,
  headers: Record<string, string> = {},
): Promise<Conference> {
  const client = createClient({
    baseUrl,
    auth: `${credentials.project}:${credentials.token}`,
    // Following a redirect could send the credentials to another host. An HTML page is an error.
    redirect: "manual",
    parseAs: "json",
    headers: { Accept: "application/json", ...headers },
  });
  const query = includeActiveSession === undefined ? {} : { include_active_session: includeActiveSession };
  const { data, error, response } = await getVideoConference({ client, path: { id }, query });
  if (response === undefined) throw error;
  // The generated client returns an empty object for an empty body, without validating it.
  const empty = response.status === 204 || response.headers.get("Content-Length") === "0";
  if (data !== undefined && !empty) return data;
  throw failure(response, error);
}

function failure(response: Response, body: unknown): ConferenceError {
  const failed = new ConferenceError(`the API returned ${response.status}`);
  failed.status = response.status;
  failed.requestId = response.headers.get("X-Request-Id");
  if (response.ok) {
    failed.kind = "contract";
    const path = body instanceof z.ZodError ? (body.issues[0]?.path ?? []) : [];
    failed.at = path.length ? path.join(".") : null;
    return failed;
  }
  failed.kind = KINDS[response.status] ?? (response.status >= 500 ? "server" : "other");
  failed.retryAfter = response.headers.get("Retry-After");
  failed.text = zErrorMessage.safeParse(body).data?.error ?? null;
  failed.entries = zErrorList.safeParse(body).data?.errors ?? [];
  return failed;
}
