import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { Neighbour } from '@pledgeonce/scripts/rest/neighbour.js';
import { readDescription, type StackDescription } from '@pledgeonce/scripts/stack/description.js';

/** The consortium that the suite was pointed at; read anew, because a restarted gateway is another process. */
export function consortium(): StackDescription {
  const file = process.env['PLEDGEONCE_STACK'];
  if (file === undefined) throw new Error('Run the suite with: npm run acceptance');
  return readDescription(file);
}

const signedIn = new Map<string, Promise<Client>>();

/**
 * A signed-in person, who acts on what other organisations did only when their blocks have reached their own; each signs in
 * once per file of tests.
 */
export async function person(msp: string, id: string): Promise<Client> {
  const name = `${msp}/${id}`;
  const known = signedIn.get(name) ?? Neighbour.signIn(consortium(), msp, id);
  signedIn.set(name, known);
  return known;
}

export const customsOfficer = () => person('CustomsMSP', 'officer');
export const taxOfficer = () => person('TaxMSP', 'officer');
export const auditor = () => person('RegulatorMSP', 'auditor');

export interface BankPeople {
  readonly msp: string;
  readonly officer: Client;
  readonly approver: Client;
}

export async function bank(letter: 'A' | 'B'): Promise<BankPeople> {
  const msp = `Bank${letter}MSP`;
  const [officer, approver] = await Promise.all([person(msp, 'officer'), person(msp, 'approver')]);
  return { msp, officer, approver };
}
