import { Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from '../dates.js';
import { StateBadge } from '../state-badge.js';

export interface Version {
  readonly seq: number;
  readonly state: string;
  readonly transactionId: string;
  readonly at: string;
  readonly block?: number | undefined;
  readonly signer?: { readonly mspId: string; readonly name: string } | undefined;
  readonly proof?: { readonly holds: boolean } | undefined;
}

/** What happened to a record, the latest first: what, when, who, and in which transaction. */
export function History({ versions }: { readonly versions: readonly Version[] }) {
  const { t } = useTranslation();
  return (
    <Timeline
      bulletSize={14}
      lineWidth={2}
      active={versions.length}
      className="history"
      aria-label={t('ui.history')}
    >
      {versions.toReversed().map((version) => (
        <Timeline.Item key={version.seq} title={<StateBadge state={version.state} />}>
          <Moment value={version.at} zone />
          {version.signer !== undefined && (
            <div>{t('ui.signedBy', { person: version.signer.name, organisation: version.signer.mspId })}</div>
          )}
          <div className="faint">
            {t('ui.transaction')} <code>{version.transactionId.slice(0, 16)}…</code>
            {version.block !== undefined && <> · {t('ui.block', { block: version.block })}</>}
            {version.proof !== undefined && (
              <> · {t(version.proof.holds ? 'ui.proofHolds' : 'ui.proofFails')}</>
            )}
          </div>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
