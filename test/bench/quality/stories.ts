/** The work that the questions are about. Words are shared between stories on purpose: a record is found by what sets it apart. */

import type { Story } from './story.ts';
import { moreStories } from './moreStories.ts';

const webStories: readonly Story[] = [
  {
    id: 'login-flaky', source: 'claude-code', workspace: 'shop', title: 'Flaky login test on CI', daysAgo: 3, model: 'claude-sonnet-4-5', steps: [
      { name: 'ask-flaky-login', ask: 'The login test is flaky on CI, about one run in five fails. Can you find out why? It never fails on my machine.' },
      { use: 'Bash', input: { command: 'npx vitest run test/login.spec.ts' }, output: 'FAIL test/login.spec.ts > login > remembers the session\nError: Timed out waiting for selector #account', failed: true },
      { name: 'why-flaky-login', say: 'The test clicks before the cookie is written: `waitForSession` resolves on the first response, and the session cookie arrives with the second one. It is a race between the redirect and Set-Cookie.' },
      { name: 'edit-wait-for-session', use: 'Edit', input: { file_path: '/home/ada/work/shop/test/support/waitForSession.ts', old_string: 'await page.waitForResponse(isLogin)', new_string: 'await expect.poll(() => sessionCookie(page)).toBeDefined()' }, output: 'updated' },
      { name: 'ask-logout-too', ask: 'Does the logout test have the same problem? Please check the other specs for races.' },
      { say: 'The logout spec waits for the banner, so it is fine. Two other tests use waitForSession and are covered by the change.' },
    ],
  },
  {
    id: 'user-name', source: 'claude-code', workspace: 'shop', title: 'Rename user lookup', daysAgo: 9, model: 'claude-opus-4-1', steps: [
      { name: 'ask-user-name', ask: 'getUserName returns the email address when the profile is missing. It should fall back to the nickname.' },
      { use: 'Grep', input: { pattern: 'getUserName', path: 'src' }, output: 'src/account/profile.ts:14: export function getUserName(id: UserId)' },
      { name: 'edit-user-name', use: 'Edit', input: { file_path: '/home/ada/work/shop/src/account/profile.ts', old_string: 'return profile?.name ?? email;', new_string: 'return profile?.name ?? nickname;' }, output: 'updated' },
      { name: 'say-display-name', say: 'I also found `renderDisplayName` in the header, which repeats the same fallback; it now calls the lookup.' },
    ],
  },
  {
    id: 'user-list', source: 'codex', workspace: 'shop', title: 'User list pagination', daysAgo: 40, model: 'gpt-5-codex', steps: [
      { name: 'ask-pagination', ask: 'The list of users loads all 40,000 rows. Add cursor based pagination with a page size of 50.' },
      { name: 'call-next-cursor', use: 'shell', input: { command: 'rg encodeCursor src/api' }, output: 'src/api/users.ts: const nextCursor = encodeCursor(last.id)' },
      { say: 'The endpoint takes `?after=` now and answers with a cursor for the next page. The user name column is sorted in the database.' },
      { name: 'ask-offset', ask: 'Why not OFFSET?' },
      { name: 'say-offset', say: 'OFFSET reads and throws away all the rows before it, so that page 800 is 800 times as slow; a keyset cursor seeks directly.' },
    ],
  },
  {
    id: 'cors', source: 'copilot-chat', workspace: 'api', title: 'CORS error in the browser', daysAgo: 15, model: 'gpt-4.1', steps: [
      { name: 'ask-cors', ask: "Access to fetch at 'http://localhost:8080/orders' from origin 'http://localhost:5173' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource." },
      { name: 'say-cors', say: 'The preflight request is answered by the router before your middleware runs. Register the cors middleware first and allow the development origin.' },
      { ask: 'And in production?' },
      { say: 'There both are served from one origin, so no header is needed; keep the allow list empty.' },
    ],
  },
  {
    id: 'econnrefused', source: 'editor', workspace: 'api', daysAgo: 14, steps: [
      { name: 'run-econnrefused', run: 'npm run dev', exit: 1, output: 'Error: connect ECONNREFUSED 127.0.0.1:5432\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)' },
      { name: 'run-compose', run: 'docker compose up -d postgres', output: 'Container api-postgres-1  Started' },
      { name: 'run-eaddrinuse', run: 'npm run dev', exit: 1, output: 'Error: listen EADDRINUSE: address already in use :::8080' },
      { name: 'run-lsof', run: 'lsof -i :8080 -t | xargs kill -9', output: '' },
      { run: 'npm run dev', output: 'listening on 8080' },
    ],
  },
  {
    id: 'undefined-map', source: 'claude-code', workspace: 'shop', title: 'Crash on the order page', daysAgo: 6, model: 'claude-sonnet-4-5', steps: [
      { name: 'ask-undefined-map', ask: "TypeError: Cannot read properties of undefined (reading 'map') on the order page, only for customers without orders." },
      { say: 'OrderTable maps over `orders.items`, and the API leaves out `items` when there are none.' },
      { name: 'edit-order-table', use: 'Edit', input: { file_path: '/home/ada/work/shop/src/orders/OrderTable.tsx', old_string: 'orders.items.map(renderRow)', new_string: '(orders.items ?? []).map(renderRow)' }, output: 'updated' },
      { name: 'ask-empty-state', ask: 'Show a friendly empty state there instead of an empty table, with a link to the catalogue.' },
    ],
  },
  {
    id: 'hydration', source: 'cursor', workspace: 'shop', title: 'Hydration mismatch', daysAgo: 80, steps: [
      { name: 'ask-hydration', ask: 'Warning: Text content did not match. Server: "11/20/2026" Client: "20.11.2026". How do I get rid of this hydration warning?' },
      { name: 'say-hydration', say: 'Format the date with a fixed locale and time zone on both sides, or render it after mount. `toLocaleDateString()` without arguments depends on the machine.' },
      { name: 'edit-format-date', edit: 'src/lib/formatDate.ts', diff: "-  return date.toLocaleDateString();\n+  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC' }).format(date);" },
    ],
  },
  {
    id: 'dark-mode', source: 'claude-code', workspace: 'shop', title: 'Dark mode toggle', daysAgo: 30, model: 'claude-opus-4-1', steps: [
      { name: 'ask-dark-mode', ask: 'Add a toggle for dark mode that follows the system setting until somebody clicks it.' },
      { name: 'edit-use-color-scheme', edit: 'src/theme/useColorScheme.ts', diff: "+export function useColorScheme(): 'light' | 'dark' {\n+  const media = matchMedia('(prefers-color-scheme: dark)');" },
      { say: 'The hook listens to the media query and remembers a click in local storage.' },
    ],
  },
  {
    id: 'regex', source: 'copilot-chat', workspace: 'shop', title: 'Regular expression for postcodes', daysAgo: 120, model: 'gpt-4.1', steps: [
      { name: 'ask-postcode', ask: 'Write a regular expression that accepts British and German postcodes.' },
      { say: 'For German ones five digits are enough; for British ones two letters at most, digits, a space, a digit and two letters.' },
      { name: 'edit-validate-postcode', edit: 'src/checkout/validatePostcode.ts', diff: '+const britishPostcode = /^[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}$/;' },
    ],
  },
];

