import type { paths } from '@pledgeonce/client';

export type Question = paths['/verifications']['post']['requestBody']['content']['application/json'];
export type Answer = paths['/verifications']['post']['responses'][200]['content']['application/json'];
