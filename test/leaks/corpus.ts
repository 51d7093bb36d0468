/** More than 3,000 secrets, each in a record; and whether one is still there. */

import { typeOf, type DaybookRecord } from '../../shared/record.ts';
import { carriers, keyCarriers } from './carriers.ts';
import { createDraw } from './random.ts';
import { secretsOf } from './shapes.ts';

export interface Planted {
  readonly shape: string;
  readonly carrier: string;
  readonly record: DaybookRecord;
  /** What must not be in the record any more, however it is written. */
  readonly parts: readonly string[];
}

export function corpus(seed: number): Planted[] {
  const draw = createDraw(seed);
  const planted: Planted[] = [];
  const plant = (shape: string, carrier: string, parts: readonly string[], rest: Partial<DaybookRecord> & { readonly data: unknown }): void => {
    const common = { specversion: '1.0', id: `r${planted.length}`, source: 'bench', type: typeOf('events', 'note'), time: '2026-11-20T10:00:00.000Z' } as const;
    planted.push({ shape, carrier, parts, record: { ...common, ...rest } });
  };
  for (const { name, onlyBare, carry } of carriers) {
    for (const secret of [...secretsOf(draw), ...secretsOf(draw)]) {
      if (!onlyBare || secret.isBare) plant(secret.shape, name, secret.parts, carry(secret, draw));
    }
  }
  for (const { name, carry } of keyCarriers) {
    for (let count = 0; count < 25; count++) {
      const { data, parts } = carry(draw);
      plant('key file', name, parts, { data });
    }
  }
  return planted;
}

// The bytes that a terminal shows, with escapes decoded: in this form a person, and whoever searches, would find it.
const sequences = new RegExp(String.raw`\u001b\[[0-9;]*m`, 'g');

/** Whether any of the parts can still be read in a value. */
export function leaks(value: unknown, parts: readonly string[]): boolean {
  let text = '';
  const read = (inner: unknown): void => {
    if (typeof inner === 'string') text += `${inner}\n`;
    else if (typeof inner === 'object' && inner !== null) for (const [key, member] of Object.entries(inner)) [key, member].forEach(read);
  };
  read(value);
  let shown = text.replace(sequences, '');
  for (let depth = 0; depth < 3; depth++) {
    if (parts.some((part) => shown.includes(part))) return true;
    shown = shown.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\\(["\\/])/g, '$1');
    shown = shown.replace(/%3D/g, '=');
  }
  return parts.some((part) => shown.includes(part));
}
