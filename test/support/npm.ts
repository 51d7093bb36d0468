/** npm, the very one that runs us where there is one: the only way anything is fetched. */
import { run } from './process.ts';

/** Runs npm in a folder. Throws with what npm said when it fails. */
export async function npm(args: readonly string[], cwd: string, timeoutMs: number): Promise<string> {
  const { command, before } = npmCommand();
  const outcome = await run(command, [...before, ...args], { cwd, env: ownEnvironment(), timeoutMs });
  if (outcome.code === 0) return outcome.stdout;
  const how = outcome.timedOut ? `did not finish in ${timeoutMs / 1000} seconds` : 'failed';
  throw new Error(`npm ${args.slice(0, 3).join(' ')} ${how}: ${whatNpmSaid(outcome.output)}`);
}

/** The first lines of an error; the rest is general advice. */
function whatNpmSaid(output: string): string {
  const errors = output.split('\n').filter((line) => line.startsWith('npm error '));
  return errors.slice(0, 4).map((line) => line.slice('npm error '.length)).join(', ');
}

function npmCommand(): { command: string; before: string[] } {
  const running = process.env['npm_execpath'];
  if (running?.endsWith('npm-cli.js')) return { command: process.execPath, before: [running] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', before: [] };
}

/** Inside `npm run`, npm tells its children which project they belong to; a fetch belongs to none. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const project = ['npm_config_local_prefix', 'npm_package_json', 'INIT_CWD'];
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !project.includes(name)));
}
