import type { Translate } from '../../client/text/translate.ts';

/** What `vscode.l10n.t` does for English. */
export const t: Translate = (message, ...values) => message.replace(/\{(\d+)\}/g, (_hole, place: string) => String(values[Number(place)]));
