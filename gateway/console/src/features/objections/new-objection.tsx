import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import type { Field } from '../../ui/form/fields.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { evidenceField } from './objection-steps.js';
import type { ObjectionView } from './objection-view.js';

/** What the page of a document hands on. */
interface Beginning {
  readonly document?: Schemas['Document'];
  readonly enterprise?: Schemas['PartyId'];
}

/** An insurer says by which of its covers a trade is its concern. */
const coverField: Field = {
  name: 'cover',
  kind: 'document',
  required: false,
  options: ['buyer-limit', 'insurance-policy'],
  hint: 'cover',
};

/** Object, as a party to the trade, to a document or to what is drawn on it. */
export function NewObjection() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isInsurer = useOwn().organisation.kind === 'insurer';
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
          ...(isInsurer ? [coverField] : []),
        ]}
        initial={{
          document: document ?? { type: 'customs-declaration' },
          enterprise: enterprise ?? { scheme: 'USCC' },
          ...(isInsurer && { cover: { type: 'buyer-limit' } }),
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
