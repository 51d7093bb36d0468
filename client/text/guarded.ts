/**
 * What Daybook says in its output channel, VS Code writes to disk. The server redacts its part by its rules, which are too large for the editor's
 * process; here whatever could be a secret is left out, be it one or not.
 */

const longest = 4_000;
const leftOut = '[left out]';
/** As long as no word is, and as most keys are. */
const run = /[\w+=~-]{20,}/g;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The user of a URL with a password. */
const userInformation = /(:\/\/)[^\s/?#@]{1,1000}@/g;
const assigned = /\b((?:password|passphrase|secret|token|api[-_]?key|authorization)["']?\s*[:=]\s*["']?)[^\s"',;]+/gi;

/** A message without long runs of letters and digits, without what a URL or an assignment gives away, and of a bounded length. */
export function guarded(message: string): string {
  const short = message.length > longest ? `${message.slice(0, longest).toWellFormed()} …` : message;
  return short
    .replace(userInformation, `$1${leftOut}@`)
    .replace(assigned, `$1${leftOut}`)
    .replace(run, (text) => (/\d/.test(text) && /[A-Za-z]/.test(text) && !uuid.test(text) ? leftOut : text));
}