const dataStories: readonly Story[] = [
  {
    id: 'migration', source: 'claude-code', workspace: 'api', title: 'Database migration for orders', daysAgo: 20, model: 'claude-opus-4-1', steps: [
      { name: 'ask-migration', ask: 'Write a migration that adds a shipped_at column to orders and backfills it from the events table.' },
      { name: 'write-migration', use: 'Write', input: { file_path: '/home/ada/work/api/db/migrations/0042_add_shipped_at.sql', content: 'ALTER TABLE orders ADD COLUMN shipped_at timestamptz;' }, output: 'written' },
      { name: 'run-migrate-failed', use: 'Bash', input: { command: 'npm run migrate' }, output: 'ERROR: could not obtain lock on relation "orders"\nmigration 0042_add_shipped_at.sql failed after 30 s', failed: true },
      { name: 'say-lock-timeout', say: 'A long report holds a lock on orders. With `SET lock_timeout = 5s` and a retry the migration waits without blocking writers behind it.' },
      { name: 'run-migrate', run: 'npm run migrate -- --env staging', output: 'applied 0042_add_shipped_at.sql in 2.1 s' },
    ],
  },
  {
    id: 'deadlock', source: 'codex', workspace: 'api', title: 'Deadlock when orders are shipped', daysAgo: 18, model: 'gpt-5-codex', steps: [
      { name: 'ask-deadlock', ask: 'Postgres reports "deadlock detected" a few times a day when two workers ship orders of one customer.' },
      { name: 'say-deadlock', say: 'One worker locks order then customer, the other customer then order. Lock customers first everywhere, in the order of their ids.' },
      { name: 'edit-ship-order', use: 'apply_patch', input: { path: 'src/jobs/shipOrder.ts', patch: '+  await lockCustomer(tx, order.customerId);' }, output: 'Done' },
    ],
  },
  {
    id: 'slow-query', source: 'claude-code', workspace: 'api', title: 'Slow report query', daysAgo: 60, model: 'claude-sonnet-4-5', steps: [
      { name: 'ask-slow-query', ask: 'The revenue report takes 90 seconds. Here is EXPLAIN ANALYZE: Seq Scan on order_items (cost=0.00..188340.00 rows=9100000)' },
      { name: 'say-slow-query', say: 'There is no index on order_items(order_id, created_at). With a partial index the planner uses an index only scan, 300 ms.' },
      { name: 'run-create-index', run: 'psql -c "CREATE INDEX CONCURRENTLY order_items_created ON order_items (order_id, created_at)"', output: 'CREATE INDEX' },
    ],
  },
  {
    id: 'csv-import', source: 'editor', workspace: 'jobs', daysAgo: 25, steps: [
      { name: 'run-csv', run: 'python import_customers.py customers.csv', exit: 1, output: "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe4 in position 1042: invalid continuation byte" },
      { name: 'run-iconv', run: 'iconv -f latin1 -t utf-8 customers.csv > customers.utf8.csv', output: '' },
      { name: 'run-key-error', run: 'python import_customers.py customers.utf8.csv', exit: 1, output: "Traceback (most recent call last):\n  File \"import_customers.py\", line 31, in parse_row\nKeyError: 'postal_code'" },
      { name: 'edit-parse-row', edit: 'import_customers.py', diff: "-    code = row['postal_code']\n+    code = row.get('postal_code') or row['zip']" },
    ],
  },
];

export const stories: readonly Story[] = [...webStories, ...dataStories, ...moreStories];
