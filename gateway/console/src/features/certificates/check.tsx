import { Alert, Anchor, Badge, Paper, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { LanguageSwitch } from '../../app/language-switch.js';
import { organisation } from '../../app/organisation.js';
import { Day, Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Particulars } from '../../ui/particulars.js';
import { Read } from '../../ui/read.js';
import { StateBadge } from '../../ui/state-badge.js';

type Checked = paths['/checks/{code}']['get']['responses'][200]['content']['application/json'];

/** Where the code on a certificate leads: for anybody, without a session, only what its holder chose. */
export function Check() {
  const { code = '' } = useParams();
  const { t } = useTranslation();
  const title = t('certificate.check');
  useEffect(() => {
    document.title = `${title} · ${organisation.title}`;
  }, [title]);
  const checked = useRead(['check', code], () => api.GET('/checks/{code}', { params: { path: { code } } }));
  return (
    <main className="door">
      <Paper withBorder shadow="sm" p="xl" className="door-panel wide">
        <LanguageSwitch />
        <Title order={1} size="h3" mb="xs">
          {title}
        </Title>
        <Text c="dimmed" size="sm" mb="md">
          {t('certificate.checkHint', { organisation: organisation.title })}
        </Text>
        <Read of={checked}>{(data) => <Verdict of={data} />}</Read>
        <Text size="sm" mt="lg">
          <Anchor component={Link} to="/">
            {t('session.signIn')}
          </Anchor>
        </Text>
      </Paper>
    </main>
  );
}

function Verdict({
  of: { kind, id, standing, issuer, issuedAt, shown = {}, claim, result },
}: {
  readonly of: Checked;
}) {
  const { t } = useTranslation();
  const isValid = standing === 'valid';
  const { enterprise, documents } = shown;
  return (
    <>
      <Badge size="lg" mb="sm" color={isValid ? 'green' : 'red'}>
        {t(`certificate.${standing}`)}
      </Badge>
      <Text mb="md">{t(isValid ? `certificate.${kind}` : 'certificate.nothing')}</Text>
      <Particulars
        of={[
          ['certificate', <code key="id">{id}</code>],
          ['issuer', issuer.title],
          ['issuedAt', <Moment key="issued" value={issuedAt} zone />],
          ['registeredAt', claim && <Moment key="registered" value={claim.registeredAt} zone />],
          ['stateNow', claim && <StateBadge key="state" state={claim.state} />],
          ['result', result && <StateBadge key="result" state={result} />],
          ['applicationNumber', shown.applicationNumber],
          ['enterprise', enterprise && `${enterprise.scheme} ${enterprise.id}`],
          ['product', shown.product && t(`product.${shown.product}`)],
          ['amount', shown.amount && <Money key="amount" value={shown.amount} />],
          ['outstanding', shown.outstanding && <Money key="outstanding" value={shown.outstanding} />],
          ['dueDate', shown.dueDate && <Day key="due" value={shown.dueDate} />],
          ['documentTotal', shown.total && <Money key="total" value={shown.total} />],
          ['remaining', shown.remaining && <Money key="remaining" value={shown.remaining} />],
          ['lines', documents?.map((one) => <NamedDocument key={one.type + one.number} document={one} />)],
        ]}
      />
      {isValid && claim !== undefined && (
        <Alert mt="md" color="gray">
          {t('certificate.ledger')} <code className="whole">{claim.id}</code>
        </Alert>
      )}
    </>
  );
}
