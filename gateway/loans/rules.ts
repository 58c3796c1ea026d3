import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { factTypes, limits, moneySchema } from '@pledgeonce/chaincode/api.js';
import { catalogue } from '@pledgeonce/chaincode/catalogue.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { yearlyRate } from '@pledgeonce/chaincode/schemas.js';
import { parse } from 'yaml';
import { z } from 'zod';
import { messageOf } from '../message-of.js';

const amount = moneySchema.shape.amount;
const count = z.number().int().min(0).max(1000);
const days = z.number().int().min(1).max(limits.termDays);
const classes = ['A', 'B', 'C'] as const;
const enterpriseClass = z.enum(classes);

const limitsOfCurrency = z.strictObject({
  /** Larger applications are declined. */
  largest: amount,
  /** From this amount on a person decides. */
  referFrom: amount.optional(),
  /** Most that all open online loans of the bank to one enterprise may come to, this one included. */
  perEnterprise: amount,
});

/** A bank's rules for online loans: what its gateway may decide by itself, and how. */
export const loanRulesSchema = z
  .strictObject({
    /** By ISO 4217 code; another currency is declined. */
    currencies: z.record(z.string(), limitsOfCurrency),
    tenorDays: z.strictObject({ largest: days, referFrom: days.optional() }),
    documents: z.array(z.enum(factTypes)).min(1),
    /** Most of what a document states that all claims on it together may come to, in per cent. */
    advanceRate: z.string().regex(/^[1-9]\d?$|^100$/, 'Write the rate in whole per cent, such as "80".'),
    /** Yearly price in per cent for each class that is not excluded. */
    price: z.partialRecord(enterpriseClass, yearlyRate),
    excludedClasses: z.array(enterpriseClass).default([]),
    history: z
      .strictObject({
        /** Months in the directory of enterprises. */
        listedMonths: count.default(0),
        /** Years with exports among those on record. */
        exportYears: count.default(0),
        /** Claims of this bank that the enterprise has repaid. */
        settledClaims: count.default(0),
      })
      .prefault({}),
    /** So many penalties within so many months need a person. */
    penalties: z.strictObject({ withinMonths: count, referFrom: z.number().int().min(1) }).optional(),
    /** A lower match ratio in the latest year on record needs a person. */
    matchRatio: z.strictObject({ referBelow: z.string().regex(/^[01](\.\d{1,6})?$/) }).optional(),
  })
  .superRefine((rules, context) => {
    const fault = (path: (string | number)[], message: string) => {
      context.addIssue({ code: 'custom', path, message });
    };
    if (Object.keys(rules.currencies).length === 0) fault(['currencies'], 'Name at least one currency.');
    for (const [currency, limit] of Object.entries(rules.currencies)) {
      for (const [name, value] of Object.entries(limit)) {
        const wrong = value === undefined ? undefined : whyNoMoney(value, currency);
        if (wrong !== undefined) fault(['currencies', currency, name], wrong);
      }
    }
    for (const one of classes) {
      const isPriced = rules.price[one] !== undefined;
      if (isPriced === rules.excludedClasses.includes(one)) {
        fault(['price', one], `Class ${one} needs either a price or a place among the excluded classes.`);
      }
    }
    for (const [index, type] of rules.documents.entries()) {
      const { drawnAs, checkCode } = catalogue[type];
      if (!drawnAs.includes('receivable') || checkCode === true) {
        fault(['documents', index], `No loan can be given on a document of type ${type}.`);
      }
    }
  });
export type LoanRules = z.infer<typeof loanRulesSchema>;

/** Rules, and which version of them: the SHA-256 of the file, to which a mandate refers. */
export interface LoadedRules {
  readonly hash: string;
  readonly rules: LoanRules;
}

/**
 * Reads the rules of a bank, YAML or JSON.
 *
 * @throws Error with one line per fault.
 */
export async function readLoanRules(file: string): Promise<LoadedRules> {
  const bytes = await readFile(file);
  return {
    hash: createHash('sha256').update(bytes).digest('hex'),
    rules: parseLoanRules(bytes.toString(), file),
  };
}

/** @throws Error with one line per fault. */
export function parseLoanRules(text: string, name: string): LoanRules {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new Error(`${name} is neither YAML nor JSON: ${messageOf(error)}`, { cause: error });
  }
  const result = loanRulesSchema.safeParse(content);
  if (result.success) return result.data;
  throw new Error(`${name} does not hold rules for loans:\n${z.prettifyError(result.error)}`);
}

function whyNoMoney(value: string, currency: string): string | undefined {
  try {
    parseMoney({ amount: value, currency }, 'amount');
    return undefined;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return error.body.detail;
  }
}
