/** The search that finds the records behind a figure. */

import type { DashboardChoice } from '../../shared/webview.ts';
import type { Bucket } from './buckets.ts';

/** `workspace:` and the like, with quotes where they are needed. A quote within would end them. */
export function filter(name: string, value: string): string {
  const plain = value.replaceAll('"', ' ').trim();
  return /^[\w./~:@+-]+$/.test(plain) ? `${name}:${plain}` : `${name}:"${plain}"`;
}

/** The words side by side. */
export function phrase(text: string): string {
  return `"${text.replaceAll('"', ' ').replace(/\s+/g, ' ').trim()}"`;
}

/** What is looked at as a whole. */
export function withinRange(choice: DashboardChoice, since: string): string {
  return join(choice.days === null ? '' : `after:${since}`, workspaceOf(choice));
}

/** A part of it. */
export function withinBucket(choice: DashboardChoice, bucket: Bucket): string {
  return join(bucket.unit === 'day' ? `during:${bucket.start}` : `after:${bucket.start} before:${bucket.end}`, workspaceOf(choice));
}

export function join(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function workspaceOf({ workspace }: DashboardChoice): string {
  return workspace === null ? '' : filter('workspace', folderPath(workspace));
}

/** The path of a folder's URI as people write it. */
export function folderPath(uri: string): string {
  try {
    const url = new URL(uri);
    return url.protocol === 'file:' ? decodeURIComponent(url.pathname).replace(/^\/(?=[a-z]:)/i, '') : uri;
  } catch {
    return uri; // no URI after all: then it is what it is
  }
}
