import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Day } from '../../ui/dates.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';

/** Who has not signed in for so long perhaps has other work now. */
const idleDays = 30;

/** What an admin looks at first: who waits for a second admin, whose certificate is about to end, who does not come. */
export function AdminWork() {
  const { t } = useTranslation();
  const people = useRead(['people'], () => api.GET('/people'));
  const idle = useRead(['people', 'idle'], () =>
    api.GET('/people', { params: { query: { withoutSignInDays: idleDays } } }),
  );
  return (
    <>
      <Read of={people}>
        {({ items }) => {
          const waiting = items.filter(({ awaits }) => awaits !== undefined);
          const ending = items.filter(({ warning }) => warning !== undefined);
          return (
            <>
              <Section title={t('work.awaiting')}>
                {waiting.length === 0 && t('work.nothing')}
                <List>
                  {waiting.map(({ id, role }) => (
                    <List.Item key={id}>
                      <Link to="/people">{id}</Link> · {t(`role.${role}`)}
                    </List.Item>
                  ))}
                </List>
              </Section>
              <Section title={t('work.ending')}>
                {ending.length === 0 && t('work.nothing')}
                <List>
                  {ending.map(({ id, certificateEndsAt }) => (
                    <List.Item key={id}>
                      {id} · {certificateEndsAt?.slice(0, 10)}
                    </List.Item>
                  ))}
                </List>
              </Section>
            </>
          );
        }}
      </Read>
      <Section title={t('work.idle', { days: idleDays })}>
        <Read of={idle}>
          {({ items }) => (
            <>
              {items.length === 0 && t('work.nobodyIdle')}
              <List>
                {items.map(({ id, role, signedInAt }) => (
                  <List.Item key={id}>
                    <Link to={`/people?withoutSignInDays=${idleDays}`}>{id}</Link> · {t(`role.${role}`)} ·{' '}
                    {signedInAt === undefined ? t('work.neverCame') : <Day value={signedInAt} />}
                  </List.Item>
                ))}
              </List>
            </>
          )}
        </Read>
      </Section>
    </>
  );
}
