/** What opens an encrypted record, as a client sends it. */

import * as v from 'valibot';

const keys = v.record(v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/)), v.string());

export const unlockParams = v.object({ passphrase: v.exactOptional(v.string()), keys: v.exactOptional(keys) });
