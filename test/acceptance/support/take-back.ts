import type { Answer } from '@pledgeonce/scripts/rest/client.js';
import type { BankPeople } from './consortium.js';

/** One person of a bank proposes to take a payment back, the other confirms. @throws Error when it is not proposed. */
export async function takeBack({ officer, approver }: BankPeople, payment: string): Promise<Answer> {
  const reason = 'Returned by the correspondent.';
  const proposed = await officer.post(`/payments/${payment}/reversal`, { reason });
  if (proposed.status !== 200) throw new Error(`Not proposed: ${JSON.stringify(proposed.body)}`);
  return approver.post(`/payments/${payment}/awaiting/confirmation`, {});
}
