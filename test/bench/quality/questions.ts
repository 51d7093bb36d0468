/**
 * What people ask of the stories, and the record they mean. To add one: a line here, and a step with that name in a story where there is
 * none yet. Where several records would do, the question names each.
 */

export interface Question {
  readonly asks: string;
  /** Names of steps. */
  readonly means: string | readonly string[];
}

/** Identifiers by their parts and their beginnings. */
const identifiers: readonly Question[] = [
  { asks: 'user name fallback', means: 'ask-user-name' },
  { asks: 'getUserName', means: 'ask-user-name' },
  { asks: 'getUser*', means: 'ask-user-name' },
  { asks: 'get user name nickname', means: ['ask-user-name', 'edit-user-name'] },
  { asks: 'getUser nickname', means: 'ask-user-name' },
  { asks: 'display name header', means: 'say-display-name' },
  { asks: 'renderDisplay', means: 'say-display-name' },
  { asks: 'http server pool', means: 'ask-shutdown' },
  { asks: 'color scheme', means: 'edit-use-color-scheme' },
  { asks: 'encode cursor', means: ['call-next-cursor', 'call-next-cursor-answer'] },
  { asks: 'wait for session', means: ['why-flaky-login', 'edit-wait-for-session'] },
  { asks: 'british postcode', means: ['ask-postcode', 'edit-validate-postcode'] },
  { asks: 'drain timeout', means: ['say-shutdown', 'edit-drain'] },
  { asks: 'lockCustomer', means: 'edit-ship-order' },
  { asks: 'in_degree', means: 'edit-graph-rs' },
  { asks: 'topological sort', means: 'edit-graph-rs' },
];

/** Paths by any segment. */
const paths: readonly Question[] = [
  { asks: 'OrderTable.tsx', means: 'edit-order-table' },
  { asks: 'src/orders/OrderTable', means: 'edit-order-table' },
  { asks: 'overlays worker.yaml', means: 'edit-worker-yaml' },
  { asks: 'k8s/overlays/prod', means: 'edit-worker-yaml' },
  { asks: '0042_add_shipped_at.sql write', means: ['write-migration', 'run-migrate', 'run-migrate-failed-answer'] },
  { asks: 'file:0042_add_shipped_at.sql', means: 'write-migration' },
  { asks: 'billing/refund.py', means: 'edit-refund' },
  { asks: 'file:src/account/profile.ts nickname', means: 'edit-user-name' },
  { asks: 'file:formatDate', means: 'edit-format-date' },
  { asks: 'topological_sort.rs', means: 'edit-graph-rs' },
  { asks: 'giftCard.ts commit', means: 'commit-gift-cards' },
  { asks: 'shipOrder.ts', means: 'edit-ship-order' },
];

/** Messages of errors, whole and in pieces. */
const errors: readonly Question[] = [
  { asks: "Cannot read properties of undefined (reading 'map')", means: 'ask-undefined-map' },
  { asks: 'blocked by CORS policy', means: 'ask-cors' },
  { asks: 'No Access-Control-Allow-Origin header', means: 'ask-cors' },
  { asks: 'ECONNREFUSED', means: 'run-econnrefused' },
  { asks: 'ECONNREFUSED 127.0.0.1:5432', means: 'run-econnrefused' },
  { asks: 'address already in use 8080', means: 'run-eaddrinuse' },
  { asks: '"deadlock detected"', means: 'ask-deadlock' },
  { asks: 'UnicodeDecodeError', means: 'run-csv' },
  { asks: "can't decode byte 0xe4", means: 'run-csv' },
  { asks: "KeyError 'postal_code'", means: 'run-key-error' },
  { asks: 'error[E0502] cannot borrow', means: 'ask-borrow' },
  { asks: 'text content did not match', means: 'ask-hydration' },
  { asks: 'upstream prematurely closed connection', means: 'ask-502' },
  { asks: 'could not obtain lock on relation', means: 'run-migrate-failed-answer' },
  { asks: 'non-fast-forward', means: 'run-push-rejected' },
  { asks: 'CrashLoopBackOff', means: 'ask-crashloop' },
  { asks: 'coverage failure', means: 'run-coverage' },
  { asks: 'exit:137 docker', means: 'run-docker-build' },
  { asks: 'test_partial_refund', means: 'run-pytest' },
  { asks: 'is:error kind:terminal rejected', means: 'run-push-rejected' },
];

/** Commands of which a piece is remembered. */
const commands: readonly Question[] = [
  { asks: 'git rebase autosquash', means: 'run-rebase' },
  { asks: 'git reset hard HEAD', means: 'run-reflog' },
  { asks: 'bisect', means: 'run-bisect' },
  { asks: 'force with lease', means: 'run-force-with-lease' },
  { asks: 'ffmpeg gif', means: 'run-ffmpeg' },
  { asks: 'tar exclude node_modules', means: 'run-tar' },
  { asks: 'lsof kill', means: 'run-lsof' },
  { asks: 'docker prune', means: 'run-prune' },
  { asks: 'openssl localhost', means: 'run-openssl' },
  { asks: 'create index concurrently', means: 'run-create-index' },
  { asks: 'iconv latin1', means: 'run-iconv' },
  { asks: 'kubectl rollout', means: 'run-rollout' },
  { asks: 'pytest -k refund', means: 'run-pytest' },
  { asks: 'cargo test nocapture', means: 'run-cargo' },
  { asks: 'docker compose postgres', means: 'run-compose' },
  { asks: 'kind:terminal migrate staging', means: 'run-migrate' },
];

