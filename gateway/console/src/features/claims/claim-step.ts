import type { Schemas } from '@pledgeonce/client';
import { once } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import type { Step } from '../../ui/steps.js';

type Claim = Schemas['Claim'];

/** A step of a claim, the function of the ledger behind it, and whether it is possible now. */
export interface ClaimStep extends Step {
  readonly function: string;
  readonly when: boolean;
}

/** A claim before the person who looks at it. */
export interface Seen {
  readonly claim: Claim;
  readonly own: Own;
  readonly isOwner: boolean;
}

/** Where a request about the claim goes, under the key of its form. */
export function paramsOf({ id }: Pick<Claim, 'id'>) {
  return (key: string) => ({ path: { id }, ...once(key) });
}

export const reasonField = { name: 'reason', kind: 'long', required: true } as const;
