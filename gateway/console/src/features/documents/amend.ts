import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import type { Field } from '../../ui/form/fields.js';

type Fact = Schemas['Fact'];

export const reasonField: Field = { name: 'reason', kind: 'long', required: true };

/** Changes what a document states. A section is given whole, as it is from now on. */
export function amend(
  { id, version: expectedVersion }: Fact,
  key: string,
  change: { readonly changes: object; readonly reason: string },
) {
  const params = { path: { id }, ...once(key) };
  return api.PATCH('/facts/{id}', { params, body: { ...change, expectedVersion } as never });
}
