/** Systems, tools, and words of other scripts. */

import type { Story } from './story.ts';

const systemStories: readonly Story[] = [
  {
    id: 'git', source: 'editor', workspace: 'shop', daysAgo: 12, steps: [
      { name: 'run-rebase', run: 'git rebase -i HEAD~4 --autosquash', output: 'Successfully rebased and updated refs/heads/checkout.' },
      { name: 'run-reflog', run: 'git reset --hard HEAD@{2}', output: 'HEAD is now at 4f1c2aa Add gift cards' },
      { name: 'run-bisect', run: 'git bisect run npm test', output: 'b81f2c3 is the first bad commit' },
      { name: 'run-push-rejected', run: 'git push origin checkout', exit: 1, output: '! [rejected] checkout -> checkout (non-fast-forward)\nhint: Updates were rejected because the tip of your current branch is behind' },
      { name: 'run-force-with-lease', run: 'git push --force-with-lease origin checkout', output: 'forced update' },
      { name: 'commit-gift-cards', commit: 'Add gift cards to the basket', files: ['src/basket/giftCard.ts', 'test/giftCard.test.ts'] },
      { name: 'commit-rounding', commit: 'Round prices once, at the end of the sum', files: ['src/basket/total.ts'] },
    ],
  },
  {
    id: 'docker', source: 'editor', workspace: 'jobs', daysAgo: 33, steps: [
      { name: 'run-ffmpeg', run: 'ffmpeg -i demo.mov -vf "fps=12,scale=900:-1" -loop 0 demo.gif', output: 'video:4120kB' },
      { name: 'run-docker-build', run: 'docker build --platform linux/amd64 -t registry.local/jobs:latest .', exit: 137, output: 'ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 137' },
      { name: 'run-prune', run: 'docker system prune --volumes -f', output: 'Total reclaimed space: 31.2GB' },
      { name: 'run-tar', run: 'tar --exclude node_modules -czf backup.tgz work', output: '' },
      { name: 'run-openssl', run: 'openssl req -x509 -newkey ed25519 -nodes -days 365 -subj /CN=localhost -out cert.pem', output: '' },
    ],
  },
  {
    id: 'kube', source: 'claude-code', workspace: 'infra', title: 'Pods restart after deploy', daysAgo: 50, model: 'claude-opus-4-1', steps: [
      { name: 'ask-crashloop', ask: 'After the deploy the worker pods are in CrashLoopBackOff, the logs end with OOMKilled.' },
      { use: 'Bash', input: { command: 'kubectl describe pod worker-7d9f' }, output: 'Last State: Terminated\n  Reason: OOMKilled\n  Exit Code: 137' },
      { name: 'say-memory-limit', say: 'The memory limit of 256Mi is below the heap that Node takes by default. Raise it to 512Mi and set --max-old-space-size=400.' },
      { name: 'edit-worker-yaml', use: 'Edit', input: { file_path: '/home/ada/work/infra/k8s/overlays/prod/worker.yaml', old_string: 'memory: 256Mi', new_string: 'memory: 512Mi' }, output: 'updated' },
      { name: 'run-rollout', run: 'kubectl rollout restart deployment/worker -n prod', output: 'deployment.apps/worker restarted' },
    ],
  },
  {
    id: 'rust', source: 'codex', workspace: 'engine', title: 'Borrow checker error', daysAgo: 70, model: 'gpt-5-codex', steps: [
      { name: 'ask-borrow', ask: 'error[E0502]: cannot borrow `self.nodes` as mutable because it is also borrowed as immutable. What now?' },
      { name: 'say-borrow', say: 'Collect the indices first, then change the nodes in a second loop; or split the struct so that the two borrows touch different fields.' },
      { name: 'edit-graph-rs', use: 'apply_patch', input: { path: 'src/graph/topological_sort.rs', patch: '+    let ready: Vec<usize> = self.in_degree.iter()' }, output: 'Done' },
      { name: 'run-cargo', run: 'cargo test topological -- --nocapture', output: 'test graph::tests::sorts_a_diamond ... ok' },
    ],
  },
  {
    id: 'http-server', source: 'gemini-cli', workspace: 'engine', title: 'Graceful shutdown', daysAgo: 100, model: 'gemini-2.5-pro', steps: [
      { name: 'ask-shutdown', ask: 'How do I shut down HTTPServerPool without losing requests that are under way?' },
      { name: 'say-shutdown', say: 'Stop accepting, wait for the open connections with a deadline, then close the pool. `drainTimeoutMs` says how long.' },
      { name: 'edit-drain', edit: 'src/net/drainConnections.ts', diff: '+  await Promise.race([allClosed(), sleep(drainTimeoutMs)]);' },
    ],
  },
  {
    id: 'proxy', source: 'claude-code', workspace: 'infra', title: 'Nginx 502', daysAgo: 7, model: 'claude-sonnet-4-5', steps: [
      { name: 'ask-502', ask: 'nginx answers 502 Bad Gateway, the error log says: upstream prematurely closed connection while reading response header' },
      { name: 'say-502', say: 'keepAliveTimeout of the Node server (5 s) is shorter than keepalive_timeout of nginx (75 s), so nginx reuses a socket that Node has just closed.' },
    ],
  },
  {
    id: 'tests', source: 'editor', workspace: 'api', daysAgo: 2, steps: [
      { name: 'run-pytest', run: 'pytest -k "refund and not slow" --maxfail=1', exit: 1, output: "FAILED tests/test_refund.py::test_partial_refund - AssertionError: assert Decimal('9.99') == Decimal('10.00')" },
      { name: 'edit-refund', edit: 'app/billing/refund.py', diff: '-    amount = round(total * share)\n+    amount = (total * share).quantize(Decimal("0.01"), ROUND_HALF_UP)' },
      { name: 'run-coverage', run: 'coverage report --fail-under=90', exit: 2, output: 'Coverage failure: total of 87 is less than fail-under=90' },
    ],
  },
];

