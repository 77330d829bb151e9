// Parses Retry-After: a number of seconds, or a date in one of HTTP's three formats.
const DATE_FORMATS = [
  /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^\w{6,9}, \d{2}-\w{3}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^\w{3} \w{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

export type Wait = { seconds: number } | { until: string } | null;

export function parseRetryAfter(header: string | null): Wait {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return { seconds: Number(header) };
  if (!DATE_FORMATS.some((format) => format.test(header))) return null;
  // The asctime format has no time zone; it is UTC.
  const until = new Date(header.endsWith("GMT") ? header : `${header} GMT`);
  if (until.getTime() <= Date.now()) return { seconds: 0 };
  return { until: until.toISOString().replace(".000Z", "Z") };
}
