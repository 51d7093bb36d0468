/**
 * How the server's process is started so that it stays small (measured by `npm run bench`). V8 keeps eight megabytes for what is short-lived:
 * with less, a burst outgrows it and takes thirty megabytes more until they are collected; with more, the idle server is larger. The C library
 * has one heap for all threads, and gives its end back once 64 KB of it are free.
 */
export const serverLaunch = {
  execArgv: ['--max-semi-space-size=8'],
  env: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '65536' },
};
