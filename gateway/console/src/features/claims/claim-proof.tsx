import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { History } from '../../ui/pictures/timeline.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';

/** What happened to a claim, with each version's proof on the ledger. */
export function ClaimProof({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const history = useRead(['claim', id, 'history'], () =>
    api.GET('/audit/claims/{id}', { params: { path: { id } } }),
  );
  return (
    <Section title={t('ui.history')}>
      <Read of={history}>{({ versions }) => <History versions={versions} />}</Read>
    </Section>
  );
}
