import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { evidenceField } from './objection-steps.js';
import type { ObjectionView } from './objection-view.js';

/** What the page of a document hands on. */
interface Beginning {
  readonly document?: Schemas['Document'];
  readonly enterprise?: Schemas['PartyId'];
}

/** Object, as a party to the trade, to a document or to what is drawn on it. */
export function NewObjection() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { document, enterprise } = (useLocation().state ?? {}) as Beginning;
  return (
    <Page title={t('begin./objections/new')}>
      <p>{t('objection.hint')}</p>
      <CommandForm<ObjectionView>
        draft={`objection/${document?.number ?? 'new'}`}
        fields={[
          { name: 'document', kind: 'document' },
          { name: 'enterprise', kind: 'party', label: 'seller', required: true },
          { name: 'reason', kind: 'long', required: true },
          evidenceField,
        ]}
        initial={{
          document: document ?? { type: 'customs-declaration' },
          enterprise: enterprise ?? { scheme: 'USCC' },
        }}
        submit="objection.raise"
        send={(body, key) => api.POST('/objections', { params: once(key), body })}
        onDone={({ id }) => {
          void navigate(`/objections/${id}`);
        }}
      />
    </Page>
  );
}
