import { AlertListener } from '../rest/events.js';
import type { Client } from '../rest/client.js';
import { Neighbour } from '../rest/neighbour.js';
import type { StackDescription } from '../stack/description.js';

/** A bank in the story: who asks, who confirms, and what the bank is told. */
export interface Bank {
  readonly title: string;
  readonly officer: Client;
  readonly approver: Client;
  readonly alerts: AlertListener;
}

/** Everybody who acts in the story, signed in. */
export interface Cast {
  readonly customs: Client;
  readonly tax: Client;
  readonly bankA: Bank;
  readonly bankB: Bank;
  readonly auditor: Client;
}

/** A bank's people, signed in, and what it is told. */
export async function bankIn(stack: StackDescription, msp: string, title: string): Promise<Bank> {
  const [officer, approver] = await Promise.all([
    Neighbour.signIn(stack, msp, 'officer'),
    Neighbour.signIn(stack, msp, 'approver'),
  ]);
  return { title, officer, approver, alerts: await AlertListener.open(officer) };
}

export async function assemble(stack: StackDescription): Promise<Cast> {
  const [customs, tax, auditor, bankA, bankB] = await Promise.all([
    Neighbour.signIn(stack, 'CustomsMSP', 'officer'),
    Neighbour.signIn(stack, 'TaxMSP', 'officer'),
    Neighbour.signIn(stack, 'RegulatorMSP', 'auditor'),
    bankIn(stack, 'BankAMSP', 'Bank A'),
    bankIn(stack, 'BankBMSP', 'Bank B'),
  ]);
  return { customs, tax, auditor, bankA, bankB };
}

export function dismiss({ bankA, bankB }: Cast): void {
  bankA.alerts.close();
  bankB.alerts.close();
}
