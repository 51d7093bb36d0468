/** Which words of a user line a person wrote, and when. */

export interface UserText {
  /** What the person typed; undefined when nothing is theirs. */
  readonly said?: string;
  /** What the tool put before or after it: open files, pictures, rules. */
  readonly injected: readonly string[];
  /** RFC 3339; to the minute. */
  readonly time?: string;
}

const opening = '<user_query>';
const closing = '</user_query>';
const stamp = /<timestamp>([^<]{1,100})<\/timestamp>\s*/;
const moment = /([A-Z][a-z]{2})[a-z]* (\d{1,2}),? (\d{4}),? (\d{1,2}):(\d\d) ?([AP]M)?(?: \(UTC(?:([+-])(\d{1,2})(?::(\d\d))?)?\))?/;
// What the tool says in the person's place when something that ran in the background is done.
const continuation = /^\s*(?:The above subagent result is already visible to the user\.|Briefly inform the user about the task result)/;
const element = /^\s*<([a-z_]{1,40})(?:\s[^<>]{0,200})?>/;
const injectedElements: ReadonlySet<string> = new Set([
  'system_reminder', 'image_files', 'uploaded_documents', 'attached_files', 'open_and_recently_viewed_files', 'user_info', 'git_status',
  'project_layout', 'rules', 'manually_attached_skills', 'agent_skills', 'cursor_commands', 'external_links', 'system_notification',
]);

export function readUserText(text: string): UserText {
  const start = text.indexOf(opening);
  const before = start === -1 ? text : text.slice(0, start);
  const time = timeOf(stamp.exec(before)?.[1] ?? '');
  const preamble = before.replace(stamp, '').trim();
  const dated = time === undefined ? {} : { time };
  if (start === -1) return { ...withoutElements(preamble), ...dated };
  // Elements within the words are pasted, so that only the last closing one ends them.
  const end = text.lastIndexOf(closing);
  const query = end > start ? text.slice(start + opening.length, end) : text.slice(start + opening.length);
  const after = end > start ? text.slice(end + closing.length).trim() : '';
  const around = [preamble, after].filter((piece) => piece !== '');
  if (continuation.test(query)) return { injected: [query.trim(), ...around], ...dated };
  return { said: query.trim(), injected: around, ...dated };
}

function withoutElements(text: string): UserText {
  const injected: string[] = [];
  let rest = text;
  for (let name = element.exec(rest)?.[1]; name !== undefined && injectedElements.has(name); name = element.exec(rest)?.[1]) {
    const end = rest.indexOf(`</${name}>`);
    const cut = end === -1 ? rest.length : end + name.length + 3;
    injected.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut);
  }
  return rest.trim() === '' ? { injected } : { said: rest.trim(), injected };
}

/**
 * `Friday, May 8, 2026, 6:05 AM (UTC+5:30)`. Not left to Date.parse, which takes what stands in brackets for a remark and the rest
 * for local time. Without an offset it is UTC.
 */
function timeOf(text: string): string | undefined {
  const match = moment.exec(text);
  const month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(match?.[1] ?? '-') / 3;
  if (!match || !Number.isInteger(month) || month < 0) return undefined;
  const number = (group: number): number => Number(match[group] ?? 0);
  const hour = match[6] === undefined ? number(4) : (number(4) % 12) + (match[6] === 'PM' ? 12 : 0);
  const offset = (number(8) * 60 + number(9)) * (match[7] === '-' ? -1 : 1);
  const ms = Date.UTC(number(3), month, number(2), hour, number(5) - offset);
  return ms > 0 ? new Date(ms).toISOString() : undefined;
}
