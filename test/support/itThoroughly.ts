import { isThorough } from './thorough.ts';

/** `it`, for what takes long and is much like something that every run has. */
export const itThoroughly: Mocha.TestFunction | Mocha.PendingTestFunction = isThorough() ? it : it.skip;
