import { type Input, type NearDuplicate, nearReasons, type Verification } from '../api.js';
import { catalogue, statesTotal } from '../catalogue.js';
import { clockToleranceMs } from '../clock.js';
import { LedgerError } from '../errors.js';
import { isSameFirm } from '../firms/firm-of.js';
import { confirmedDebtAt } from '../debts/records.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { policyAt } from '../registry/records.js';
import type { FactHead, FactVersion } from './records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { type BalanceRow, currenciesOf, overdrawnFacts, type Trade } from '../rules/balances.js';
import { checkAll } from '../rules/check-all.js';
import { isLapsed, whyShipmentIsNotCovered } from '../rules/cover.js';
import { lastDay } from '../rules/letters-of-credit.js';
import { isSerialOnly } from '../rules/customs-numbers.js';
import { dateOf } from '../rules/dates.js';
import { documentKey } from '../rules/document-keys.js';
import { carrierOf, type Limit, limitOf } from '../rules/evidence/limit.js';
import { isMark } from '../rules/marks.js';
import { formatMoney, type MinorMoney, parseMoney } from '../rules/money.js';
import { canonicalParty } from '../rules/parties.js';
import { leastInTime } from '../rules/owed-in-time.js';
import { isStale, type RateTable } from '../rules/rates.js';
import { formatQuantity, type MinorQuantity, parseQuantity } from '../rules/quantities.js';
import { shownBalance } from '../rules/shown-balance.js';
import { standingTwinsOf, withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { ratesOf } from '../underlyings/rates.js';
import { nearDuplicatesOf } from '../near-duplicates/records.js';
import { findFact } from './find.js';
import { latestVersion } from './latest.js';
import { limitedByOf } from './limited-by.js';

type Particulars = Input<'verifyDocument'>['particulars'];

/**
 * Whether a document exists with these particulars, and what is left of it. Only who knows the particulars learns
 * more; and nobody learns which other banks hold claims.
 */
export const verifyDocument: Verb<'verifyDocument'> = async (call, { document, particulars }) => {
  const { work } = call;
  const keys = await fingerprints(work);
  const rule = catalogue[document.type];
  const { enterprise, total, quantity } = checkAll({
    enterprise: () => canonicalParty(particulars.enterprise, 'particulars.enterprise'),
    total: () => particulars.total && parseMoney(particulars.total, 'particulars.total'),
    quantity: () => particulars.quantity && parseQuantity(particulars.quantity, 'particulars.quantity'),
    open: () => {
      if (rule.checkCode) throw new LedgerError('CHECK_CODE_REQUIRED', { field: 'document.type' });
    },
    // Whether the document exists or not: who does not say what it states has not read it.
    stated: () => {
      if (statesTotal(rule) && particulars.total === undefined) throw unsaid('total');
      if (rule.balance === 'quantity' && particulars.quantity === undefined) throw unsaid('quantity');
    },
  });
  const key = documentKey(document, enterprise, 'document.');
  const head = await findFact(work, keys, key);
  if (head === undefined && document.type === 'customs-declaration' && isSerialOnly(key.number)) {
    const detail =
      'Nine digits are only the serial of one office and year. Write all 18 digits of the declaration.';
    throw new LedgerError('NUMBER_INVALID', { field: 'document.number', detail });
  }
  if (head === undefined) return { result: 'not-found', mismatches: [], warnings: [] };
  const version = await latestVersion(work, head);
  const mismatches = compare(
    version,
    await isSameFirm(work, keys, [head.holder, ...(head.holderIds ?? [])], enterprise),
    total,
    quantity,
    particulars.date,
  );
  if (mismatches.length > 0) return { result: 'mismatch', mismatches, warnings: [] };
  if (head.status === 'cancelled' || head.status === 'replaced') {
    return { result: head.status, mismatches, warnings: [] };
  }
  const { printedNumber } = version.content;
  const left = await whatIsLeft(work, head, version, call.now);
  return { result: 'match', mismatches, ...(printedNumber && { printedNumber }), ...left };
};

function unsaid(name: 'total' | 'quantity'): LedgerError {
  const detail = `To verify a document of this type, say which ${name} it states.`;
  return new LedgerError('FIELD_REQUIRED', { field: `particulars.${name}`, detail });
}

function compare(
  { content }: FactVersion,
  sameEnterprise: boolean,
  total: MinorMoney | undefined,
  quantity: MinorQuantity | undefined,
  date: Particulars['date'],
): Verification['mismatches'] {
  const bothOrNone = (content.total === undefined) === (total === undefined);
  const sameCurrency = !bothOrNone || content.total?.currency === total?.currency;
  const sameTotal = content.total?.amount === (total && formatMoney(total.minor, total.currency).amount);
  const goods = quantity && formatQuantity(quantity.minor, quantity.unit);
  const sameQuantity = content.quantity?.unit === goods?.unit && content.quantity?.amount === goods?.amount;
  return [
    ...(sameEnterprise ? [] : ['enterprise' as const]),
    ...(sameCurrency ? [] : ['currency' as const]),
    ...(!sameCurrency || sameTotal ? [] : ['total' as const]),
    ...(sameQuantity ? [] : ['quantity' as const]),
    ...(date === undefined || date === content.date ? [] : ['date' as const]),
  ];
}

/** What can still be drawn on a standing document, what bounds it, and what somebody has to look at. */
export async function whatIsLeft(
  work: UnitOfWork,
  { id, underlying, currency, type, number }: FactHead,
  { content }: FactVersion,
  now: number,
): Promise<
  Pick<
    Verification,
    | 'remaining'
    | 'remainingQuantity'
    | 'instalments'
    | 'limitedBy'
    | 'liveDraws'
    | 'warnings'
    | 'confirmedByDebtor'
  >
> {
  const trade = withoutLapsed(await loadUnderlying(work, underlying), now, clockToleranceMs);
  const rates = await ratesOf(work, currenciesOf(trade));
  const row = trade.rows.find(({ fact }) => fact === id);
  // A credit note has no balance of its own.
  const limit = row === undefined ? nothing(id) : limitOf(trade, row, rates);
  const carrier = row && carrierOf(trade, row);
  const mayBeDrawn =
    (carrier !== 'none' || (await work.read(policyAt))?.ownDocuments === 'allowed') &&
    catalogue[type].isReceivable?.(number) !== false;
  const warnings: Verification['warnings'] = [...coverWarnings(content, dateOf(now))];
  if (content.assignedTo) warnings.push({ warning: 'assigned', assignedTo: content.assignedTo });
  warnings.push(...nearWarnings(await nearDuplicatesOf(work, id)));
  if (standingTwinsOf(trade, id).length > 0) warnings.push({ warning: 'same-containers' });
  if (carrier === 'none') warnings.push({ warning: 'not-corroborated' });
  if (carrier === 'several') warnings.push({ warning: 'several-authorities' });
  if ((trade.holds ?? []).length > 0) warnings.push({ warning: 'on-hold' });
  if (overdrawnFacts(trade, rates).includes(id)) warnings.push({ warning: 'overdrawn' });
  if (limit === undefined) {
    warnings.push({ warning: catalogue[type].dimension === 'goods' ? 'units-incomparable' : 'rate-missing' });
  }
  if ([...rates.values()].some((rate) => isStale(rate, dateOf(now))))
    warnings.push({ warning: 'rate-stale' });
  const confirmed = await work.read(confirmedDebtAt(id));
  return {
    ...(confirmed && {
      confirmedByDebtor: {
        amount: formatMoney(confirmed.amount, confirmed.currency),
        ...(confirmed.payTo !== undefined && { payTo: confirmed.payTo }),
        at: confirmed.at,
      },
    }),
    ...(limit && shownBalance(type, mayBeDrawn ? limit.left : 0n, currency)),
    ...(limit && row && instalmentsLeft(trade, row, carrier, mayBeDrawn ? limit.left : 0n, rates)),
    ...(limit && row && { limitedBy: await limitedByOf(work, limit) }),
    // A mark leaves the balance as it is.
    liveDraws: new Set(trade.draws.filter((draw) => !isMark(draw)).map(({ drawnBy }) => drawnBy)).size,
    warnings,
  };
}

/** What a claim may draw that falls due with each instalment: of the document's own, or of those of the one that carries it. */
function instalmentsLeft(
  trade: Trade,
  row: BalanceRow,
  carrier: BalanceRow | 'none' | 'several' | undefined,
  most: bigint,
  rates: RateTable,
): Pick<Verification, 'instalments'> {
  const beside = typeof carrier === 'object' ? carrier : row;
  const instalments = row.instalments ?? beside.instalments;
  if (instalments === undefined) return {};
  const rows = [row, beside].filter(({ currency }) => currency === row.currency);
  return {
    instalments: instalments.map(({ dueDate }) => ({
      dueDate,
      remaining: formatMoney(leastInTime(trade, rows, dueDate, most, rates), row.currency),
    })),
  };
}

function nothing(fact: string): Limit {
  return { left: 0n, limitedBy: { family: 'credit-note', documents: [fact] } };
}

/** Each bank that asks about either document of a pair is told in what they are alike, and whether somebody has looked. */
function nearWarnings(near: readonly NearDuplicate[]): Verification['warnings'] {
  const open = near.filter(({ checked }) => checked === undefined);
  const [shown, checked] = open.length > 0 ? [open, false] : [near, true];
  if (shown.length === 0) return [];
  const reasons = nearReasons.filter((reason) => shown.some((one) => one.reasons.includes(reason)));
  return [{ warning: 'near-duplicate', reasons, checked }];
}

/** What a claim that names this document as its cover would be refused for today. */
function coverWarnings(
  { policy, limit, shipment, letterOfCredit }: FactVersion['content'],
  today: string,
): Verification['warnings'] {
  const codes = [
    policy && (today < policy.from || today > policy.to) ? ('POLICY_NOT_IN_FORCE' as const) : undefined,
    limit && isLapsed(limit, today) ? ('LIMIT_LAPSED' as const) : undefined,
    shipment && whyShipmentIsNotCovered(shipment)?.code,
    letterOfCredit && today > lastDay(letterOfCredit) ? ('CREDIT_EXPIRED' as const) : undefined,
  ];
  return codes.flatMap((code) => (code === undefined ? [] : [{ warning: 'not-covered' as const, code }]));
}
