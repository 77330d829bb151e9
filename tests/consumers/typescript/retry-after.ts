// What Retry-After asks for: a count of seconds, or one of HTTP's three forms of a date.
const FORMS = [
  /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^\w{6,9}, \d{2}-\w{3}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^\w{3} \w{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

export type Wait = { seconds: number } | { until: string } | null;

export function waitOf(header: string | null): Wait {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return { seconds: Number(header) };
  if (!FORMS.some((form) => form.test(header))) return null;
  // C's asctime has no zone, and is in UTC all the same.
  const until = new Date(header.endsWith("GMT") ? header : `${header} GMT`);
  if (until.getTime() <= Date.now()) return { seconds: 0 };
  return { until: until.toISOString().replace(".000Z", "Z") };
}
