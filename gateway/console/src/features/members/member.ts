import type { paths } from '@pledgeonce/client';

type Register = paths['/registry/members']['get']['responses'][200]['content']['application/json'];

/** One organisation on the register. */
export type Member = Register['items'][number];
/** One of the three nodes that keep the register. */
export type Governing = Register['government'][number];
export type Proposed = NonNullable<Member['proposed']>;
