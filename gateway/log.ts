import { pino } from 'pino';
import type { Logger } from 'pino';
import { LogLines } from './log-lines.js';

/** Names whose values never reach a log, at whatever depth callers put them. */
const secrets = [
  'secret',
  'token',
  'privateKey',
  'authorization',
  'transient',
  'input',
  'responseKey',
  'checkCode',
];

/** Logs to stderr: stdout carries the one line that says the gateway is ready. */
export function createLog(level: string): Logger {
  const lines = new LogLines(2);
  process.on('exit', () => {
    lines.flushSync();
  });
  return pino(
    {
      level,
      base: { service: 'gateway' },
      redact: {
        paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[secret]',
      },
    },
    lines,
  );
}
