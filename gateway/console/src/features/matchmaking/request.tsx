import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Page } from '../../ui/page.js';
import { ReadPage } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { Offers } from './offers.js';
import { RequestParticulars } from './request-particulars.js';
import { requestSteps } from './request-steps.js';
import type { RequestView } from './requests.js';

/** A financing request and its offers side by side. */
export function Request() {
  const { id = '' } = useParams();
  const request = useRead(['request', id], () =>
    api.GET('/financing-requests/{id}', { params: { path: { id } } }),
  );
  return <ReadPage of={request}>{(data) => <RequestBody request={data} />}</ReadPage>;
}

function RequestBody({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation();
  const { id, state, purpose } = request;
  const steps = requestSteps(request, useOwn());
  return (
    <Page title={purpose} state={<StateBadge state={state} />}>
      <RequestParticulars request={request} />
      {steps.length > 0 && (
        <Section title={t('claim.next')}>
          <Steps of={steps} record={`request/${id}`} />
        </Section>
      )}
      <Offers request={request} />
    </Page>
  );
}
