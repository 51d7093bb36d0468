import type { ServerSettings, Status } from '../../shared/protocol.ts';
import { counted } from '../text/translate.ts';
import type { Translate } from '../text/translate.ts';

/** The page *What is recorded?* as Markdown: what, where, and the setting for each. */
export function whatIsRecorded(t: Translate, settings: ServerSettings, status: Status | undefined): string {
  const state = (on: boolean | undefined): string => (on === false ? t('off') : t('on'));
  const recording = status?.recording ?? settings.recording;
  const lines = [
    `# ${t('What Daybook records')}`,
    recordingLine(t, recording !== false, status),
    t('Everything stays on this machine. Daybook has no account and sends nothing anywhere.'),
    `| | | ${t('Setting')} |\n|---|---|---|\n` +
      [
        row(t('Editing: files opened, changed, saved and closed, with the changed lines'), state(settings.captureEditor), 'daybook.editor.enabled'),
        row(t('Terminals: commands, their output and their exit code'), state(settings.captureTerminal), 'daybook.terminal.enabled'),
        row(t('Tests: what passed and failed, in the output of terminals'), state(settings.captureTestResults), 'daybook.capture.testResults'),
        row(t('Tests: what passed, failed and was covered, in reports of the open folders'), state(settings.captureTestReports), 'daybook.capture.testReports'),
        row(t('AI sessions: what you asked, what came back, which tools ran'), sources(t, settings), 'daybook.sources.disabled'),
        row(t('How much, in folders without a level of their own'), settings.consent?.default ?? 'full', 'daybook.defaultConsent'),
        row(t('Recording when a window opens'), state(settings.recording), 'daybook.recording.enabled'),
      ].join('\n'),
    `## ${t('What is left out')}`,
    t('Passwords, keys and tokens are replaced before anything is written. Of ignored, binary and large files only the fact that they changed is kept.'),
    t('More files can be ignored with the setting `{0}`.', 'daybook.ignore'),
    `## ${t('Where it is')}`,
    status ? code(status.dataDirectory) : t('In the data directory; its place is known when the server has started.'),
    status ? today(t, status) : '',
    t('Run *Daybook: Choose What Is Recorded Here…* to record less in the open folders.'),
    t('Run *Daybook: Open Settings* to change any of this, and *Daybook: Pause Recording* to stop at once.'),
    t('*Daybook: Stop Everything…* stops all windows and programs, until you resume.'),
  ];
  return lines.filter((line) => line !== '').join('\n\n') + '\n';
}

function recordingLine(t: Translate, isOn: boolean, status: Status | undefined): string {
  if (status?.stoppedSince !== undefined) return t('Recording is **stopped** in all windows.');
  return isOn ? t('Recording is **on** in this window.') : t('Recording is **paused** in this window.');
}

function sources(t: Translate, settings: ServerSettings): string {
  const names = settings.disabledSources ?? [];
  return names.length === 0 ? t('on') : t('on, but not {0}', names.map(code).join(', '));
}

function row(what: string, state: string, setting: string): string {
  return `| ${what} | **${state}** | ${code(setting)} |`;
}

function today(t: Translate, status: Status): string {
  const records = counted(t, status.today.records, '1 record', '{0} records');
  return t('Today: {0}, {1}.', records, counted(t, status.today.redactions, '1 redaction', '{0} redactions'));
}

/** Text as inline code, whatever it holds. */
function code(text: string): string {
  return '`' + text.replace(/[`|\r\n]/g, ' ') + '`';
}
