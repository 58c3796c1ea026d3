import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { fieldsOf, toFact, typesOf } from './document-fields.js';

/** Record a document by hand; many come by file. */
export function NewDocument() {
  const { t } = useTranslation();
  const { organisation, person } = useOwn();
  const navigate = useNavigate();
  const types = typesOf(organisation.kind);
  const [type, setType] = useState(types[0] ?? 'commercial-invoice');
  const seller = person.uscc === undefined ? { scheme: 'USCC' } : { scheme: 'USCC', id: person.uscc };
  return (
    <Page title={t('document.new')}>
      <NativeSelect
        label={t('field.type')}
        mb="md"
        value={type}
        onChange={({ currentTarget }) => {
          setType(currentTarget.value as typeof type);
        }}
        data={types.map((value) => ({ value, label: t(`type.${value}`) }))}
      />
      <CommandForm<Schemas['Fact']>
        key={type}
        draft={`document/${type}`}
        fields={fieldsOf(type)}
        initial={{ seller, total: { currency: 'USD' } }}
        submit="document.record"
        send={(typed: object, key) =>
          api.POST('/facts', { params: once(key), body: toFact(type, typed) as Schemas['FactInput'] })
        }
        onDone={({ id }) => {
          void navigate(`/documents/${id}`);
        }}
      />
    </Page>
  );
}
