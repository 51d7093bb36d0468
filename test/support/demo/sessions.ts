/** The AI sessions of an invented person who works on a small shop. */
import type { DemoSession, Step } from './claudeCode.ts';

const hour = 60;
const day = 24 * hour;
/** Minutes since the day began, here: a session of yesterday is one at every hour of today, soon after midnight as well. */
const today = new Date().getHours() * hour + new Date().getMinutes();
const basket = '/home/ada/shop/src/basket.js';
const basketTest = '/home/ada/shop/test/basket.test.js';

const failingRun = [
  'Exit code 1',
  '✔ adds up an empty basket (0.6 ms)',
  '✖ adds up prices with cents (1.2 ms)',
  '  AssertionError: Expected values to be strictly equal:',
  '',
  '  0.30000000000000004 !== 0.3',
  '',
  '      at test/basket.test.js:12:10',
  '',
  'tests 2, pass 1, fail 1',
].join('\n');

const passingRun = ['✔ adds up an empty basket (0.5 ms)', '✔ adds up prices with cents (0.9 ms)', '', 'tests 2, pass 2, fail 0'].join('\n');

/** The one that the pictures show opened. */
export const flakyTest: DemoSession = {
  id: '2d6c8a10-5b7e-4f39-9c42-7e1a0b3c5d01',
  title: 'Fix the failing basket test',
  minutesAgo: 24,
  steps: [
    { ask: 'The basket test fails since this morning. Find out why and fix it, please.' },
    { think: 'Run the tests first, then look at how the total is computed.' },
    { say: "I'll run the tests to see the failure." },
    { use: 'Bash', input: { command: 'npm test', description: 'Run the tests' }, output: failingRun, failed: true, ms: 1840 },
    { use: 'Read', input: { file_path: basket }, output: 'export function total(items) {\n  return items.reduce((sum, item) => sum + item.price, 0);\n}\n' },
    {
      say: [
        'The prices are added as decimals, and `0.1 + 0.2` is not `0.3` in binary floating point:',
        '',
        '```js',
        'return items.reduce((sum, item) => sum + item.price, 0);',
        '```',
        '',
        'Adding **whole cents** and dividing once at the end is exact.',
      ].join('\n'),
    },
    {
      use: 'Edit',
      input: {
        file_path: basket,
        old_string: '  return items.reduce((sum, item) => sum + item.price, 0);',
        new_string: '  const cents = items.reduce((sum, item) => sum + Math.round(item.price * 100), 0);\n  return cents / 100;',
      },
      output: 'The file /home/ada/shop/src/basket.js has been updated.',
    },
    { use: 'Bash', input: { command: 'npm test', description: 'Run the tests again' }, output: passingRun, ms: 1610 },
    { say: 'Both tests pass now. `total` adds whole cents, so no rounding error can build up.' },
    { ask: 'Good. Add a test for a basket with a hundred small prices.' },
    {
      use: 'Edit',
      input: { file_path: basketTest, old_string: '});', new_string: "});\n\ntest('adds up a hundred small prices', () => { … });" },
      output: 'The file /home/ada/shop/test/basket.test.js has been updated.',
    },
    { use: 'Bash', input: { command: 'npm test' }, output: passingRun.replace('tests 2, pass 2', 'tests 3, pass 3'), ms: 1702 },
    { say: 'Added and green: a hundred items at 0.01 make exactly 1.' },
  ],
};

/** What is added to it while a window is open. */
export const nextTurn: readonly Step[] = [
  { ask: 'And what about marmalade in foreign currencies?' },
  { say: 'Amounts in yen have no cents, so the factor must come from the currency.' },
];

/** Words that only `nextTurn` has. */
export const nextWords = 'marmalade currencies';

export const sessions: readonly DemoSession[] = [
  flakyTest,
  session('2d6c8a10-5b7e-4f39-9c42-7e1a0b3c5d02', 'Explain how vouchers are checked', 130, 'How does the shop check a voucher?', 'It looks it up by its code.'),
  session('2d6c8a10-5b7e-4f39-9c42-7e1a0b3c5d03', 'Move prices to whole cents', today + 8 * hour, 'Plan the move to whole cents.', 'Four steps, the database last.'),
  session('2d6c8a10-5b7e-4f39-9c42-7e1a0b3c5d04', 'Speed up the product list', today + 12 * hour, 'The product list is slow.', 'It asks for each picture twice.'),
  session('2d6c8a10-5b7e-4f39-9c42-7e1a0b3c5d05', 'Dark theme for the basket page', 3 * day, 'Add a dark theme.', 'It follows the system setting.'),
  session('2d6c8a10-5b7e-4f39-9c42-7e1a0b3c5d06', 'Release notes for 1.4', 12 * day, 'Draft the release notes.', 'Here is a draft in six lines.'),
];

function session(id: string, title: string, minutesAgo: number, question: string, answer: string): DemoSession {
  return { id, title, minutesAgo, steps: [{ ask: question }, { say: answer }] };
}
