import type { paths } from '@pledgeonce/client';

export type Report = paths['/credit-queries']['post']['responses'][201]['content']['application/json'];
export type CreditRecordView = Report['records'][number];
