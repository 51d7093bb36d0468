/** Folders and files as URIs. */

/** Without percent-encoding; what was not percent-encoded after all, `100%.txt`, stays as it is. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The last segment of a folder's URI, as a person calls it; undefined when there is none. */
export function lastSegment(uri: string): string | undefined {
  const last = uri.replace(/\/+$/, '').split('/').at(-1);
  return last === undefined || last === '' ? undefined : decoded(last);
}
