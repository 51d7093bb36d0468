/**
 * Payloads of what happens in an editor beside typing. Each kind with an example:
 *
 * | type | subject | data |
 * |---|---|---|
 * | `task.run` | `npm: test` | `{run, name: "npm: test", status: "failed", exitCode: 1, startedAt, durationMs: 3240}` |
 * | `event.debug.started` | `Launch shop` | `{session, name: "Launch shop", type: "node", request: "launch", program: "src/shop.js"}` |
 * | `event.debug.exception` | `Launch shop` | `{session, type: "node", description: "Paused on exception", text: "TypeError: …"}` |
 * | `event.debug.stopped` | `Launch shop` | `{session, name: "Launch shop", type: "node", exitCode: 1, startedAt, durationMs: 900}` |
 * | `event.git.commit` | `Round prices` | `{repository, operation: "commit", hash, previous, author: "Ada", files: {count: 1, names: ["src/basket.js"]}}` |
 * | `event.git.checkout` | `main → prices` | `{repository, operation: "checkout", hash, previous, from: "main", to: "prices"}` |
 * | `event.git.stash` | `WIP on main` | `{repository, action: "pushed", hash, count: 1}` |
 * | `event.git.branch` | `prices` | `{repository, action: "created", names: ["prices"], count: 1}` |
 * | `event.diagnostics.changed` | `src/basket.js` | `{uri, counts: {errors: 2, warnings: 0, infos: 0, hints: 0}}` |
 * | `event.file.changed` | `src/basket.js` | `{uri}`, with the actor `external` |
 * | `event.files.changed` | `2000 files` | `{count: 2000, created: 0, changed: 2000, deleted: 0, names: ["a.js", …]}` |
 * | `event.window.idle` | | `{focused: true}` |
 * | `tool_execution.notebook.cell` | `sales.ipynb` | `{uri, index: 3, languageId: "python", status: "succeeded", durationMs: 120}` |
 * | `event.extension.installed` | `acme.tools` | `{id: "acme.tools", version: "1.2.0"}` |
 */

/** A task of the editor: one record when it starts, with the status `running`, one when it ends; both have the same `run`. */
export interface TaskRun {
  readonly run: string;
  readonly name: string;
  /** `unknown` where no process told how it ended. */
  readonly status: 'running' | 'succeeded' | 'failed' | 'unknown';
  /** Where the task is from, such as `npm` or `Workspace`. */
  readonly source: string;
  /** The definition, as in tasks.json; absent where it is longer than 4,000 characters. */
  readonly definition?: unknown;
  readonly command?: string;
  /** Working directory as the task says it; it may hold variables. */
  readonly cwd?: string;
  readonly exitCode?: number;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly durationMs?: number;
  /** Of all open files shortly after the end: what the problem matchers of the task found is among them. */
  readonly problems?: ProblemCounts;
  /**
   * Problems of a task with problem matchers, errors first, at most 50: those in files whose problems changed while it ran. The editor does
   * not say who found them; what a language server found in these files meanwhile is among them. Absent when none.
   */
  readonly matched?: readonly MatchedProblem[];
  /** How many more there were; absent when none. */
  readonly matchedOmitted?: number;
}

export interface MatchedProblem {
  readonly uri: string;
  /** First line 1. */
  readonly line: number;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** At most 1,000 characters. */
  readonly message: string;
}

/** How many problems of each severity. */
export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
}

export interface DebugStarted {
  /** The editor's id of the session; the same in all records of it. */
  readonly session: string;
  /** The session that started this one. */
  readonly parent?: string;
  readonly name: string;
  /** Of the debugger, such as `node`. */
  readonly type: string;
  readonly request?: string;
  /** As the configuration says it. Neither arguments nor environment nor any value is recorded. */
  readonly program?: string;
}

export interface DebugStopped {
  readonly session: string;
  readonly name: string;
  readonly type: string;
  /** Of the debugged program; absent where the debugger does not say. */
  readonly exitCode?: number;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** How often it stopped at an exception. */
  readonly exceptions: number;
}

/** The debugger stopped at an exception. At most 20 are recorded of one session; `debug.stopped` has the count of all. */
export interface DebugException {
  readonly session: string;
  readonly type: string;
  readonly description?: string;
  /** What the debugger says of the exception, at most 2,000 characters. */
  readonly text?: string;
}

/** Names of files, relative to the repository; `count` says how many there are, `names` has the first 100. */
export interface FileNames {
  readonly count: number;
  readonly names: readonly string[];
}

/** HEAD moved: by `git.commit`, `git.checkout`, `git.merge`, `git.rebase`, `git.reset`, or another way, `git.moved`. */
export interface GitMoved {
  /** URI of the repository's root. */
  readonly repository: string;
  /** As git calls it: `commit (amend)`, `merge prices`, `pull`, `rebase (finish)`. */
  readonly operation: string;
  /** RFC 3339: the second in which it happened, as git says it. The record's own time is when it was noticed. */
  readonly at?: string;
  /** The commit that HEAD is now. */
  readonly hash: string;
  /** The commit that it was; absent for the first. */
  readonly previous?: string;
  /** First line of the message of the commit, or what git says beside the operation. */
  readonly message?: string;
  /** Who moved HEAD: for a commit its committer. */
  readonly author?: string;
  readonly from?: string;
  readonly to?: string;
  /** What differs between both commits; absent where git could not say. */
  readonly files?: FileNames;
}

export interface GitStash {
  readonly repository: string;
  /** `removed`: applied and dropped, or dropped; git does not tell which. */
  readonly action: 'pushed' | 'removed';
  /** As in `GitMoved`; absent where one was taken away. */
  readonly at?: string;
  /** Stashes now. */
  readonly count: number;
  readonly hash?: string;
  readonly message?: string;
  /** What is in the stash; absent where git could not say. */
  readonly files?: FileNames;
}

export interface GitBranch {
  readonly repository: string;
  readonly action: 'created' | 'deleted';
  /** The first 20. */
  readonly names: readonly string[];
  readonly count: number;
}

/** The problems of one file have settled at other counts than before; of many at once, one record without `uri`. */
export interface DiagnosticsChanged {
  readonly uri?: string;
  /** How many files changed at once; set instead of `uri`. */
  readonly files?: number;
  readonly counts: ProblemCounts;
}

/** Many files changed on disk at once. */
export interface FilesChanged {
  readonly count: number;
  readonly created: number;
  readonly changed: number;
  readonly deleted: number;
  /** The first 20, relative to the workspace folder. */
  readonly names: readonly string[];
}

/** `window.focused`, `window.unfocused`, `window.active` and `window.idle`. */
export interface WindowChanged {
  readonly focused: boolean;
}

export interface NotebookCell {
  readonly uri: string;
  /** Position in the notebook, first cell 1. */
  readonly index: number;
  readonly languageId: string;
  readonly status: 'succeeded' | 'failed' | 'unknown';
  readonly executionOrder?: number;
  /** RFC 3339. */
  readonly startedAt?: string;
  readonly durationMs?: number;
}

/** `extension.installed`, `extension.removed` and `extension.updated`. */
export interface ExtensionChanged {
  readonly id: string;
  readonly version: string;
  /** Before an update. */
  readonly previous?: string;
}
