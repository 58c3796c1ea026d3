import express from 'express';
import type { Express } from 'express';
import { isOperator } from '../api/http/operational-routes.js';
import { Problem, sendProblem } from '../api/problem.js';
import type { Metrics } from '../metrics.js';
import type { Follower } from '../projection/follower.js';
import type { Standing } from '../storage/postgres/seat.js';
import type { Forwarder } from './forward.js';

export interface StandbyParts {
  readonly standing: () => Standing;
  /** Absent while this replica begins anew. */
  readonly following: () =>
    { readonly follower: Pick<Follower, 'lag'>; readonly metrics: Metrics } | undefined;
  readonly forwarder: Pick<Forwarder, 'pass'>;
  readonly metricsToken: string | undefined;
  /** To whom `/readyz` tells more than its status; everyone unless given. */
  readonly readinessFor?: 'everyone' | 'operators' | undefined;
}

/** What a replica answers that does not lead: how it is itself, and everything else by the mouth of the one that does. */
export function standbyApp({
  standing,
  following,
  forwarder,
  metricsToken,
  readinessFor,
}: StandbyParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.get('/livez', (_request, response) => {
    response.json({ status: 'alive' });
  });
  app.get('/leaderz', (_request, response) => {
    response.status(503).json({ status: 'standby' });
  });
  app.get('/readyz', (request, response) => {
    const reason = reasonOf(standing());
    const lag = following()?.follower.lag ?? NaN;
    const status = reason === undefined ? 'ready' : 'not ready';
    response.status(reason === undefined ? 200 : 503);
    if (readinessFor === 'operators' && !isOperator(request, metricsToken)) {
      response.json({ status });
      return;
    }
    response.json({
      status,
      role: 'standby',
      checks: { database: standing().state !== 'away', leader: reason === undefined },
      ...(reason !== undefined && { reasons: [reason] }),
      lag: Number.isFinite(lag) ? lag : null,
    });
  });
  app.get('/metrics', async (request, response) => {
    const metrics = following()?.metrics;
    if (!isOperator(request, metricsToken)) sendProblem(response, new Problem('PERMISSION_DENIED'));
    else if (metrics === undefined) sendProblem(response, new Problem('TAKING_OVER', { retryAfter: 1 }));
    else response.type(metrics.contentType).send(await metrics.text());
  });
  app.use((request, response) => {
    const now = standing();
    const unanswered = () => {
      const code = now.state === 'away' ? 'DATABASE_AWAY' : 'TAKING_OVER';
      sendProblem(response, new Problem(code, { retryAfter: 1 }));
    };
    if (now.state === 'standby' && now.leader !== undefined) {
      forwarder.pass(request, response, now.leader, unanswered);
    } else unanswered();
  });
  return app;
}

/** Why nobody is served over this replica now. */
function reasonOf(standing: Standing): string | undefined {
  switch (standing.state) {
    case 'away':
      return 'The database that the replicas share does not answer.';
    case 'standby':
      return standing.leader === undefined ? 'No replica leads yet.' : undefined;
    case 'leader':
      return 'This replica is taking over.';
  }
}
