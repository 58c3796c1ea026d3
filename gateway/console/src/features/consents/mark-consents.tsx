import { Alert } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths, Schemas } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { CommandForm } from '../../ui/form/command-form.js';
import type { Column } from '../../ui/list/column.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Section } from '../../ui/section.js';

type Answer = paths['/mark-consents']['post']['responses'][201]['content']['application/json'];
interface Request {
  readonly document: Schemas['Document'];
  readonly payer: Schemas['PartyId'];
}

/** Papers of goods, on which a payment abroad is marked. */
const papers = ['bill-of-lading', 'rail-waybill', 'warehouse-receipt'] as const;

type Given = paths['/mark-consents']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Given>[] = [
  {
    name: 'type',
    show: ({ document }) => <NamedDocument document={document} />,
    text: ({ document: { type, number } }) => `${type} ${number}`,
  },
  {
    name: 'payer',
    show: ({ payer }) => `${payer.scheme} ${payer.id}`,
    text: ({ payer }) => `${payer.scheme} ${payer.id}`,
  },
  {
    name: 'enterprise',
    show: ({ enterprise }) => enterprise.id,
    text: ({ enterprise }) => enterprise.id,
  },
  {
    name: 'consentedAt',
    show: ({ updatedAt }) => <Moment value={updatedAt} />,
    text: ({ updatedAt }) => updatedAt,
  },
];

/** Whom firms have let pay on papers of goods that name them; an officer of the firm lets another. */
export function MarkConsents() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const [given, setGiven] = useState(0);
  return (
    <Section title={t('markConsents.title')}>
      <p>{t('markConsents.about')}</p>
      {may.includes('consentToMark') && (
        <GiveConsent
          onGiven={() => {
            setGiven((count) => count + 1);
          }}
        />
      )}
      <RecordList
        name="mark-consents"
        // What was given just now is read anew.
        of={given}
        caption="markConsents.title"
        columns={columns}
        keyOf={({ id }) => id}
        empty="markConsents.none"
        read={(cursor) => content(api.GET('/mark-consents', { params: { query: queryOf({}, cursor) } }))}
      />
    </Section>
  );
}

/** Lets another firm pay on a paper of goods that names the own one, as when goods afloat are sold on. */
function GiveConsent({ onGiven }: { readonly onGiven: () => void }) {
  const { t } = useTranslation();
  const [given, setGiven] = useState<{ readonly asked: Request; readonly at: string }>();
  const asked = useRef<Request>(undefined);
  const [forms, setForms] = useState(0);
  return (
    <>
      {given !== undefined && (
        <Alert color="green" role="status" mb="md">
          {t('markConsents.given', { payer: `${given.asked.payer.scheme} ${given.asked.payer.id}` })}{' '}
          <NamedDocument document={given.asked.document} /> <Moment value={given.at} />
        </Alert>
      )}
      <CommandForm<Answer>
        // A consent that was given leaves an empty form behind.
        key={forms}
        draft="mark-consent"
        fields={[
          { name: 'document', kind: 'document', options: papers },
          { name: 'payer', kind: 'party', required: true },
        ]}
        initial={{ document: { type: papers[0] }, payer: { scheme: 'USCC' } }}
        submit="markConsents.give"
        send={(body: Request, key) => {
          asked.current = body;
          return api.POST('/mark-consents', { params: once(key), body });
        }}
        onDone={({ at }) => {
          if (asked.current !== undefined) setGiven({ asked: asked.current, at });
          setForms((count) => count + 1);
          onGiven();
        }}
      />
    </>
  );
}
