/** The texts that the client says through `vscode.l10n.t`, read from its sources. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { dashboardTexts, timelineTexts } from '../../shared/webviewTexts.ts';
import { root } from './places.ts';

export interface Message {
  readonly text: string;
  /** `client/messages.ts:20` */
  readonly place: string;
  /** How many values are handed in; undefined where that cannot be told. */
  readonly values: number | undefined;
}

export interface Messages {
  readonly messages: readonly Message[];
  /** Calls whose text cannot be read: no translation can be found for it. */
  readonly unreadable: readonly string[];
}

/** They take texts and have them translated: what they say are the texts of others. */
const handsOn = new Set(['client/text/translate.ts', 'client/webview/setting.ts']);

export function clientMessages(): Messages {
  const messages: Message[] = [...dashboardTexts, ...timelineTexts].map((text) => ({ text, place: 'shared/webviewTexts.ts', values: undefined }));
  const unreadable: string[] = [];
  const client = join(root, 'client');
  for (const name of readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.ts'))) {
    const path = join(client, name);
    const place = relative(root, path).replaceAll('\\', '/');
    if (handsOn.has(place)) continue;
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) read(node, `${place}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }

  function read(call: ts.CallExpression, place: string): void {
    const name = ts.isIdentifier(call.expression) ? call.expression.text : ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : '';
    const [first] = call.arguments;
    if (name === 't' && first) add(first, place, call.arguments.slice(1));
    // `counted(t, count, one, many)` hands in the number.
    else if (name === 'counted' && call.arguments.length === 4) for (const each of call.arguments.slice(2)) add(each, place, [each]);
  }

  function add(text: ts.Expression, place: string, values: readonly ts.Expression[]): void {
    if (ts.isParenthesizedExpression(text)) return add(text.expression, place, values);
    if (ts.isConditionalExpression(text)) {
      add(text.whenTrue, place, values);
      return add(text.whenFalse, place, values);
    }
    if (!ts.isStringLiteralLike(text)) return void unreadable.push(`${place} ${text.getText().slice(0, 60)}`);
    messages.push({ text: text.text, place, values: values.some(ts.isSpreadElement) ? undefined : values.length });
  }

  return { messages, unreadable };
}

/** The numbers of the places for values in a text, ascending, each once. */
export function placesOf(text: string): readonly number[] {
  return [...new Set([...text.matchAll(/\{(\d+)\}/g)].map(([, place]) => Number(place)))].sort((a, b) => a - b);
}
