import { pino } from 'pino';
import type { Logger } from 'pino';
import { LogLines } from './log-lines.js';
import { RotatedFile } from './rotated-file.js';

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

/**
 * Logs to stderr: stdout carries the one line that says the gateway is ready.
 *
 * @param file Where lines go instead; of it and those before it so many are kept as disks have room for.
 */
export function createLog(level: string, file?: string): Logger {
  const lines = new LogLines(file === undefined ? 2 : RotatedFile.open(file));
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
