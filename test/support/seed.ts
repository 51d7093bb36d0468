/** Random cases are the same in every run of the tests, so that what is green stays green; `npm run fuzz` draws others. */
import fc from 'fast-check';

const defaultSeed = 20_261_120;

fc.configureGlobal({ seed: Number(process.env['DAYBOOK_SEED'] ?? defaultSeed) });
