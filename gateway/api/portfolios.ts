import { z } from 'zod';
import { portfolioSchema } from '../projection/portfolio.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { portfolioTable } from './tables.js';

const query = z.strictObject({ asOf: z.iso.date('Write the date as YYYY-MM-DD.').optional() });
const answers = { 200: { description: 'The portfolio', schema: portfolioSchema } };

/** What a bank has at stake: live claims by state, product, currency, due date and enterprise; and its payments. */
export function portfolioEndpoints({ profile, organisation, projection, follower }: ApiContext): Endpoint[] {
  const report = async (bank: string, asOf = new Date().toISOString().slice(0, 10)) => {
    await follower.caughtUp();
    return { status: 200, body: projection.portfolio(bank, asOf) };
  };
  return [
    endpoint({
      method: 'get',
      path: '/portfolio',
      tag: 'claims',
      summary:
        'The own bank’s live claims by state, product, due date and enterprise, and its payments by purpose',
      access: { kinds: ['bank'], roles: readerRoles },
      query,
      csv: portfolioTable,
      answers,
      handle: ({ query: { asOf } }) => report(organisation.mspId, asOf),
    }),
    endpoint({
      method: 'get',
      path: '/audit/portfolios/{msp}',
      tag: 'audit',
      summary: 'A bank’s live claims by state, product, due date and enterprise, and its payments by purpose',
      access: { kinds: ['regulator'], roles: readerRoles },
      params: z.object({ msp: z.string().max(64) }),
      query,
      csv: portfolioTable,
      answers,
      handle: ({ params: { msp }, query: { asOf } }) => {
        const isBank = profile.organisations.some(({ mspId, kind }) => mspId === msp && kind === 'bank');
        if (!isBank) throw new Problem('BANK_NOT_FOUND', { field: 'msp' });
        return report(msp, asOf);
      },
    }),
  ];
}
