import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { WholeList } from '../../ui/list/whole-list.js';
import { Page } from '../../ui/page.js';
import { Read } from '../../ui/read.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { Whose } from './whose.js';
import { newWebhook } from './webhook-steps.js';
import type { WebhookView } from './webhook-view.js';

const columns: readonly Column<WebhookView>[] = [
  { name: 'url', show: ({ url }) => <code>{url}</code>, text: ({ url }) => url },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  { name: 'waiting', isNumber: true, show: ({ waiting }) => waiting, text: ({ waiting }) => String(waiting) },
  { name: 'dead', isNumber: true, show: ({ dead }) => dead, text: ({ dead }) => String(dead) },
  {
    name: 'lastTakenAt',
    show: ({ lastTakenAt }) => lastTakenAt !== undefined && <Moment value={lastTakenAt} />,
    text: ({ lastTakenAt = '' }) => lastTakenAt,
  },
];

/** At the portal: the account that a webhook is told of. */
const whose: Column<WebhookView> = {
  name: 'enterprise',
  show: (webhook) => <Whose of={webhook} />,
  text: ({ uscc, party }) => uscc ?? party?.id ?? '',
};

/** Addresses of the organisation's own systems that are told what happens, and how each fares. */
export function Webhooks() {
  const { t } = useTranslation();
  const { person, organisation } = useOwn();
  const isPortal = organisation.kind === 'enterprise';
  const navigate = useNavigate();
  const webhooks = useRead(['webhooks'], () => api.GET('/webhooks'));
  const make = newWebhook(isPortal, ({ id }) => void navigate(`/webhooks/${id}`));
  return (
    <Page
      title={t('page./webhooks')}
      actions={person.role === 'admin' && <Steps record="webhook" of={[make]} />}
    >
      <p>{t('webhooks.about')}</p>
      <Read of={webhooks}>
        {({ items }) => (
          <WholeList
            name="webhooks"
            caption="page./webhooks"
            columns={isPortal ? [...columns, whose] : columns}
            items={items}
            keyOf={({ id }) => id}
            addressOf={({ id }) => `/webhooks/${id}`}
          />
        )}
      </Read>
    </Page>
  );
}
