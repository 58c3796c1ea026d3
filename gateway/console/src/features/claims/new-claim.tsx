import { Button, Text } from '@mantine/core';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import type { paths, Schemas } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import type { ApiProblem } from '../../api/problem.js';
import { once } from '../../api/use-read.js';
import { useLanguage } from '../../i18n/language.js';
import { CommandForm } from '../../ui/form/command-form.js';
import { formatAmount } from '../../ui/money-format.js';
import { Page } from '../../ui/page.js';
import { advanceRate } from './advance-rate.js';
import { products } from './claims.js';

type Claim = Schemas['Claim'];

/** What an insured claim is covered by, and goods that stand for it. */
const covers = ['buyer-limit', 'declared-shipment', 'insurance-policy'] as const;
const goods = ['warehouse-receipt', 'bill-of-lading', 'rail-waybill'] as const;

/** What the page of a verification hands on. */
interface Beginning {
  readonly document?: Schemas['Document'];
  readonly enterprise?: Schemas['PartyId'];
  readonly remaining?: Schemas['Money'];
  /** What the document amounts to. */
  readonly total?: Schemas['Money'];
}

/** Reserve a claim: from a verification, with its document already there, or from nothing. */
export function NewClaim() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const from = (useLocation().state ?? {}) as Beginning;
  const currency = from.remaining?.currency ?? 'USD';
  const line = {
    document: from.document ?? { type: 'customs-declaration', number: '' },
    amount: { amount: '', currency },
  };
  return (
    <Page title={t('claim.new')}>
      <CommandForm<Claim>
        draft={`claim/${from.document?.number ?? 'new'}`}
        fields={[
          { name: 'applicationNumber', kind: 'text', required: true, hint: 'applicationNumber' },
          { name: 'enterprise', kind: 'party', required: true },
          { name: 'product', kind: 'choice', required: true, options: products, words: 'product' },
          { name: 'amount', kind: 'money', required: true },
          // A claim on goods alone has no line.
          { name: 'lines', kind: 'lines', required: true, least: 0 },
          { name: 'cover', kind: 'lines', options: covers, least: 0, add: 'addCover' },
          { name: 'collateral', kind: 'goods', options: goods },
          { name: 'creditNumber', kind: 'text', hint: 'creditNumber' },
          { name: 'creditBank', kind: 'text', hint: 'creditBank', label: 'issuingBank' },
          { name: 'dueDate', kind: 'date', required: true },
          { name: 'price.rate', kind: 'text', label: 'rate', hint: 'price' },
          { name: 'price.fees', kind: 'money', label: 'fees', required: false },
          { name: 'outlet', kind: 'text', hint: 'outlet' },
          { name: 'pastDueReason', kind: 'long', hint: 'pastDueReason' },
        ]}
        initial={{
          enterprise: from.enterprise ?? { scheme: 'USCC' },
          product: 'discount',
          amount: { amount: '', currency },
          lines: [line],
          cover: [],
          collateral: [],
          price: { fees: { amount: '', currency } },
        }}
        below={<AdvanceRate total={from.total} />}
        submit="claim.reserve"
        send={(typed, key) => api.POST('/claims', { params: once(key), body: asAsked(typed) })}
        help={(problem, set) => <ClaimWhatIsLeft problem={problem} set={set} />}
        onDone={({ id }) => {
          void navigate(`/claims/${id}`);
        }}
      />
    </Page>
  );
}

type ClaimInput = paths['/claims']['post']['requestBody']['content']['application/json'];

interface Typed {
  readonly creditNumber?: string;
  readonly creditBank?: string;
  readonly amount: Schemas['Money'];
}

/**
 * The claim as the API takes it: a letter of credit under which it is presented covers all of it, and a list that nothing was
 * entered in is not sent.
 */
function asAsked(typed: object): ClaimInput {
  const {
    creditNumber: number,
    creditBank: issuingBank,
    cover = [],
    collateral = [],
    ...claim
  } = typed as Typed & ClaimInput;
  const credit =
    number === undefined
      ? []
      : [
          {
            document: { type: 'letter-of-credit' as const, number, ...(issuingBank && { issuingBank }) },
            amount: claim.amount,
          },
        ];
  const covered = [...cover, ...credit];
  return {
    ...claim,
    ...(covered.length > 0 && { cover: covered }),
    ...(collateral.length > 0 && { collateral }),
  };
}

/** Which part of the document's total is asked for, as it is typed. */
function AdvanceRate({ total }: { readonly total: Schemas['Money'] | undefined }) {
  const { t } = useTranslation();
  const rate = advanceRate(useWatch<{ amount?: Schemas['Money'] }, 'amount'>({ name: 'amount' }), total);
  return rate === undefined ? null : (
    <Text mt="sm" role="status">
      {t('claim.advanceRate', { rate })}
    </Text>
  );
}

/** Where less is left than was asked for: the one click that asks for that. */
function ClaimWhatIsLeft({
  problem,
  set,
}: {
  readonly problem: ApiProblem;
  readonly set: (name: string, value: string) => void;
}) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [line, ...others] = problem.lines;
  const left = line?.remaining;
  if (line?.list !== 'lines' || left === undefined || others.length > 0 || /^0*(\.0*)?$/.test(left.amount))
    return null;
  return (
    <Button
      variant="light"
      mb="md"
      onClick={() => {
        set(`lines.${line.line}.amount.amount`, left.amount);
        set(`lines.${line.line}.amount.currency`, left.currency);
        set('amount.amount', left.amount);
        set('amount.currency', left.currency);
      }}
    >
      {t('claim.claimLeft', { amount: `${left.currency} ${formatAmount(left.amount, language)}` })}
    </Button>
  );
}
