import { LedgerDamaged } from './ledger/ledger-damaged.js';

/** Why the network cannot start, in words for the person who started it. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
  readonly code: string;
  /** What to do about it. */
  readonly advice: string;

  constructor(code: string, message: string, advice: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.advice = advice;
  }
}

/** What the start was busy with: a port to listen on, or a folder to keep things in. */
export type Activity = { readonly listening: string; readonly port: number } | { readonly folder: string };

/** Does a part of the start and says what went wrong, if it does, in words that help. */
export async function during<T>(activity: Activity, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(error, activity);
  }
}

/** Translates the errors that a machine causes; any other is a fault of the program and stays as it is. */
export function explain(error: unknown, activity: Activity): unknown {
  const codes = codesOf(error);
  if ('port' in activity) {
    if (!codes.includes('EADDRINUSE')) return error;
    return new StartupError(
      'PORT_IN_USE',
      `Port ${activity.port} (${activity.listening}) is taken by another program.`,
      'Stop that program or a network that is still running, or choose other ports with --port-base.',
      error,
    );
  }
  const { folder } = activity;
  if (error instanceof LedgerDamaged) {
    return new StartupError(
      'LEDGER_DAMAGED',
      `The ledger in ${folder} is damaged: ${error.message}.`,
      'Nothing is served from it. Put back a copy of the folder, or begin a new network with --state.',
      error,
    );
  }
  if (codes.includes('ENOSPC')) {
    return new StartupError(
      'DISK_FULL',
      `No space is left for ${folder}.`,
      'Free some space and start again.',
      error,
    );
  }
  if (codes.includes('LEVEL_LOCKED')) {
    return new StartupError(
      'STATE_IN_USE',
      `Another network is running on ${folder}.`,
      'Stop it first, or choose another folder with --state.',
      error,
    );
  }
  if (codes.some((code) => ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))) {
    return new StartupError(
      'STATE_UNUSABLE',
      `${folder} cannot be written.`,
      'Make it a folder that you own, or choose another one with --state.',
      error,
    );
  }
  return error;
}

/** Codes of an error and of what caused it; gRPC only quotes the code in its message. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const quoted = /\b(EADDRINUSE|ENOSPC)\b/.exec(error.message)?.slice(1) ?? [];
  return [...own, ...quoted, ...codesOf(error.cause)];
}
