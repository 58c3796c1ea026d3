import type { ClaimInput, PartyId } from '../api.js';
import { LedgerError, type LineError, mostSevere } from '../errors.js';
import { checkAll } from '../rules/check-all.js';
import { documentKey, type DocumentKey, keyText } from '../rules/document-keys.js';
import { type MinorMoney, parseMoney } from '../rules/money.js';
import { canonicalParty } from '../rules/parties.js';

export interface PreparedLine {
  readonly key: DocumentKey;
  readonly minor: bigint;
}

/** The part of a claim or payment that says what is drawn. */
type DrawInput = Pick<ClaimInput, 'enterprise' | 'amount' | 'lines'> & Partial<ClaimInput>;

/** A claim whose amounts are minor units and whose documents are hard keys. */
export interface PreparedClaim {
  readonly enterprise: PartyId;
  readonly amount: MinorMoney;
  readonly lines: readonly PreparedLine[];
}

/**
 * Checks a claim by itself, before the ledger is asked anything.
 *
 * @throws LedgerError the most severe of everything that is wrong, with every line that is.
 */
export function prepareClaim(input: DrawInput): PreparedClaim {
  const { enterprise, amount, lines } = checkAll({
    enterprise: () => canonicalParty(input.enterprise, 'enterprise'),
    amount: () => parseMoney(input.amount, 'amount'),
    lines: () => prepareLines(input),
  });
  checkAll({
    sum: () => {
      const sum = lines.reduce((total, { minor }) => total + minor, 0n);
      if (sum !== amount.minor) throw new LedgerError('LINES_SUM', { field: 'amount' });
    },
    repeated: () => {
      const seen = new Set<string>();
      const repeated = lines.findIndex(({ key }) => seen.size === seen.add(keyText(key)).size);
      if (repeated !== -1) throw new LedgerError('LINE_REPEATED', { field: `lines.${repeated}.document` });
    },
  });
  return { enterprise, amount, lines };
}

function prepareLines(input: DrawInput): PreparedLine[] {
  const failures: (LineError & { readonly field?: string | undefined })[] = [];
  const lines = input.lines.flatMap((line, index) => {
    try {
      return [prepareLine(input, line, index)];
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      failures.push({ line: index, code: error.code, detail: error.body.detail, field: error.body.field });
      return [];
    }
  });
  const worst = mostSevere(failures);
  if (worst === undefined) return lines;
  throw new LedgerError(worst.code, {
    detail: worst.detail,
    ...(worst.field !== undefined && { field: worst.field }),
    lines: failures.map(({ line, code, detail }) => ({ line, code, detail })),
  });
}

function prepareLine(
  { enterprise, amount }: DrawInput,
  line: ClaimInput['lines'][number],
  index: number,
): PreparedLine {
  const field = `lines.${index}`;
  const { money, key } = checkAll({
    money: () => parseMoney(line.amount, `${field}.amount`),
    currency: () => {
      if (line.amount.currency !== amount.currency) {
        throw new LedgerError('CURRENCY_MIXED', { field: `${field}.amount.currency` });
      }
    },
    key: () => documentKey(line.document, canonicalParty(enterprise, 'enterprise'), `${field}.document.`),
  });
  return { key, minor: money.minor };
}
