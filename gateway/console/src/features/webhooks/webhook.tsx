import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { ReadPage } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { Deliveries } from './deliveries.js';
import { useFresh } from './use-fresh.js';
import { Whose } from './whose.js';
import { webhookSteps } from './webhook-steps.js';
import type { WebhookView } from './webhook-view.js';

/** One webhook: where it goes, how it fares, and what its receiver has not taken. */
export function Webhook() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  useFresh();
  const webhook = useRead(['webhook', id], () => api.GET('/webhooks/{id}', { params: { path: { id } } }));
  return (
    <ReadPage of={webhook}>
      {(data) => (
        <Page title={t('webhooks.one')} state={<StateBadge state={data.state} />}>
          <WebhookBody webhook={data} />
          <Deliveries of={id} />
        </Page>
      )}
    </ReadPage>
  );
}

function WebhookBody({ webhook }: { readonly webhook: WebhookView }) {
  const { t } = useTranslation();
  const { person, organisation } = useOwn();
  const navigate = useNavigate();
  const { id, url, kinds, publicKey, waiting, dead, lastTakenAt, failingSince, createdBy, createdAt } =
    webhook;
  const steps = webhookSteps(webhook, () => void navigate('/webhooks'));
  return (
    <>
      <Section title={t('claim.what')}>
        <Particulars
          of={[
            ['url', <code key="url">{url}</code>],
            ['told', kinds.map((kind) => t(`webhookKind.${kind}`)).join(t('ui.listSign'))],
            ['enterprise', organisation.kind === 'enterprise' && <Whose key="whose" of={webhook} />],
            ['publicKey', <DocumentNumber key="key" value={publicKey} />],
            ['createdAt', <Moment key="made" value={createdAt} />],
            ['createdBy', createdBy],
            ['waiting', String(waiting)],
            ['dead', String(dead)],
            ['lastTakenAt', lastTakenAt && <Moment key="taken" value={lastTakenAt} />],
            ['failingSince', failingSince && <Moment key="failing" value={failingSince} />],
          ]}
        />
      </Section>
      {person.role === 'admin' && (
        <Section title={t('claim.next')}>
          <Steps of={steps} record={`webhook/${id}`} />
        </Section>
      )}
    </>
  );
}
