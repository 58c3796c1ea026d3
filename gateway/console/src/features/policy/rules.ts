import type { paths } from '@pledgeonce/client';

/** What the consortium has decided on. */
export type Rules = paths['/registry/policy']['get']['responses'][200]['content']['application/json'];
