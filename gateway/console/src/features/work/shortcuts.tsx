import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOwn } from '../../session/session.js';

/** What people of a role begin most days with. */
const beginnings: readonly (readonly [step: string, path: string])[] = [
  ['reserveClaims', '/verify'],
  ['recordFacts', '/documents/new'],
  ['recordFacts', '/import'],
  ['readOwnDocument', '/own-documents'],
  ['postRequest', '/financing-requests/new'],
  ['applyForLoan', '/loan-applications/new'],
  ['authoriseQuery', '/authorisations/new'],
  ['markPayments', '/payments/new'],
];

export function Shortcuts() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const own = beginnings.filter(([step]) => may.includes(step));
  if (own.length === 0) return null;
  return (
    <Group gap="xs" mt="lg">
      {own.map(([, path]) => (
        <Button key={path} component={Link} to={path} variant="default">
          {t(`begin.${path}`)}
        </Button>
      ))}
    </Group>
  );
}
