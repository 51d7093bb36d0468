/**
 * Every id that Daybook contributes to VS Code. Code takes ids from here and nowhere else, and test/shared/contributions.test.ts compares
 * them with `package.json` both ways, so that an id can be neither forgotten nor misspelt.
 */

export const commands = {
  search: 'daybook.search',
  openDashboard: 'daybook.openDashboard',
  openTimeline: 'daybook.openTimeline',
  revealInTimeline: 'daybook.revealInTimeline',
  pause: 'daybook.pause',
  pauseShortly: 'daybook.pauseShortly',
  resume: 'daybook.resume',
  stopEverything: 'daybook.stopEverything',
  showMenu: 'daybook.showMenu',
  importNow: 'daybook.importNow',
  openSession: 'daybook.openSession',
  export: 'daybook.export',
  exportMarkdown: 'daybook.exportMarkdown',
  copySessionMarkdown: 'daybook.copySessionMarkdown',
  openRecord: 'daybook.openRecord',
  loadMoreSessions: 'daybook.loadMoreSessions',
  pinSession: 'daybook.pinSession',
  unpinSession: 'daybook.unpinSession',
  renameSession: 'daybook.renameSession',
  tagSession: 'daybook.tagSession',
  hideSession: 'daybook.hideSession',
  showSessionAgain: 'daybook.showSessionAgain',
  deleteSession: 'daybook.deleteSession',
  forget: 'daybook.forget',
  redactPast: 'daybook.redactPast',
  encryptRecord: 'daybook.encryptRecord',
  unlockRecord: 'daybook.unlockRecord',
  previewRetention: 'daybook.previewRetention',
  keepWhatWouldGo: 'daybook.keepWhatWouldGo',
  sessionsOfFile: 'daybook.sessionsOfFile',
  resumeInTerminal: 'daybook.resumeInTerminal',
  openSourceFile: 'daybook.openSourceFile',
  groupSessions: 'daybook.groupSessions',
  filterSessions: 'daybook.filterSessions',
  clearFilter: 'daybook.clearFilter',
  listHidden: 'daybook.listHidden',
  listUsual: 'daybook.listUsual',
  lookAgain: 'daybook.lookAgain',
  copyHealthReport: 'daybook.copyHealthReport',
  dismissNotice: 'daybook.dismissNotice',
  whatIsRecorded: 'daybook.whatIsRecorded',
  chooseConsent: 'daybook.chooseConsent',
  openSettings: 'daybook.openSettings',
  openDataFolder: 'daybook.openDataFolder',
  showLog: 'daybook.showLog',
  copyDiagnostics: 'daybook.copyDiagnostics',
  restartServer: 'daybook.restartServer',
  trySearch: 'daybook.trySearch',
  getStarted: 'daybook.getStarted',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

/** The container in the activity bar. */
export const viewContainer = 'daybook';

export const views = {
  today: 'daybook.today',
  sessions: 'daybook.sessions',
  health: 'daybook.health',
} as const;

/** Set with `setContext`, read in `when` clauses. */
export const contextKeys = {
  /** A ServerState. */
  server: 'daybook.server',
  /** Whether the server records now. */
  recording: 'daybook.recording',
  /** Whether recording is stopped in all windows. */
  stopped: 'daybook.stopped',
  /** Whether the tree *Sessions* is filtered. */
  filtered: 'daybook.filtered',
  /** Whether it shows hidden sessions. */
  listingHidden: 'daybook.listingHidden',
  /** Whether sources are being read. */
  importing: 'daybook.importing',
} as const;

/** `starting` also between a crash and the next start; `failed` when it is not started again. */
export type ServerState = 'starting' | 'running' | 'failed';

/** What of a session's menu applies: words after `contextValues.session`, each after a dot, in this order. */
export const sessionWords = ['subagent', 'pinned', 'hidden', 'resumable', 'chat'] as const;

/** `viewItem` of tree items. */
export const contextValues = {
  session: 'session',
  record: 'record',
  healthSource: 'health.source',
  healthSourceWithReport: 'health.source.report',
  healthNotice: 'health.notice',
  healthFact: 'health.fact',
} as const;

/** Scheme of the files of images and documents that came with a session, `<scheme>:/<name>/attachment.png`. */
export const attachmentScheme = 'daybook-attachment';

/** The walkthrough of the first run. */
export const walkthrough = 'daybook.start';

/** View types of the tabs that are webviews. */
export const panels = {
  session: 'daybook.session',
} as const;

/** Scheme of the read-only documents that are texts of a session: the sides of an edit, what a page shows in part only. */
export const partScheme = 'daybook-part';

/** Scheme of the read-only documents that show records and pages. */
export const documentScheme = 'daybook';
