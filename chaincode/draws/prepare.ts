import type { ClaimInput, PartyId } from '../api.js';
import type { LineRole } from '../catalogue.js';
import { LedgerError, type LineError, mostSevere } from '../errors.js';
import { checkAll } from '../rules/check-all.js';
import { documentKey, type DocumentKey, mayBeOne } from '../rules/document-keys.js';
import { type MinorMoney, parseMoney } from '../rules/money.js';
import { canonicalParty } from '../rules/parties.js';
import { parseQuantity } from '../rules/quantities.js';
import type { LineList } from '../schemas.js';

export interface PreparedLine {
  readonly list: LineList;
  /** Its place in that list. */
  readonly index: number;
  /** As what it draws. */
  readonly role: LineRole;
  readonly key: DocumentKey;
  /** Minor units of the currency, thousandths of the unit of goods. */
  readonly minor: bigint;
  /** Currency of the amount, or unit of the quantity. */
  readonly currency: string;
}

/** The part of a claim or payment that says what is drawn. */
type DrawInput = Pick<ClaimInput, 'enterprise' | 'amount' | 'lines'> & Partial<ClaimInput>;
type AmountLine = ClaimInput['lines'][number];
type GoodsLine = NonNullable<ClaimInput['collateral']>[number];

/** A claim whose amounts are minor units and whose documents are hard keys. */
export interface PreparedClaim {
  readonly enterprise: PartyId;
  readonly amount: MinorMoney;
  readonly lines: readonly PreparedLine[];
}

/**
 * Checks a claim by itself, before the ledger is asked anything.
 *
 * @param role as what the lines of the list `lines` draw.
 * @throws LedgerError the most severe of everything that is wrong, with every line that is.
 */
export function prepareClaim(
  input: DrawInput,
  role: Extract<LineRole, 'receivable' | 'payment' | 'mark'> = 'receivable',
): PreparedClaim {
  if (input.product === 'warehouse' && input.collateral === undefined) {
    throw new LedgerError('COLLATERAL_REQUIRED', { field: 'collateral' });
  }
  if (input.lines.length === 0 && input.collateral === undefined) {
    throw new LedgerError('INPUT_INVALID', {
      detail: 'Name at least one receivable, or goods as collateral.',
      field: 'lines',
    });
  }
  assertCover(input);
  const { enterprise, amount, lines } = checkAll({
    enterprise: () => canonicalParty(input.enterprise, 'enterprise'),
    amount: () => parseMoney(input.amount, 'amount'),
    lines: () => prepareLines(input, role),
  });
  checkAll({
    sum: () => {
      const receivables = lines.filter(({ list }) => list === 'lines');
      const sum = receivables.reduce((total, { minor }) => total + minor, 0n);
      if (receivables.length > 0 && sum !== amount.minor) {
        throw new LedgerError('LINES_SUM', { field: 'amount' });
      }
    },
    repeated: () => {
      const repeated = lines.find(({ key }, place) =>
        lines.slice(0, place).some((earlier) => mayBeOne(earlier.key, key)),
      );
      if (repeated !== undefined) {
        throw new LedgerError('LINE_REPEATED', { field: `${repeated.list}.${repeated.index}.document` });
      }
    },
  });
  return { enterprise, amount, lines };
}

/** An insured claim names what insures it, and an export bill purchase may name the credits under which it is presented. */
function assertCover({ product, cover, amount, lines }: DrawInput): void {
  const underCredit = (cover ?? []).filter(({ document }) => document.type === 'letter-of-credit');
  if (cover === undefined || underCredit.length === 0) {
    if ((product === 'insured') === (cover !== undefined)) return;
    throw new LedgerError('COVER_REQUIRED', { field: cover === undefined ? 'cover' : 'product' });
  }
  if (product !== 'discount' || lines.length === 0) {
    throw new LedgerError('CREDIT_INVALID', { field: product === 'discount' ? 'lines' : 'product' });
  }
  const sum = underCredit.reduce((total, line, index) => {
    const { minor, currency } = parseMoney(line.amount, `cover.${index}.amount`);
    return currency === amount.currency ? total + minor : total;
  }, 0n);
  const isMixed = underCredit.length < cover.length;
  if (isMixed || sum !== parseMoney(amount, 'amount').minor)
    throw new LedgerError('CREDIT_INVALID', { field: 'cover' });
}

function prepareLines(input: DrawInput, role: LineRole): PreparedLine[] {
  const failures: (LineError & { readonly field?: string | undefined })[] = [];
  const prepared = (line: AmountLine | GoodsLine, index: number, list: LineList, as: LineRole) => {
    try {
      return [{ list, index, role: as, ...prepareLine(input, line, `${list}.${index}`) }];
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      const { detail, field } = error.body;
      failures.push({ list, line: index, code: error.code, detail, field });
      return [];
    }
  };
  const lines = [
    ...input.lines.flatMap((line, index) => prepared(line, index, 'lines', role)),
    ...(input.cover ?? []).flatMap((line, index) => prepared(line, index, 'cover', 'cover')),
    ...(input.collateral ?? []).flatMap((line, index) => prepared(line, index, 'collateral', 'collateral')),
  ];
  const worst = mostSevere(failures);
  if (worst === undefined) return lines;
  throw new LedgerError(worst.code, {
    detail: worst.detail,
    ...(worst.field !== undefined && { field: worst.field }),
    lines: failures.map(({ list, line, code, detail }) => ({ list, line, code, detail })),
  });
}

/** A line of goods draws units as one of money draws its currency. */
function goodsOf({ quantity }: GoodsLine, field: string): Pick<PreparedLine, 'minor' | 'currency'> {
  const { minor, unit } = parseQuantity(quantity, `${field}.quantity`);
  return { minor, currency: unit };
}

function prepareLine(
  { enterprise, amount }: DrawInput,
  line: AmountLine | GoodsLine,
  field: string,
): Pick<PreparedLine, 'key' | 'minor' | 'currency'> {
  const { measure, key } = checkAll({
    measure: () => ('quantity' in line ? goodsOf(line, field) : parseMoney(line.amount, `${field}.amount`)),
    currency: () => {
      if ('amount' in line && line.amount.currency !== amount.currency) {
        throw new LedgerError('CURRENCY_MIXED', { field: `${field}.amount.currency` });
      }
    },
    key: () => documentKey(line.document, canonicalParty(enterprise, 'enterprise'), `${field}.document.`),
  });
  return { key, ...measure };
}
