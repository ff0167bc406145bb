/** The fields that the page around the chat gives, as JSON in `data-fields`. */

/** What is sent along: what was given, or its text as it stands where that is no JSON, so that the server can tell the agent. */
export function readFields(text: string | null): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
