/** The page of the session document: nothing but its own script and style can run or load. */

export interface PageParts {
  /** Addresses as the webview sees them. */
  readonly script: string;
  readonly style: string;
  /** `cspSource` of the webview. */
  readonly source: string;
  /** New for every page. */
  readonly nonce: string;
  /** BCP 47. */
  readonly locale: string;
}

/** Inline images of sessions, should there be any, come from our own folders or as data. */
export function sessionHtml({ script, style, source, nonce, locale }: PageParts): string {
  const policy = [
    `default-src 'none'`, `script-src 'nonce-${nonce}'`, `style-src ${source}`, `img-src ${source} data:`, `font-src ${source}`,
    `base-uri 'none'`, `form-action 'none'`,
  ].join('; ');
  return [
    '<!DOCTYPE html>', `<html lang="${attribute(locale)}">`, '<head>', '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<link rel="stylesheet" href="${attribute(style)}">`, '<title>Daybook</title>', '</head>', '<body>',
    `<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>`, '</body>', '</html>',
  ].join('\n');
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
