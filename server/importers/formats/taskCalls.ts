/** Tool calls that a model wrote as XML into its words, and the answers that came as words, before models had a way of their own. */

import type { Part, ToolCallPart, ToolStatus } from '../../../shared/session.ts';

// Named by the tools; a name that is missing here stays part of the words.
const names = [
  'execute_command', 'read_file', 'write_to_file', 'replace_in_file', 'apply_diff', 'insert_content', 'search_and_replace', 'search_files',
  'list_files', 'list_code_definition_names', 'browser_action', 'use_mcp_tool', 'access_mcp_resource', 'ask_followup_question',
  'attempt_completion', 'plan_mode_respond', 'new_task', 'switch_mode', 'fetch_instructions', 'codebase_search', 'update_todo_list',
  'run_slash_command', 'load_mcp_documentation', 'condense', 'report_bug', 'new_rule', 'web_fetch', 'web_search', 'focus_chain',
];
const opening = new RegExp(`^[ \\t]*<(${names.join('|')}|thinking)>`, 'gm');
// Their arguments may hold the closing element themselves.
const greedy: ReadonlySet<string> = new Set(['write_to_file', 'replace_in_file', 'apply_diff', 'insert_content', 'new_rule']);
const argumentOpening = /<([a-z_]{1,40})>/g;

/** The words, thoughts and calls of a text, in order. `fallbackId` names the calls. */
export function callsIn(text: string, fallbackId: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(opening)) {
    const name = match[1] ?? '';
    const start = match.index + match[0].length;
    if (match.index < from) continue;
    const end = greedy.has(name) ? text.lastIndexOf(`</${name}>`) : text.indexOf(`</${name}>`, start);
    if (end < start) break;
    addWords(parts, text.slice(from, match.index));
    const inner = text.slice(start, end);
    parts.push(name === 'thinking' ? { type: 'reasoning', content: inner.trim() } : call(name, inner, `${fallbackId}#${parts.length}`));
    from = end + name.length + 3;
  }
  addWords(parts, text.slice(from));
  return parts;
}

/** Which tool a text says it is the answer of, and the rest of it; undefined when it is no answer. */
export function answerIn(text: string): { readonly name: string; readonly response: string } | undefined {
  const name = /^\[([a-z_]{1,40})(?=[\] ])/.exec(text)?.[1];
  const end = name === undefined ? -1 : text.slice(0, 20_000).indexOf('] Result:');
  return name === undefined || end === -1 ? undefined : { name, response: text.slice(end + '] Result:'.length).trim() };
}

/** How a call went, by the words of its answer. */
export function statusOf(response: string): ToolStatus {
  const start = response.trimStart().slice(0, 300);
  if (/^(?:The user denied this operation|\{"status":\s*"denied")/.test(start)) return 'denied';
  if (/^(?:Task was interrupted|The tool execution was interrupted)/.test(start)) return 'cancelled';
  return /^(?:The tool execution failed|Error\b|<error>|\[ERROR\]|\{"status":\s*"error")/.test(start) ? 'failed' : 'succeeded';
}

/** The exit code that the answer of a command names. */
export function exitCodeOf(response: string): number | undefined {
  const code = /(?:^|[\n.] ?)Exit code: (-?\d{1,10})\b/.exec(response.slice(0, 2_000))?.[1];
  return code === undefined ? undefined : Number(code);
}

function call(name: string, inner: string, id: string): ToolCallPart {
  const found: [string, string][] = [];
  let from = 0;
  for (const { index, 0: tag, 1: key = '' } of inner.matchAll(argumentOpening)) {
    if (index < from) continue;
    const isLong = key === 'content' || key === 'diff' || key === 'result';
    const end = isLong ? inner.lastIndexOf(`</${key}>`) : inner.indexOf(`</${key}>`, index);
    if (end < index) break;
    found.push([key, inner.slice(index + tag.length, end).replace(/^\r?\n|\r?\n$/g, '')]);
    from = end + key.length + 3;
  }
  return { type: 'tool_call', id, name, arguments: Object.fromEntries(found) };
}

function addWords(parts: Part[], text: string): void {
  const content = text.trim();
  if (content !== '') parts.push({ type: 'text', content });
}
