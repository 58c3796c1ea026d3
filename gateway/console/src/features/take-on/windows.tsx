import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import type { Own } from '../../session/session.js';
import { useOwn } from '../../session/session.js';
import { Day, Moment } from '../../ui/dates.js';
import { Particulars } from '../../ui/particulars.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import type { Step } from '../../ui/steps.js';
import { Steps } from '../../ui/steps.js';
import { banksOf } from '../banks.js';

type Windows = paths['/take-on/windows']['get']['responses'][200]['content']['application/json'];
type Window = Windows['windows'][number];

/** The windows: of the regulator all, with what can be done next; of a bank its own. */
export function Windows() {
  const { t } = useTranslation();
  const own = useOwn();
  const windows = useRead(['take-on', 'windows'], () => api.GET('/take-on/windows'));
  return (
    <Section title={t('takeOn.windows')}>
      <Read of={windows}>
        {({ windows: all }) => (
          <Stack gap="md">
            {all.length === 0 && <p>{t('takeOn.noWindow')}</p>}
            {all.map((one) => (
              <OneWindow key={one.number} window={one} own={own} />
            ))}
            {own.may.includes('proposeTakeOnWindow') && <Steps of={[propose]} record="take-on/window" />}
          </Stack>
        )}
      </Read>
    </Section>
  );
}

function OneWindow({ window, own }: { readonly window: Window; readonly own: Own }) {
  const { t } = useTranslation();
  const { number, state, cutOff, until, banks, openedAt, closedAt } = window;
  const steps = stepsOf(window, own);
  return (
    <Stack gap="sm">
      <Particulars
        of={[
          ['state', <StateBadge key="state" state={state} />],
          ['cutOff', <Day key="cutOff" value={cutOff} />],
          ['until', <Day key="until" value={until} />],
          ['banks', banks?.join(t('ui.listSign'))],
          ['openedAt', openedAt && <Moment key="opened" value={openedAt} />],
          ['closedAt', closedAt && <Moment key="closed" value={closedAt} />],
        ]}
      />
      {steps.length > 0 && <Steps of={steps} record={`take-on/window/${number}`} />}
    </Stack>
  );
}

/** What is typed into the form. */
interface Proposed {
  readonly cutOff: string;
  readonly until: string;
  readonly banks: string;
}

const propose: Step = {
  name: 'proposeTakeOnWindow',
  twoPeople: true,
  secondary: true,
  fields: [
    { name: 'cutOff', kind: 'date', required: true },
    { name: 'until', kind: 'date', required: true },
    { name: 'banks', kind: 'text', required: true, hint: 'banks' },
  ],
  send: ({ banks, ...body }: Proposed, key) =>
    api.POST('/take-on/windows', { params: once(key), body: { ...body, banks: banksOf(banks) } }),
};

function stepsOf({ number, state }: Window, { may }: Own): readonly Step[] {
  const params = (key: string) => ({ path: { number }, ...once(key) });
  const all: readonly (Step & { readonly when: boolean })[] = [
    {
      name: 'openTakeOnWindow',
      when: state === 'proposed',
      fields: [],
      send: (_body, key) => api.POST('/take-on/windows/{number}/opening', { params: params(key), body: {} }),
    },
    {
      name: 'closeTakeOnWindow',
      when: state === 'open',
      danger: true,
      about: 'takeOn.closing',
      fields: [],
      send: (_body, key) => api.POST('/take-on/windows/{number}/closing', { params: params(key), body: {} }),
    },
  ];
  return all.filter((step) => step.when && may.includes(step.name));
}
