import { factAt, type FactHead } from '../facts/records.js';
import { latestContent } from '../facts/latest.js';
import { accountOfDebtor } from '../firms/account.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import { payableTypes } from '../payees/api.js';
import { drawsOnDebt } from '../rules/evidence/debts.js';
import { loadUnderlying } from '../underlyings/load.js';
import type { Claim } from './records.js';

const invoices: ReadonlySet<string> = new Set(payableTypes);

/**
 * The debtors of a claim that have an account at the portal, each with the invoice that it has to pay: that of the line, or
 * the one beside the declaration that the line names. Of what only the seller has recorded nobody is told: it would put
 * strangers in debt.
 */
export async function debtorsOf(call: Call, claim: Claim): Promise<NonNullable<Claim['debtors']>> {
  const { work } = call;
  const keys = await fingerprints(work);
  const receivables = claim.lines.filter(({ role }) => role === 'receivable');
  const trades = new Map(
    await Promise.all(
      receivables.map(async ({ underlying }) => {
        const trade = await loadUnderlying(work, underlying);
        return [trade.id, trade] as const;
      }),
    ),
  );
  const facts = [...trades.values()].flatMap((trade) => {
    const isOwed = (fact: string) => drawsOnDebt(trade, fact).some((draw) => draw.drawnBy === claim.id);
    return trade.rows.filter(({ type, fact, self }) => !self && invoices.has(type) && isOwed(fact));
  });
  const named = facts.length > 0 ? facts.map(({ fact }) => fact) : receivables.map(({ fact }) => fact);
  const heads = await Promise.all([...new Set(named)].map((fact) => work.read(factAt(fact))));
  const known = heads.filter((head) => head !== undefined);
  const debtors = await Promise.all(known.map((head) => debtorOf(call, keys, head)));
  return debtors.flatMap((debtor) => debtor ?? []);
}

async function debtorOf(
  { work }: Call,
  keys: Awaited<ReturnType<typeof fingerprints>>,
  head: FactHead,
): Promise<NonNullable<Claim['debtors']>[number] | undefined> {
  const { buyer, seller } = await latestContent(work, head);
  if (buyer === undefined) return undefined;
  const { scheme, id, otherIds = [] } = buyer;
  const account = await accountOfDebtor(work, keys, [{ scheme, id }, ...otherIds]);
  const document = { type: head.type, number: head.number };
  return account === undefined ? undefined : { account, document, seller };
}
