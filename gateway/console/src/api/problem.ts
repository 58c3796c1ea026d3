import type { Schemas } from '@pledgeonce/client';

type Problem = Schemas['Problem'];
export type ProblemLine = NonNullable<Problem['lines']>[number];

/** A refusal of the gateway, as RFC 9457 tells it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: string;
  readonly status: number;
  /** Where in the request the fault lies, such as `lines.0.amount`. */
  readonly field: string | undefined;
  readonly lines: readonly ProblemLine[];
  /** What the sentence of the table says, and what this refusal says more closely. */
  readonly title: string;
  readonly detail: string;
  /** Seconds after which it makes sense to try again. */
  readonly retryAfter: number | undefined;

  constructor(problem: Partial<Problem>, status: number, retryAfter: number | undefined) {
    super(problem.detail ?? problem.title ?? 'INTERNAL');
    this.code = problem.code ?? 'INTERNAL';
    this.status = status;
    this.field = problem.field;
    this.lines = problem.lines ?? [];
    this.title = problem.title ?? '';
    this.detail = problem.detail ?? this.title;
    this.retryAfter = retryAfter;
  }
}

/** The gateway was not reached: nothing is known of the request. */
export class OfflineError extends Error {
  override readonly name = 'OfflineError';

  constructor(cause: unknown) {
    super('offline', { cause });
  }
}

/** Whatever a server or a proxy on the way answers becomes a problem with a code. */
export function readProblem(body: unknown, response: Response): ApiProblem {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds : undefined;
  const problem = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  return new ApiProblem(problem, response.status, retryAfter);
}
