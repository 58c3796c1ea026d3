import type { TakeOnLine } from '@pledgeonce/chaincode/take-on/api.js';
import type { Client } from '../rest/client.js';
import { at, listAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { poll } from '../rest/poll.js';
import type { StackDescription } from '../stack/description.js';
import type { Bank } from './cast.js';
import type { PricedFact } from './samples.js';
import { expectStatus, type Teller } from './teller.js';

/** Waits until a bank is shown that these loans of its book, and none of the others, are overdrawn. */
export async function tellConflicts(
  teller: Teller,
  { officer, title }: Bank,
  what: string,
  { book, overdrawn }: { readonly book: readonly TakeOnLine[]; readonly overdrawn: readonly TakeOnLine[] },
): Promise<void> {
  const own = new Set(book.map(({ reference }) => reference));
  const expected = overdrawn.map(({ reference }) => reference).sort();
  await teller.step(what, async () => {
    const found = await poll(async () => {
      const { body } = await officer.get('/overdrafts?limit=50');
      const items = listAt(body, 'items').filter((item) => own.has(textAt(item, 'applicationNumber')));
      const names = items.map((item) => textAt(item, 'applicationNumber')).sort();
      return JSON.stringify(names) === JSON.stringify(expected) ? items : undefined;
    }, 30_000);
    if (found === undefined) throw new Error(`${title} is shown other conflicts.`);
    if (found.length === 0) return [`nothing of the book of ${title} is overdrawn`, undefined];
    const lines = found.map(
      (item) =>
        `${textAt(item, 'applicationNumber')}: too much by ${String(at(item, 'overdrawn.0.by.amount'))}`,
    );
    return [`${title} is told how much, and not by whom\n${lines.join('\n')}`, undefined];
  });
}

/** A loan of the book that is in the way, and the paper that cannot carry it beside the others. */
export interface Conflict {
  readonly paper: PricedFact;
  readonly loan: TakeOnLine;
}

/** Whoever recorded the paper objects, the regulator decides, and the bank whose mistake it was takes its payout back. */
export async function resolveConflict(
  teller: Teller,
  stack: StackDescription,
  bank: Bank,
  { paper, loan }: Conflict,
): Promise<void> {
  const isDeclaration = paper.type === 'customs-declaration';
  const [msp, who] = isDeclaration ? ['CustomsMSP', 'Customs'] : ['TaxMSP', 'The tax authority'];
  const [regulator, authority] = await Promise.all([
    Neighbour.signIn(stack, 'RegulatorMSP', 'approver'),
    Neighbour.signIn(stack, msp, 'officer'),
  ]);
  await teller.step(
    `${who} objects to ${loan.reference}, the regulator orders a correction, and ${bank.title} takes its entry back by two people`,
    async () => {
      const { seller, type, number } = paper;
      const enterprise = { scheme: seller.scheme, id: seller.id };
      const said = {
        document: { type, number },
        enterprise,
        reason: 'One of the banks names the wrong paper.',
      };
      const objection = textAt(expectStatus(await authority.post('/objections', said), 201).body, 'id');
      const decision = { outcome: 'correct', reason: `${bank.title} lent on another paper.` };
      expectStatus(await regulator.post(`/objections/${objection}/decision`, decision), 200);
      const id = await claimOf(bank.officer, loan.reference);
      const reversal = { entry: 'disbursement', reason: 'It was lent on another paper.' };
      expectStatus(await bank.officer.post(`/claims/${id}/reversal`, reversal), 200);
      expectStatus(await bank.approver.post(`/claims/${id}/awaiting/confirmation`, {}), 200);
      expectStatus(await bank.officer.post(`/claims/${id}/withdrawal`, { reason: reversal.reason }), 200);
      return ['the trade carries again what is drawn on it', undefined];
    },
  );
}

async function claimOf(officer: Client, reference: string): Promise<string> {
  const { body } = await officer.get(`/claims?applicationNumber=${reference}`);
  return textAt(listAt(body, 'items')[0] ?? {}, 'id');
}
