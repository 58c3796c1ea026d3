import { takeOnInputs, takeOnOutputs, takeOnWindowSchema } from '@pledgeonce/chaincode/take-on/api.js';
import { z } from 'zod';
import { carriedOut, created } from './committed-answers.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { transactionId } from './shared-schemas.js';

const changed = z.strictObject({ ...takeOnWindowSchema.shape, ...transactionId });
const numbered = z.object({ number: z.coerce.number().int().min(1).max(100_000) });

const steps = [
  ['opening', 'openTakeOnWindow', 'Open, as a second person of the regulator, the window that is proposed'],
  ['closing', 'closeTakeOnWindow', 'Close a window before its last day, for good'],
] as const;

/** The regulator opens a window in which banks bring what they had lent before the registry began. */
export function takeOnWindowEndpoints({ ledger }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/take-on/windows',
      tag: 'take-on',
      summary: 'Propose a take-on window: cut-off date, last day, which banks',
      access: 'proposeTakeOnWindow',
      writes: true,
      body: takeOnInputs.proposeTakeOnWindow,
      answers: { 201: { description: 'Proposed; a second person opens it', schema: changed } },
      handle: async ({ body, caller }) =>
        created(await ledger.submit(caller.signatory, 'proposeTakeOnWindow', body)),
    }),
    endpoint({
      method: 'get',
      path: '/take-on/windows',
      tag: 'take-on',
      summary: 'The take-on windows; of a bank, its own',
      access: 'readTakeOnWindows',
      answers: { 200: { description: 'Windows', schema: takeOnOutputs.readTakeOnWindows } },
      handle: async ({ caller }) => ({
        status: 200,
        body: await ledger.evaluate(caller.signatory, 'readTakeOnWindows', {}),
      }),
    }),
    ...steps.map(([step, name, summary]) =>
      endpoint({
        method: 'post',
        path: `/take-on/windows/{number}/${step}`,
        tag: 'take-on',
        summary,
        access: name,
        writes: true,
        params: numbered,
        body: z.strictObject({}),
        answers: { 200: { description: 'Done', schema: changed } },
        handle: async ({ params, caller }) => carriedOut(await ledger.submit(caller.signatory, name, params)),
      }),
    ),
  ];
}
