import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.js';
import { once } from '../../api/use-read.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { Page } from '../../ui/page.js';
import { billFields, bodyOfPapers, fixedTypes, otherFields, type Papers } from './papers.js';

/** As many papers as the ledger compares at once. */
const mostBills = 20;

/** Compare the papers of an offshore trade with the carrier's record. The report stays on the ledger. */
export function NewOffshoreCheck() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [bills, setBills] = useState(1);
  return (
    <Page title={t('begin./offshore-checks/new')}>
      <Text mb="md">{t('offshore.about')}</Text>
      <CommandForm<{ readonly id: string }>
        draft="offshore-check"
        fields={[
          { name: 'enterprise', kind: 'party', required: true },
          ...Array.from({ length: bills }, (_, place) => billFields(place)).flat(),
          ...otherFields,
        ]}
        initial={{ enterprise: { scheme: 'USCC' }, ...fixedTypes }}
        submit="offshore.compare"
        send={(papers: Papers, key) =>
          api.POST('/offshore-checks', { params: once(key), body: bodyOfPapers(papers) as never })
        }
        onDone={({ id }) => {
          void navigate(`/offshore-checks/${id}`);
        }}
      />
      {bills < mostBills && (
        <Button
          mt="md"
          variant="default"
          onClick={() => {
            setBills(bills + 1);
          }}
        >
          {t('offshore.another')}
        </Button>
      )}
    </Page>
  );
}
