/** Begins what mocha says inside VS Code, so that it can be told from what VS Code says. */
export const reportMark = '│ ';
