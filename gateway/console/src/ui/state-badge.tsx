import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Red is for what is refused, overdrawn or overdue; the words say it too. */
const colours: Readonly<Record<string, string>> = {
  overdue: 'red',
  disputed: 'red',
  held: 'red',
  'correction-ordered': 'red',
  refused: 'red',
  mismatch: 'red',
  cancelled: 'red',
  overdrawn: 'red',
  'not-found': 'red',
  failed: 'red',
  dead: 'red',
  failing: 'red',
  locked: 'red',
  reserved: 'sea',
  accepted: 'sea',
  open: 'sea',
  referred: 'sea',
  submitted: 'sea',
  proposed: 'sea',
  invited: 'sea',
  opened: 'sea',
  disbursed: 'green',
  active: 'green',
  live: 'green',
  match: 'green',
  marked: 'green',
  recorded: 'green',
  approved: 'green',
  allowed: 'green',
};

export function StateBadge({ state }: { readonly state: string }) {
  const { t } = useTranslation();
  return <Badge color={colours[state] ?? 'gray'}>{t(`state.${state}`)}</Badge>;
}
