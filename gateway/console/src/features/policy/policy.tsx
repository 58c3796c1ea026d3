import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import type { Column } from '../../ui/list/column.js';
import { WholeList } from '../../ui/list/whole-list.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { Steps } from '../../ui/steps.js';
import { policySteps } from './policy-steps.js';

type Pair = readonly [whose: string, steps: readonly string[]];
type Consent = readonly [whose: string, wanted: string];

const twoPeople: readonly Column<Pair>[] = [
  { name: 'whose', show: ([whose]) => <Whose of={whose} />, text: ([whose]) => whose },
  { name: 'steps', show: ([, steps]) => <Named of={steps} />, text: ([, steps]) => steps.join(' ') },
];
const consents: readonly Column<Consent>[] = [
  { name: 'whose', show: ([whose]) => <Whose of={whose} />, text: ([whose]) => whose },
  { name: 'consent', show: ([, wanted]) => <Wanted of={wanted} />, text: ([, wanted]) => wanted },
];

/** What the consortium has decided on, for everybody to read and for the regulator to record. */
export function Policy() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const policy = useRead(['policy'], () => api.GET('/registry/policy'));
  return (
    <Page title={t('page./policy')}>
      <Read of={policy}>
        {(rules) => (
          <>
            <Section title={t('policy.forAll')}>
              <Particulars
                of={[
                  ['ownDocuments', t(`ownDocuments.${rules.ownDocuments}`)],
                  ['payoutDays', String(rules.payoutDays)],
                ]}
              />
            </Section>
            <Section title={t('policy.twoPeople')}>
              <p>{t('policy.always')}</p>
              <WholeList
                name="two-people"
                caption="policy.twoPeople"
                columns={twoPeople}
                items={Object.entries(rules.twoPeople)}
                keyOf={([whose]) => whose}
              />
            </Section>
            <Section title={t('policy.consent')}>
              <WholeList
                name="consent"
                caption="policy.consent"
                columns={consents}
                items={Object.entries(rules.consent)}
                keyOf={([whose]) => whose}
              />
            </Section>
            {may.includes('setPolicy') && (
              <Section title={t('claim.next')}>
                <Steps record="policy" of={policySteps(rules)} />
              </Section>
            )}
          </>
        )}
      </Read>
    </Page>
  );
}

/** All organisations of a kind, or one by its MSP id. */
function Whose({ of }: { readonly of: string }) {
  const { t } = useTranslation();
  return of.endsWith('MSP') ? of : t(`everyOf.${of}`);
}

function Named({ of }: { readonly of: readonly string[] }) {
  const { t } = useTranslation();
  return of.length === 0 ? t('policy.one') : of.map((step) => t(`twoPeople.${step}`)).join(t('ui.listSign'));
}

function Wanted({ of }: { readonly of: string }) {
  const { t } = useTranslation();
  return t(`consentFor.${of}`);
}
