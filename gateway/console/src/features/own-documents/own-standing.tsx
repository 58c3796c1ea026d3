import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Read } from '../../ui/read.js';
import { Standing } from './standing.js';

/** Where the enterprise's own document of a page stands. */
export function OwnStanding({ document }: { readonly document: Schemas['Document'] }) {
  const found = useRead(['own-document', document], () =>
    api.POST('/own-documents/look-up', { body: { document } }),
  );
  return <Read of={found}>{(data) => <Standing of={data} />}</Read>;
}
