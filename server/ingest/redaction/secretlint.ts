/**
 * Layer two: the recommended rule set of secretlint, which others maintain.
 *
 * Its rules are called directly and not through `@secretlint/core`: the core keeps some 170 performance entries of every call for ever,
 * compares all findings with each other, obeys `secretlint-disable` comments in the text and prints its input when `DEBUG` is set.
 */

import { rules as preset } from '@secretlint/secretlint-rule-preset-recommend';
import type { Range } from './rule.ts';

/** Version of the preset, which the tests compare with the installed one. */
export const presetVersion = '12.0.0';

/** Comments must not switch redaction off. */
const leftOut = new Set(['@secretlint/secretlint-rule-filter-comments']);
/** Account numbers are no secrets. */
const harmless = new Set(['AWSAccountID']);

const active = preset.filter((rule) => !leftOut.has(rule.meta.id));

/** Ids of the preset's rules that are run. */
export const presetRuleIds: readonly string[] = active.map((rule) => rule.meta.id);

/**
 * Something that every match of the preset's rules holds. A test holds this against the preset's own file, so that a new version
 * is read before it is used.
 */
export const mayMatch = new RegExp(
  [
    'A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA',
    '(?:SECRET|secret|Secret)_?(?:ACCESS|access|Access)_?(?:KEY|key|Key)',
    'npm_|x-oauth-basic|xox[bpaor]-|xapp-|[hH][oO][oO][kK][sS]\\.[sS][lL][aA][cC][kK]\\.',
    '://[-a-zA-Z0-9_]{1,256}:[-a-zA-Z0-9_]{1,256}@',
    'sk-(?:proj|svcacct|admin|ant)-|T3BlbkFJ|gsk_|hf_|lin_api_|ntn_|PRIVATE KEY|SG\\.|shp(?:pa|ca|at|ss)_',
    'gh[pousr]_|github_pat_|glpat-|glc_|glsa_|ops_ey|hv[sbr]\\.|vc[piark]_|dapi[A-Fa-f0-9]|dckr_pat_|figd_',
    '(?:[mM][oO][nN][gG][oO][dD][bB](?:\\+[sS][rR][vV])?|[mM][yY][sS][qQ][lL][xX]?|[pP][oO][sS][tT][gG][rR][eE][sS](?:[qQ][lL])?)://',
  ].join('|'),
);

/**
 * Lower-case text of which every match of `mayMatch` holds one in some case: the one scan for the keywords of all rules finds them along
 * with its own, and `mayMatch` is asked for the few texts that hold one. `://` is in every other text: what follows it decides.
 */
export const presetKeywords: readonly string[] = [
  'a3t', 'akia', 'agpa', 'aida', 'aroa', 'aipa', 'anpa', 'anva', 'asia', 'secretaccess', 'secret_access', 'npm_', 'x-oauth-basic', 'xox',
  'xapp-', 'hooks.slack.', '://', 'mongodb', 'mysql', 'postgres', 'sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-ant-', 't3blbkfj', 'gsk_', 'hf_', 'lin_api_', 'ntn_',
  'private key', 'sg.', 'shppa_', 'shpca_', 'shpat_', 'shpss_', 'ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_', 'glpat-', 'glc_',
  'glsa_', 'ops_ey', 'hvs.', 'hvb.', 'hvr.', 'vcp_', 'vci_', 'vca_', 'vcr_', 'vck_', 'dapi', 'dckr_pat_', 'figd_',
];

const account = /:\/\/[-a-zA-Z0-9_]{1,256}:[-a-zA-Z0-9_]{1,256}@/y;

/** Whether one of the keywords, where it begins in a text, may begin a match of `mayMatch`. */
export function mayBeginPreset(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 0x3a) {
    account.lastIndex = at;
    return account.test(text);
  }
  // `sg.` as the end of `msg.`: the preset knows it in capitals only.
  return !((code === 0x73 || code === 0x53) && text.charCodeAt(at + 2) === 0x2e) || text.startsWith('SG.', at);
}

/** What the preset found in one text. */
interface PresetFinding extends Range {
  /** `secretlint-` and the short name of the rule. */
  readonly rule: string;
}

/** Line ends stop the rules' “no white space” classes, the zero byte stops their white space. */
const separator = '\n\u0000\n';
/** Characters in one run of the rules, a longer text aside. */
const batchLimit = 1 << 20;

/** Findings in each text, in the order of the texts. Texts in which no rule can match are not looked at again. */
export async function findWithPreset(texts: readonly string[]): Promise<readonly (readonly PresetFinding[])[]> {
  const found: PresetFinding[][] = texts.map(() => []);
  let batch: number[] = [];
  let size = 0;
  for (const [index, text] of texts.entries()) {
    if (!mayMatch.test(text)) continue;
    if (size > 0 && size + text.length > batchLimit) {
      await findInBatch(texts, batch, found);
      batch = [];
      size = 0;
    }
    batch.push(index);
    size += text.length + separator.length;
  }
  if (batch.length > 0) await findInBatch(texts, batch, found);
  return found;
}

async function findInBatch(texts: readonly string[], batch: readonly number[], found: readonly PresetFinding[][]): Promise<void> {
  const starts: number[] = [];
  let length = 0;
  for (const index of batch) {
    starts.push(length);
    length += (texts[index] ?? '').length + separator.length;
  }
  const findings = await runRules(batch.map((index) => texts[index] ?? '').join(separator));
  for (const finding of findings) {
    const place = starts.findLastIndex((start) => start <= finding.start);
    const index = batch[place] ?? 0;
    const start = finding.start - (starts[place] ?? 0);
    const end = Math.min(finding.end - (starts[place] ?? 0), (texts[index] ?? '').length);
    if (end > start) found[index]?.push({ rule: finding.rule, start, end });
  }
}

async function runRules(content: string): Promise<readonly PresetFinding[]> {
  const findings: PresetFinding[] = [];
  for (const rule of active) {
    const id = `secretlint-${rule.meta.id.replace(/^.*secretlint-rule-/, '')}`;
    const handler = rule.create(
      {
        sharedOptions: {},
        createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data: data ?? {} }),
        ignore: () => undefined,
        report: ({ message, range: [start, end] }) => {
          if (!harmless.has(message.messageId)) findings.push({ rule: id, start, end });
        },
      },
      // The rule for AWS keeps its search for access key ids switched off otherwise.
      { enableIDScanRule: true },
    );
    await handler.file?.(sourceOf(content));
  }
  return findings;
}

/** Without a path, so that the rules for certain files apply too and none opens a file; no rule that runs asks for positions. */
function sourceOf(content: string): Parameters<NonNullable<ReturnType<(typeof preset)[number]['create']>['file']>>[0] {
  const unused = (): never => {
    throw new Error('The rules of secretlint asked for line numbers, which redaction does not have.');
  };
  return {
    hasBOM: false,
    content,
    filePath: undefined,
    physicalFilePath: undefined,
    contentType: 'text',
    ext: '.txt',
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    locationToRange: unused,
    rangeToLocation: unused,
    positionToIndex: unused,
    indexToPosition: unused,
  };
}
