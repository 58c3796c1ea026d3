import { once } from 'node:events';
import type { Response } from 'express';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { z } from 'zod';
import { exportLineSchema, placeSchema } from '../own-data/lines.js';
import { writeExport } from '../own-data/write-export.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { Problem } from './problem.js';

const everyRole = ['officer', 'approver', 'auditor', 'viewer', 'admin'] as const;
const kinds = ['bank', 'insurer', 'carrier', 'enterprise', 'customs', 'tax'] as const;

/** The right to one's own data: all that an organisation, or an enterprise of the portal, has on the ledger. */
export function exportEndpoints(context: ApiContext): Endpoint[] {
  /** Of whom an export is under way. */
  const underWay = new Set<string>();
  return [
    endpoint({
      method: 'get',
      path: '/export',
      tag: 'own data',
      summary:
        'Everything of the organisation, or of the enterprise for which one acts, with histories and proofs, as lines of JSON',
      access: { kinds, roles: everyRole },
      query: z.object({ after: placeSchema.optional() }),
      answers: {
        200: {
          description: 'One line each; `npm run verify-evidence` checks the file offline',
          schema: exportLineSchema,
          contentType: 'application/x-ndjson',
        },
      },
      handle: async ({ query: { after }, caller }, _request, response) => {
        const enterprise = ownEnterprise(caller);
        const whose = enterprise ?? caller.session.person.mspId;
        if (underWay.has(whose)) throw new Problem('EXPORT_UNDER_WAY', { retryAfter: 60 });
        underWay.add(whose);
        try {
          await answer(context, caller, { enterprise, after }, response);
        } finally {
          underWay.delete(whose);
        }
        return undefined;
      },
    }),
    endpoint({
      method: 'get',
      path: '/export/schema',
      tag: 'own data',
      summary: 'JSON Schema of a line of an export',
      access: { kinds, roles: everyRole },
      answers: { 200: { description: 'The schema', schema: z.record(z.string(), z.unknown()) } },
      handle: () => Promise.resolve({ status: 200, body: z.toJSONSchema(exportLineSchema) }),
    }),
  ];
}

/**
 * Whose data is meant: who acts for an enterprise gets that enterprise's, an admin or auditor their organisation's.
 *
 * @throws Problem PERMISSION_DENIED for everybody else.
 */
function ownEnterprise({ session: { person } }: Caller): string | undefined {
  if (person.kind === 'enterprise' && person.uscc !== undefined) return person.uscc;
  if (person.role !== 'admin' && person.role !== 'auditor') throw new Problem('PERMISSION_DENIED');
  return undefined;
}

interface Asked {
  readonly enterprise: string | undefined;
  readonly after: string | undefined;
}

async function answer(
  context: ApiContext,
  { session, signatory }: Caller,
  { enterprise, after }: Asked,
  response: Response,
): Promise<void> {
  const { profile, projection, follower, ledger, people } = context;
  await follower.caughtUp();
  const { id, mspId } = session.person;
  // On record before the first line leaves.
  await people.write({
    kind: 'data-exported',
    person: id,
    ...(after !== undefined && { detail: after }),
    ...(enterprise !== undefined && { uscc: enterprise }),
  });
  const going = context.ongoing.begin(session);
  const lines = writeExport({
    head: {
      channel: profile.channel,
      chaincode: profile.chaincode.name,
      organisation: mspId,
      enterprise,
      height: projection.nextBlock,
      after,
    },
    page: (of, from, limit) => projection.ownRecords.page(of, from, limit, enterprise),
    history: async (of, record) => {
      try {
        return (await ledger.evaluate(signatory, 'readOwnHistory', { of, id: record })).versions;
      } catch (error) {
        // In the tables of a government node lie others' records too.
        if (error instanceof LedgerError && error.code === 'RECORD_NOT_FOUND') return undefined;
        throw error;
      }
    },
    placeOf: (transactionId) => projection.transactions.find(transactionId)?.block,
    readBlock: context.readBlock,
    signatory,
    mayGoOn: () => !going.signal.aborted && context.mayAct(session) === undefined,
  });
  try {
    await send(response, lines);
  } finally {
    going.done();
  }
}

/** The client's pace decides. What breaks off has no end line, and is gone on with after the last place. */
async function send(response: Response, lines: AsyncGenerator<string>): Promise<void> {
  try {
    for await (const line of lines) {
      if (!response.headersSent) response.status(200).type('application/x-ndjson');
      if (response.write(line)) continue;
      if (!response.closed) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      if (response.closed) return;
    }
  } catch (error) {
    if (!response.headersSent) throw error;
    response.destroy();
    return;
  }
  response.end();
}
