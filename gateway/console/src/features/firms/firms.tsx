import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths, Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { Section } from '../../ui/section.js';

type Firm = paths['/firms']['get']['responses'][200]['content']['application/json'];

/** The regulator’s directory: which registered ids are one firm. */
export function Firms() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const [found, setFound] = useState<Firm>();
  return (
    <Page title={t('page./firms')}>
      <p>{t('firm.about')}</p>
      {found !== undefined && <Ids of={found} />}
      <Section title={t('firm.lookUp')}>
        <CommandForm<Firm>
          draft="firm/look-up"
          fields={[{ name: 'enterprise', kind: 'party', required: true }]}
          initial={{ enterprise: { scheme: 'USCC' } }}
          submit="firm.lookUp"
          send={({ enterprise }: { enterprise: Schemas['PartyId'] }) =>
            api.GET('/firms', { params: { query: enterprise } })
          }
          onDone={setFound}
        />
      </Section>
      {may.includes('stateFirm') && (
        <Section title={t('firm.state')}>
          <p>{t('firm.stateHint')}</p>
          <CommandForm<Firm>
            draft="firm/state"
            fields={[
              { name: 'ids.0', kind: 'party', label: 'enterprise', required: true },
              { name: 'ids.1', kind: 'party', label: 'sameFirm', required: true },
              { name: 'ids.2', kind: 'party', label: 'sameFirmToo' },
            ]}
            initial={{ ids: [{ scheme: 'USCC' }, { scheme: 'VAT' }, { scheme: 'GLN' }] }}
            submit="firm.state"
            send={(body, key) => api.POST('/firms', { params: once(key) as never, body })}
            onDone={setFound}
          />
        </Section>
      )}
    </Page>
  );
}

/** Every registered id of a firm, the one that stands for it first. */
function Ids({ of: { firm, ids } }: { readonly of: Firm }) {
  const { t } = useTranslation();
  const isFirst = (one: Schemas['PartyId']) => one.scheme === firm.scheme && one.id === firm.id;
  const sorted = ids.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
  return (
    <Section title={t('firm.found')}>
      <div role="status">
        <ul className="plain-list">
          {sorted.map((one) => (
            <li key={`${one.scheme} ${one.id}`}>
              {one.scheme} <DocumentNumber value={one.id} /> {isFirst(one) && t('firm.stands')}
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}
