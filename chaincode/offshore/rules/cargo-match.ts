import type { FactInput } from '../../api.js';
import { formatMoney, parseMoney } from '../../rules/money.js';
import { formatQuantity, parseQuantity } from '../../rules/quantities.js';
import type { Transport } from '../../transport/api.js';
import type { OffshoreBill, OffshoreInvoice, OffshoreReceipt } from '../api.js';
import { compare, consistent, type Finding, inconsistent } from './findings.js';

type Cargo = NonNullable<Transport['cargo']>;

/** Hundredths by which weights may differ: papers round, and scales do. */
const weightTolerance = 1;
/** The digits of a tariff number that are the same in every country. */
const harmonised = 6;

/** Whether the goods on a bill are the recorded ones, in kind and amount. */
export function cargoMatch(
  paper: string,
  { cargo }: Pick<OffshoreBill, 'cargo'>,
  recorded: Transport,
): readonly Finding[] {
  const known = recorded.cargo;
  return [
    ...compare(`${paper}: the kind of goods`, kindsOf(cargo), kindsOf(known), sameSet),
    ...compare(
      `${paper}: the number of packages`,
      sumOf(cargo, 'packages'),
      sumOf(known, 'packages'),
      Object.is,
    ),
    ...compare(`${paper}: the weight`, sumOf(cargo, 'weight'), sumOf(known, 'weight'), nearly),
  ];
}

/** Whether a receipt stands for as much as it says. */
export function receiptMatch(
  paper: string,
  { quantity }: Pick<OffshoreReceipt, 'quantity'>,
  recorded: Pick<FactInput, 'quantity'>,
): readonly Finding[] {
  const { minor, unit } = parseQuantity(quantity, 'quantity');
  const told = formatQuantity(minor, unit);
  return compare(`${paper}: the quantity`, told, recorded.quantity, (one, other) => {
    return one.amount === other.amount && one.unit === other.unit;
  });
}

/** Whether an invoice asks for as much as is recorded. */
export function invoiceMatch(
  paper: string,
  { total }: Pick<OffshoreInvoice, 'total'>,
  { total: recorded }: Pick<FactInput, 'total'>,
): readonly Finding[] {
  const { minor, currency } = parseMoney(total, 'total');
  return compare(`${paper}: the value`, formatMoney(minor, currency), recorded, (one, other) => {
    return one.amount === other.amount && one.currency === other.currency;
  });
}

/** Whether an invoice is for goods that the bills carry, as far as both say what they are. */
export function invoicedGoods(
  paper: string,
  { details }: Pick<FactInput, 'details'>,
  carried: readonly Transport[],
): readonly Finding[] {
  const invoiced = kindsOf(details?.goods);
  const aboard = kindsOf(carried.flatMap(({ cargo }) => cargo ?? []));
  if (invoiced === undefined || aboard === undefined) return [];
  const strange = [...invoiced].some((kind) => !aboard.has(kind));
  return [
    strange
      ? inconsistent(`${paper}: it is for goods that none of the bills carries.`)
      : consistent(`${paper}: it is for goods that the bills carry.`),
  ];
}

/** Harmonised tariff numbers; undefined where none is stated. */
function kindsOf(goods: readonly { readonly hsCode: string }[] | undefined): ReadonlySet<string> | undefined {
  const codes = (goods ?? []).map(({ hsCode }) => hsCode.slice(0, harmonised));
  return codes.length === 0 ? undefined : new Set(codes);
}

function sumOf(cargo: Cargo | undefined, member: 'packages' | 'weight'): number | undefined {
  const stated = (cargo ?? []).flatMap((item) => item[member] ?? []);
  return stated.length === 0 ? undefined : stated.reduce((sum, one) => sum + one, 0);
}

function sameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((member) => other.has(member));
}

function nearly(one: number, other: number): boolean {
  return Math.abs(one - other) * 100 <= weightTolerance * Math.max(one, other);
}
