import { useTranslation } from 'react-i18next';
import type { WebhookView } from './webhook-view.js';

/** At the portal: whose records a webhook tells of, one enterprise's or everybody's. */
export function Whose({ of: { uscc, party } }: { readonly of: WebhookView }) {
  const { t } = useTranslation();
  const enterprise = uscc ?? party?.id;
  return enterprise === undefined ? t('webhooks.everybody') : <code>{enterprise}</code>;
}
