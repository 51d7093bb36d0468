import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { settingValue } from '../../shared/settings.ts';
import type { SettingKey, SettingValue } from '../../shared/settings.ts';
import type { Problem } from '../../shared/problem.ts';
import type { RetentionPolicy } from '../../shared/retention.ts';
import type { ServerSettings } from '../../shared/protocol.ts';
import { chosenConsent, consentNow } from '../consent.ts';
import { dataDirectoryOf, userDirectoryOf } from './directories.ts';

/** The value of a setting; the default where the settings file holds a value of another type. */
export function setting<Key extends SettingKey>(key: Key): SettingValue<Key> {
  return settingValue(key, vscode.workspace.getConfiguration().get(key));
}

/** All that the server is told, as the settings are now. Whether to record is also the person's word in this window. */
export function serverSettings(globalStorage: vscode.Uri, recording: boolean): ServerSettings {
  const userDirectory = userDirectoryOf(globalStorage.fsPath);
  const dataDirectory = dataDirectoryOf(setting('daybook.dataDirectory'), homedir());
  return {
    ...(dataDirectory.path === undefined ? {} : { dataDirectory: dataDirectory.path }),
    recording,
    captureEditor: setting('daybook.editor.enabled'),
    tellsReloads: true,
    captureTerminal: setting('daybook.terminal.enabled'),
    captureTestResults: setting('daybook.capture.testResults'),
    captureTestReports: setting('daybook.capture.testReports'),
    ignore: setting('daybook.ignore'),
    maxFileSize: setting('daybook.maxFileSize') * 1024,
    maxAttachment: setting('daybook.attachments.maxSize') * 1024,
    disabledSources: setting('daybook.sources.disabled'),
    vscodeUserDirectories: userDirectory === undefined ? [] : [userDirectory],
    idleMinutes: setting('daybook.idleMinutes'),
    consent: consentNow(),
    exportConsent: chosenConsent(),
    redaction: { rules: setting('daybook.redaction.rules'), allow: setting('daybook.redaction.allow'), personal: setting('daybook.redaction.personal') },
    exports: setting('daybook.exports'),
    backups: {
      automatic: setting('daybook.backups.automatic'), folder: setting('daybook.backups.folder'),
      daily: setting('daybook.backups.daily'), weekly: setting('daybook.backups.weekly'),
    },
    budget: {
      cpuPercent: setting('daybook.budget.cpuPercent'),
      memoryMegabytes: setting('daybook.budget.memoryMegabytes'),
      diskGigabytes: setting('daybook.budget.diskGigabytes'),
    },
    retention: retentionNow(),
  };
}

function retentionNow(): RetentionPolicy {
  return {
    days: {
      events: setting('daybook.retention.events'), tasks: setting('daybook.retention.tasks'), tool_executions: setting('daybook.retention.toolExecutions'),
      workflows: setting('daybook.retention.workflows'), chats: setting('daybook.retention.chats'),
    },
    maxBytes: setting('daybook.retention.maxSize') * 1_000_000, capTakesChats: setting('daybook.retention.maxSizeTakesChats'),
    graceDays: setting('daybook.retention.graceDays'),
  };
}

/** What is wrong with the settings; undefined when they can all be used. */
export function settingProblem(): Problem | undefined {
  return dataDirectoryOf(setting('daybook.dataDirectory'), homedir()).problem;
}
