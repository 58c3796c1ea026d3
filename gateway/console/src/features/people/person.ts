import type { paths } from '@pledgeonce/client';

export type PersonView =
  paths['/people']['get']['responses'][200]['content']['application/json']['items'][number];

export const roles = ['officer', 'approver', 'auditor', 'viewer', 'admin'] as const;
