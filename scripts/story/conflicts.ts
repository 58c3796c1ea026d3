import type { TakeOnLine } from '@pledgeonce/chaincode/take-on/api.js';
import type { Client } from '../rest/client.js';
import { at, listAt, textAt } from '../rest/json.js';
import { Neighbour } from '../rest/neighbour.js';
import { poll } from '../rest/poll.js';
import type { StackDescription } from '../stack/description.js';
import type { Bank } from './cast.js';
import type { SampleTrade } from './samples.js';
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
    const lines = found.map(
      (item) =>
        `${textAt(item, 'applicationNumber')}: too much by ${String(at(item, 'overdrawn.0.by.amount'))}`,
    );
    return [`${title} is told how much, and not by whom\n${lines.join('\n')}`, undefined];
  });
}

/** The regulator decides, and the bank whose mistake it was takes its payout back. */
export async function resolveConflict(
  teller: Teller,
  stack: StackDescription,
  bank: Bank,
  { declaration }: SampleTrade,
  reference: string,
): Promise<void> {
  const regulator = await Neighbour.signIn(stack, 'RegulatorMSP', 'approver');
  const customs = await Neighbour.signIn(stack, 'CustomsMSP', 'officer');
  await teller.step(
    'Customs objects to that one, the regulator orders a correction, and bank B takes its entry back by two people',
    async () => {
      const { seller, type, number } = declaration;
      const enterprise = { scheme: seller.scheme, id: seller.id };
      const said = {
        document: { type, number },
        enterprise,
        reason: 'One of two banks names the wrong declaration.',
      };
      const objection = textAt(expectStatus(await customs.post('/objections', said), 201).body, 'id');
      const decision = { outcome: 'correct', reason: 'Bank B lent on another paper.' };
      expectStatus(await regulator.post(`/objections/${objection}/decision`, decision), 200);
      const id = await claimOf(bank.officer, reference);
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
