import { Alert } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Money } from '../../ui/money.js';
import { amountPattern } from '../../ui/form/use-input.js';

/** How long nothing is typed before the registry is asked, milliseconds. */
const quietMs = 400;

/**
 * What would come of the change that stands in the form around it, before anybody makes it: claims that no document would
 * carry any more. A form without an amount is that of a cancellation.
 */
export function ChangeEffect({ of: id }: { readonly of: string }) {
  const { t } = useTranslation();
  const typed = useWatch({ name: 'changes.total' }) as Schemas['Money'] | undefined;
  const [amount] = useDebouncedValue(typed?.amount.trim(), quietMs);
  const [currency = ''] = useDebouncedValue(typed?.currency, quietMs);
  const total = amount === undefined ? undefined : { amount, currency };
  const isReady = total === undefined || amountPattern.test(total.amount);
  const effect = useRead(
    ['fact', id, 'change-preview', total],
    () =>
      api.POST('/facts/{id}/change-preview', {
        params: { path: { id } },
        body: total === undefined ? {} : { changes: { total } },
      }),
    isReady,
  );
  // Why the change cannot be made the form says when it is sent.
  if (effect.data === undefined) return null;
  const { claims, payments, overdrawn } = effect.data;
  const count = claims + payments;
  if (count === 0)
    return (
      <Alert color="gray" role="status" mt="md">
        {t('document.noEffect')}
      </Alert>
    );
  return (
    <Alert color="red" role="status" mt="md">
      {t('document.wouldOverdraw', { count })}{' '}
      {overdrawn.map(({ by }) => by && <Money key={by.amount + by.currency} value={by} />)}
    </Alert>
  );
}
