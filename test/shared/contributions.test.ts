import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { commands, contextKeys, contextValues, sessionWords, viewContainer, views, walkthrough } from '../../shared/contributions.ts';
import { settings, settingValue } from '../../shared/settings.ts';
import { readManifest } from '../support/manifest.ts';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Step {
  readonly description: string;
  readonly media: { readonly image: Readonly<Record<string, string>> };
  readonly completionEvents: readonly string[];
}

interface Property {
  readonly type: string;
  readonly items?: { readonly type: string };
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly scope: string;
  readonly markdownDescription: string;
}

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly commands: readonly { readonly command: string; readonly category: string; readonly title: string }[];
    readonly keybindings: readonly MenuItem[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
    readonly configuration: readonly { readonly title: string; readonly properties: Readonly<Record<string, Property>> }[];
  };
}

const root = new URL('../../', import.meta.url);
const manifest = readManifest() as Manifest;
const { contributes } = manifest;
const commandIds = Object.values<string>(commands);
const viewIds = Object.values<string>(views);
const menuItems = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];

describe('package.json and the tables of contributions', () => {
  it('have the same commands, each with a title and the category Daybook', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(commandIds));
    for (const { title, category } of contributes.commands) assert.ok(title.length > 0 && category === 'Daybook');
  });

  it('have the same views, in the container of the activity bar', () => {
    assert.deepEqual(contributes.viewsContainers.activitybar.map(({ id }) => id), [viewContainer]);
    assert.deepEqual(Object.keys(contributes.views), [viewContainer]);
    assert.deepEqual(sorted((contributes.views[viewContainer] ?? []).map(({ id }) => id)), sorted(viewIds));
  });

  it('know every command of a menu, a keybinding and a welcome text', () => {
    const links = contributes.viewsWelcome.flatMap(({ contents }) => [...contents.matchAll(/\(command:([^)]+)\)/g)].map((match) => match[1] ?? ''));
    assert.ok(links.length > 0);
    for (const command of [...menuItems.map((item) => item.command), ...links]) assert.ok(commandIds.includes(command), command);
  });

  it('have welcome texts for views that exist, one at most for each state', () => {
    for (const { view } of contributes.viewsWelcome) assert.ok(viewIds.includes(view), view);
    const states = contributes.viewsWelcome.map(({ view, when }) => `${view} when ${when}`);
    assert.equal(new Set(states).size, states.length);
  });

  it('know every key, view and item of a when clause', () => {
    const clauses = [...menuItems, ...contributes.viewsWelcome].flatMap(({ when }) => (when === undefined ? [] : [when]));
    for (const clause of clauses) assertKnown(clause);
  });

  it('use every context key in some when clause', () => {
    const clauses = [...menuItems, ...contributes.viewsWelcome].map(({ when }) => when ?? '').join(' ');
    for (const key of Object.values(contextKeys)) assert.ok(clauses.includes(key), key);
  });

  it('have a walkthrough of commands, views and pictures that exist', () => {
    const [{ id, steps } = { id: '', steps: [] }, ...others] = contributes.walkthroughs;
    assert.deepEqual([id, others.length], [walkthrough, 0]);
    const known = [...commandIds, ...viewIds.map((view) => `${view}.focus`)];
    for (const { description, media, completionEvents } of steps) {
      const links = [...description.matchAll(/\(command:([^)]+)\)/g)].map((match) => match[1] ?? '');
      assert.ok(links.length > 0);
      for (const command of links) assert.ok(known.includes(command), command);
      for (const event of completionEvents) assert.ok([...commandIds.map((each) => `onCommand:${each}`), ...viewIds.map((each) => `onView:${each}`)].includes(event), event);
      for (const path of Object.values(media.image)) assert.ok(existsSync(new URL(path, root)), path);
    }
  });

  it('have icons that exist', () => {
    for (const icon of [manifest.icon, ...contributes.viewsContainers.activitybar.map((container) => container.icon)]) {
      assert.ok(existsSync(new URL(icon, root)), icon);
    }
  });

  it('start Daybook after the window is up', () => {
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished']);
  });
});

describe('package.json and the table of settings', () => {
  const properties: Readonly<Record<string, Property>> = Object.fromEntries(
    contributes.configuration.flatMap((group) => Object.entries(group.properties)),
  );

  it('have the same settings', () => {
    assert.deepEqual(sorted(Object.keys(properties)), sorted(Object.keys(settings)));
  });

  for (const [key, setting] of Object.entries(settings)) {
    it(`agree on ${key}, which only the user may set`, () => {
      const property = properties[key];
      assert.ok(property);
      assert.deepEqual(property.default, setting.default);
      const itemType = { strings: 'string', objects: 'object' }[setting.type as string];
      assert.equal(property.type, itemType === undefined && setting.type !== 'list' ? setting.type : 'array');
      if (setting.type !== 'list') assert.equal(property.items?.type, itemType);
      assert.equal(property.minimum, 'minimum' in setting ? setting.minimum : undefined);
      assert.equal(property.maximum, 'maximum' in setting ? setting.maximum : undefined);
      assert.equal(property.scope, 'application');
      assert.match(property.markdownDescription, /\.$/, 'is a sentence');
    });
  }
});

describe('settingValue', () => {
  it('takes what is of the right type', () => {
    assert.equal(settingValue('daybook.editor.enabled', false), false);
    assert.deepEqual(settingValue('daybook.ignore', ['**/x']), ['**/x']);
  });

  it('takes the default for anything else', () => {
    assert.equal(settingValue('daybook.editor.enabled', 'no'), true);
    assert.deepEqual(settingValue('daybook.ignore', ['a', 1]), []);
    assert.equal(settingValue('daybook.idleMinutes', Number.NaN), 15);
    assert.equal(settingValue('daybook.dataDirectory', undefined), '');
  });

  it('keeps numbers within their range', () => {
    assert.equal(settingValue('daybook.terminal.maxOutput', -5), 0);
    assert.equal(settingValue('daybook.idleMinutes', 1e9), 1440);
  });
});

/** Keys that VS Code itself sets. */
const builtIn = ['view', 'viewItem', 'true', 'false', 'resourceScheme', 'explorerResourceIsFolder'];
const states = ['starting', 'running', 'failed'];

function assertKnown(clause: string): void {
  const keys = [...builtIn, ...Object.values<string>(contextKeys)];
  for (const part of clause.split(/\s*(?:&&|\|\|)\s*/)) {
    const [, key, , value] = /^!?([\w.]+)(?:\s*(==|!=|=~)\s*(.+))?$/.exec(part.trim()) ?? [];
    assert.ok(key && keys.includes(key), `${part} in ${clause}`);
    if (value !== undefined) assertValue(key, value);
  }
}

function assertValue(key: string, value: string): void {
  const known: Readonly<Record<string, readonly string[]>> = {
    view: viewIds,
    resourceScheme: ['file', 'vscode-remote'],
    viewItem: [...Object.values(contextValues), [contextValues.session, ...sessionWords].join('.')],
    [contextKeys.server]: states,
  };
  const pattern = /^\/(.+)\/$/.exec(value)?.[1];
  const matches = (candidate: string): boolean => (pattern === undefined ? candidate === value : new RegExp(pattern).test(candidate));
  assert.ok(known[key]?.some(matches), `${key} is never ${value}`);
}

function sorted(values: readonly string[]): readonly string[] {
  return [...values].sort();
}
