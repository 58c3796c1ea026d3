import type { paths } from '@pledgeonce/client';

export type ObjectionView = paths['/objections/{id}']['get']['responses'][200]['content']['application/json'];

export const objectionStates = ['open', 'held', 'correction-ordered', 'dismissed', 'withdrawn'] as const;
