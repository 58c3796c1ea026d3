import type { Input } from '@pledgeonce/chaincode/api.js';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import type { FakeLedger, Person } from '@pledgeonce/chaincode/testing/fake-ledger.js';
import { freshKey } from '@pledgeonce/chaincode/testing/story.js';

/** A call about a record: its owner may make it, and somebody else of the same kind and role tries to. */
export interface Call {
  readonly ledger: FakeLedger;
  readonly own: Person;
  readonly other: Person;
  readonly input: object;
}
export type Calls = Partial<Record<LedgerFunction, Call>>;

export const reason = 'Looked into.';
export const command = (id: string) => ({ id, idempotencyKey: freshKey() });

/** Calls by a person of one organisation, and by one of another with the same role. */
export function calls(
  ledger: FakeLedger,
  [own, other]: readonly [Person, Person],
  inputs: { readonly [F in LedgerFunction]?: Input<F> },
): Calls {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, { ledger, own, other, input }]),
  );
}