const scriptStories: readonly Story[] = [
  {
    id: 'german', source: 'claude-code', workspace: 'shop', title: 'Übersetzung der Fehlermeldungen', daysAgo: 5, steps: [
      { name: 'ask-german', ask: 'Die Größe der hochgeladenen Datei wird falsch angezeigt, bitte prüfe die Umrechnung von Bytes.' },
      { name: 'say-german', say: 'Die Umrechnung teilt durch 1000, die Anzeige sagt aber KiB. Ich habe beides auf KB gestellt.' },
    ],
  },
  {
    id: 'japanese', source: 'copilot-chat', workspace: 'shop', title: '注文の検索', daysAgo: 45, steps: [
      { name: 'ask-japanese', ask: '注文一覧の検索が遅いので直してください' },
      { name: 'say-japanese', say: 'データベースに索引を追加しました。' },
    ],
  },
  {
    id: 'russian', source: 'cursor', workspace: 'api', title: 'Ошибка сертификата', daysAgo: 90, steps: [
      { name: 'ask-russian', ask: 'Почему сервер отвечает ошибкой сертификата при подключении к хранилищу?' },
      { say: 'Срок действия сертификата истёк вчера.' },
    ],
  },
  {
    id: 'french', source: 'aider', workspace: 'docs', title: 'Café menu', daysAgo: 200, steps: [
      { name: 'ask-french', ask: 'Génère un menu déroulant pour choisir la crêpe, avec les prix à côté.' },
      { name: 'ask-greek', ask: 'Πρόσθεσε μετάφραση στα ελληνικά για το καλάθι.' },
      { name: 'ask-chinese', ask: '图片上传经常失败，请给API调用加上重试，并且记录错误。' },
      { name: 'ask-korean', ask: '결제 페이지에서 쿠폰이 두 번 적용됩니다.' },
      { name: 'ask-thai', ask: 'แปลหน้าตะกร้าสินค้าเป็นภาษาไทย' },
      { name: 'ask-arabic', ask: 'أضف ترجمة عربية لصفحة الدفع' },
    ],
  },
];

export const moreStories: readonly Story[] = [...systemStories, ...scriptStories];
