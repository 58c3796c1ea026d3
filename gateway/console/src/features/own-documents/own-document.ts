import type { paths } from '@pledgeonce/client';

export type OwnDocument =
  paths['/own-documents/look-up']['post']['responses'][200]['content']['application/json'];
export type OwnDraw = OwnDocument['draws'][number];
