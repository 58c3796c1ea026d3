import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Day, Moment } from '../../ui/dates.js';
import { DocumentNumber } from '../../ui/document-number.js';
import type { Column } from '../../ui/list/column.js';
import { RecordTable } from '../../ui/list/record-table.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { ReadPage } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { keySteps, machineSteps } from './machine-steps.js';
import type { MachineKeyView, MachineView } from './machine.js';

const columns: readonly Column<MachineKeyView>[] = [
  { name: 'kid', show: ({ kid }) => <DocumentNumber value={kid} />, text: ({ kid }) => kid },
  { name: 'addedBy', show: ({ addedBy }) => addedBy, text: ({ addedBy }) => addedBy },
  { name: 'addedAt', show: ({ addedAt }) => <Moment value={addedAt} />, text: ({ addedAt }) => addedAt },
];

/** One machine: what it may do, by which keys, and what an admin can do with it. */
export function MachinePage() {
  const { id = '' } = useParams();
  const machine = useRead(['machine', id], () => api.GET('/machines/{id}', { params: { path: { id } } }));
  return (
    <ReadPage of={machine}>
      {(data) => (
        <Page title={data.id} state={<StateBadge state={data.state} />}>
          <MachineBody machine={data} />
        </Page>
      )}
    </ReadPage>
  );
}

function MachineBody({ machine }: { readonly machine: MachineView }) {
  const { t } = useTranslation();
  const { person } = useOwn();
  const isAdmin = person.role === 'admin';
  const { id, role, uscc, party, scopes, awaits, createdBy, createdAt, lastTokenAt, tokens } = machine;
  const steps = isAdmin ? machineSteps(machine, person.id) : [];
  const mayRemove = isAdmin && machine.state === 'active' && machine.keys.length > 1;
  return (
    <>
      <Section title={t('claim.what')}>
        <Particulars
          of={[
            ['role', t(`role.${role}`)],
            ['enterprise', uscc ?? party?.id],
            ['scopes', <code key="scopes">{scopes.join(' ')}</code>],
            ['awaits', awaits && t(`machines.awaits.${awaits.kind}`, { person: awaits.by })],
            ['waitingKey', awaits?.kid !== undefined && <DocumentNumber value={awaits.kid} />],
            ['createdBy', createdBy],
            ['createdAt', <Moment key="made" value={createdAt} />],
            [
              'certificateEndsAt',
              machine.certificateEndsAt && <Day key="ends" value={machine.certificateEndsAt} />,
            ],
            ['lastTokenAt', lastTokenAt && <Moment key="token" value={lastTokenAt} />],
            ['tokens', String(tokens)],
          ]}
        />
        {machine.authority === 'pending' && <p className="faint">{t('machines.pending')}</p>}
      </Section>
      <Section title={t('machines.keys')}>
        <RecordTable
          caption="machines.keys"
          columns={columns}
          items={machine.keys}
          keyOf={({ kid }) => kid}
          {...(mayRemove && {
            actions: (key: MachineKeyView) => (
              <Steps inRow record={`machine/${id}/${key.kid}`} of={keySteps(machine, key)} />
            ),
          })}
        />
      </Section>
      {steps.length > 0 && (
        <Section title={t('claim.next')}>
          <Steps of={steps} record={`machine/${id}`} />
        </Section>
      )}
    </>
  );
}
