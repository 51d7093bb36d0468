/** A profile of VS Code that belongs to one run: its own folders, settings and environment, gone when the run is over. */
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary.ts';

export interface Profile {
  /** Holds everything below; absolute, short. */
  readonly root: string;
  /** What programs in this profile take for the person's home. */
  readonly home: string;
  readonly userData: string;
  readonly extensions: string;
  readonly serverData: string;
  /** The whole environment of VS Code. */
  readonly env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

export interface ProfileOptions {
  /** A home that exists; by default an empty one, so that a test never sees the person's own sessions. */
  readonly home?: string;
  /** `real` keeps the person's home and environment, for using the extension rather than testing it. */
  readonly person?: 'real' | 'nobody';
  /** User settings beside the quiet ones, given the profile's root. */
  readonly settings?: (root: string) => Readonly<Record<string, unknown>>;
}

/** Nothing opens, saves, updates or calls home by itself. */
const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.agentHost.enabled': false,
  'chat.disableAIFeatures': true,
  // The boolean of older versions would be migrated at start: an edit and a save that no person made.
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

export async function createProfile(options: ProfileOptions = {}): Promise<Profile> {
  const { path: root, remove } = await temporaryFolder();
  const real = options.person === 'real';
  const folders = { userData: join(root, 'user'), extensions: join(root, 'extensions'), serverData: join(root, 'server') };
  const home = options.home ?? (real ? homedir() : join(root, 'home'));
  const own = [join(folders.userData, 'User'), folders.extensions, folders.serverData, join(root, 'tmp')];
  for (const folder of real ? own : [...own, home]) await mkdir(folder, { recursive: true, mode: 0o700 });
  const settings = { ...quietSettings, ...options.settings?.(root) };
  await writeFile(join(folders.userData, 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  // VS Code would write this one itself at start: an edit that no person made.
  await writeFile(join(folders.userData, 'User', 'chatLanguageModels.json'), '[]');
  const env = { ...(real ? process.env : nobodysEnvironment(home)), ...socketsIn(join(root, 'tmp')) };
  return { root, home, ...folders, env, remove };
}

/** Unix sockets go there and are removed with it; with the person's runtime folder set they would stay behind. */
function socketsIn(folder: string): NodeJS.ProcessEnv {
  return { TMPDIR: folder, TMP: folder, TEMP: folder, XDG_RUNTIME_DIR: folder, EXTENSIONS_GALLERY: '{}' };
}

function nobodysEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => isNeutral(name))),
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    XDG_CACHE_HOME: join(home, '.cache'),
    GIT_CONFIG_NOSYSTEM: '1',
    // VS Code would start a login shell to learn the person's environment.
    VSCODE_CLI: '1',
  };
}

const neutral = [
  ...['PATH', 'Path', 'PATHEXT', 'SystemRoot', 'ComSpec', 'SHELL', 'USER', 'LOGNAME', 'TERM', 'TZ', 'LANG', 'CI'],
  ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY'],
];

/** The person's environment also says where tools keep their sessions; only what programs need to run is passed on. */
function isNeutral(name: string): boolean {
  return neutral.includes(name) || name.startsWith('LC_') || name.startsWith('DAYBOOK_TEST_');
}
