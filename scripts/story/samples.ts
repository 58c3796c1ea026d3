import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactInput, Money } from '@pledgeonce/chaincode/api.js';
import { projectRoot } from '../stack/options.js';

/** A document that states an amount; a bill of lading, say, states none. */
export type PricedFact = FactInput & { readonly total: Money };

/** The project's own sample trade: an export declaration and the tax invoice that it cites. */
export interface SampleTrade {
  readonly declaration: PricedFact;
  readonly invoice: PricedFact;
}

/**
 * The samples under fresh numbers, because a registry that resumes from disk keeps the trades of earlier runs. The
 * amount varies as well: equal amounts of one seller, and such that add up, are what the near-duplicate alert is for.
 */
export function freshTrade(now: Date): SampleTrade {
  const declaration = read('declaration.json');
  const invoice = read('invoice.json');
  const serial = String(randomInt(1_000_000_000)).padStart(9, '0');
  const year = String(now.getUTCFullYear());
  const date = now.toISOString().slice(0, 10);
  const number = `2633${serial}${String(randomInt(10_000_000)).padStart(7, '0')}`;
  const total = { amount: `${randomInt(100_000, 1_000_000)}.00`, currency: declaration.total.currency };
  return {
    declaration: {
      ...declaration,
      number: `2218${year}0${serial}`,
      date,
      total,
      cites: (declaration.cites ?? []).map((cited) => ({
        ...cited,
        number: cited.type === 'tax-invoice' ? number : `COSU${serial}`,
      })),
    },
    invoice: { ...invoice, number, date, total },
  };
}

function read(name: string): PricedFact {
  return JSON.parse(readFileSync(join(projectRoot, 'scripts', 'samples', name), 'utf8')) as PricedFact;
}
