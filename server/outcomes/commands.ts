/** Which commands run tests: what a runner once printed is also in log files, which people look at. */

/** Programs that show what is there and run nothing, and those that only prepare for the next. */
const readers = new Set([
  'awk', 'bat', 'batcat', 'cat', 'code', 'diff', 'echo', 'egrep', 'fgrep', 'gc', 'get-content', 'gh', 'git', 'grep', 'head', 'jq', 'less', 'more', 'nano',
  'printf', 'rg', 'sed', 'select-string', 'tac', 'tail', 'tee', 'type', 'vi', 'vim', 'zcat',
]);
const preparations = new Set(['cd', 'clear', 'export', 'popd', 'pushd', 'set', 'set-location', 'sleep', 'source']);

/** Whether a command line only shows text: then a test run in its output is one of another time. */
export function onlyReads(commandLine: string): boolean {
  const programs = commandLine.slice(0, 2_000).split(/&&|\|\||[;\n]/).map(programOf).filter((program) => program !== '' && !preparations.has(program));
  return programs.length > 0 && programs.every((program) => readers.has(program));
}

/** The first program of a pipe, without its folder and what is set for it; empty where there is none, or one that runs another. */
function programOf(pipe: string): string {
  const words = pipe.trim().split(/\s+/).filter((word) => !/^\w+=/.test(word) && word !== 'sudo');
  const program = (words[0] ?? '').split(/[\\/]/).at(-1)?.toLowerCase().replace(/\.exe$/, '') ?? '';
  return program === 'git' && words[1] === 'bisect' ? 'git bisect' : program;
}
