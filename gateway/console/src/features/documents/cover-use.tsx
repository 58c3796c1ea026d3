import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Money } from '../../ui/money.js';
import { Particulars } from '../../ui/particulars.js';
import { BalanceBar } from '../../ui/pictures/balance-bar.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { drawnOf } from '../verify/drawn-of.js';

/** How much of a limit is in use, and by which bank. */
export function CoverUse({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const use = useRead(['fact', id, 'use'], () => api.GET('/facts/{id}/use', { params: { path: { id } } }));
  return (
    <Section title={t('document.use')}>
      <Read of={use}>
        {({ total, remaining, inUse, consumed, banks }) => (
          <>
            <BalanceBar total={total} drawn={drawnOf(total.amount, remaining.amount)} label="draw" />
            <Particulars
              of={[
                ['inUse', <Money key="use" value={inUse} />],
                ['consumed', <Money key="consumed" value={consumed} />],
                ['remaining', <Money key="left" value={remaining} />],
                ['banks', banks.map(({ bank, claims }) => `${bank}: ${claims}`).join(', ')],
              ]}
            />
          </>
        )}
      </Read>
    </Section>
  );
}