/** Things that were talked about. */
const talk: readonly Question[] = [
  { asks: 'flaky login', means: ['ask-flaky-login', 'claude-code:login-flaky:session'] },
  { asks: 'flaky test CI', means: ['ask-flaky-login', 'claude-code:login-flaky:session'] },
  { asks: 'race cookie', means: 'why-flaky-login' },
  { asks: 'cursor pagination', means: 'ask-pagination' },
  { asks: 'why not offset', means: 'ask-offset' },
  { asks: 'keyset', means: 'say-offset' },
  { asks: 'dark mode', means: ['ask-dark-mode', 'claude-code:dark-mode:session'] },
  { asks: 'hydration warning', means: 'ask-hydration' },
  { asks: 'memory limit heap', means: 'say-memory-limit' },
  { asks: 'graceful shutdown', means: 'gemini-cli:http-server:session' },
  { asks: 'empty state catalogue', means: 'ask-empty-state' },
  { asks: 'lock timeout migration', means: 'say-lock-timeout' },
  { asks: 'seq scan order_items', means: 'ask-slow-query' },
  { asks: 'partial index', means: 'say-slow-query' },
  { asks: 'keepalive timeout nginx', means: 'say-502' },
  { asks: 'gift cards', means: ['commit-gift-cards', 'run-reflog'] },
  { asks: 'round prices', means: 'commit-rounding' },
  { asks: 'locale date time zone', means: 'say-hydration' },
];

/** Beginnings, as they stand while one types, and filters. */
const narrowed: readonly Question[] = [
  { asks: 'hydrat*', means: ['ask-hydration', 'cursor:hydration:session'] },
  { asks: 'pagin*', means: ['ask-pagination', 'codex:user-list:session'] },
  { asks: 'deadl* customer', means: ['ask-deadlock', 'say-deadlock'] },
  { asks: 'source:codex deadlock', means: ['ask-deadlock', 'codex:deadlock:session'] },
  { asks: 'tool:apply_patch lock', means: 'edit-ship-order' },
  { asks: 'model:gemini drain', means: 'say-shutdown' },
  { asks: 'workspace:infra 512Mi', means: ['say-memory-limit', 'edit-worker-yaml'] },
  { asks: 'kind:commit prices', means: 'commit-rounding' },
  { asks: 'exit:2', means: 'run-coverage' },
  { asks: 'postcode -german -edit', means: 'edit-validate-postcode' },
];

/** Words in any script, with and without their marks. */
const scripts: readonly Question[] = [
  { asks: 'Größe Datei', means: 'ask-german' },
  { asks: 'größe bytes', means: 'ask-german' },
  { asks: 'groß*', means: 'ask-german' },
  { asks: 'übersetzung', means: 'claude-code:german:session' },
  { asks: 'ubersetzung', means: 'claude-code:german:session' },
  { asks: '注文一覧', means: 'ask-japanese' },
  { asks: '検索 遅い', means: 'ask-japanese' },
  { asks: '覧', means: 'ask-japanese' },
  { asks: '上传 失败', means: 'ask-chinese' },
  { asks: 'api 重试', means: 'ask-chinese' },
  { asks: '결제', means: 'ask-korean' },
  { asks: 'ตะกร้า', means: 'ask-thai' },
  { asks: '索引', means: 'say-japanese' },
  { asks: 'データベース', means: 'say-japanese' },
  { asks: 'сертификата сервер', means: 'ask-russian' },
  { asks: 'crepe prix', means: 'ask-french' },
  { asks: 'μεταφραση', means: 'ask-greek' },
  { asks: 'ترجمة الدفع', means: 'ask-arabic' },
  { asks: 'ترجمة عربية', means: 'ask-arabic' },
];

export const questions: readonly Question[] = [...identifiers, ...paths, ...errors, ...commands, ...talk, ...narrowed, ...scripts];

/**
 * What search does not reach, and does not pretend to: nothing is found, or something else. A word is found as it is written, and words
 * must stand in one record.
 */
export const outOfReach: readonly Question[] = [
  { asks: 'partial index report', means: 'say-slow-query' },
  { asks: 'pagniation', means: 'ask-pagination' },
  { asks: 'dedlock', means: 'ask-deadlock' },
  { asks: 'recieve cokie', means: 'why-flaky-login' },
  { asks: 'kubernets', means: 'ask-crashloop' },
  { asks: 'postkode', means: 'ask-postcode' },
  { asks: 'grosse datei', means: 'ask-german' },
];
