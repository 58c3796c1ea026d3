import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FactInput, factInputSchema } from '@pledgeonce/chaincode/api.js';
import { documentKey, keyText } from '@pledgeonce/chaincode/rules/document-keys.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { canonicalParty } from '@pledgeonce/chaincode/rules/parties.js';
import { joinAcceptances } from './customs-answer.js';
import { DocumentError } from './document-error.js';
import { parseDocument } from './parse-document.js';
import type { Acceptance, ParsedDocument } from './parsed.js';

// Real documents are not part of the project: they lie beside a checkout, or the suite says that it was skipped.
const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const suite = existsSync(folder) ? describe : describe.skip;

async function parse(
  file: string,
  acceptances: ReadonlyMap<string, Acceptance>,
): Promise<ParsedDocument | DocumentError> {
  try {
    return await parseDocument(readFileSync(join(folder, file)), 'application/xml', { acceptances });
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
}

function keysOf(fact: FactInput): readonly string[] {
  return [fact.seller, ...(fact.seller.otherIds ?? [])].map((id) =>
    keyText(documentKey(fact, canonicalParty(id, 'seller'), '')),
  );
}

function isTaken(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

suite('real documents (skipped unless ../shared/data exists)', () => {
  const parsed = new Map<string, ParsedDocument | DocumentError>();

  beforeAll(async () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.xml'),
    );
    const answers = await Promise.all(files.map((file) => parse(file, new Map())));
    const acceptances = joinAcceptances(
      answers.flatMap((answer) => (answer instanceof DocumentError ? [] : answer.acceptances)),
    );
    for (const file of files) parsed.set(file, await parse(file, acceptances));
  });

  const under = (prefix: string) => [...parsed].filter(([file]) => file.startsWith(prefix));
  const outcomes = (prefix: string) => {
    const counts = new Map<string, number>();
    const count = (outcome: string) => counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    for (const [, result] of under(prefix)) {
      if (result instanceof DocumentError) count(`unreadable ${result.code}`);
      else if (result.acceptances.length > 0) count('answer of customs');
      else count(result.refusals[0]?.code ?? 'fact');
    }
    return Object.fromEntries(counts);
  };

  it('gives every invoice its outcome', () => {
    expect(outcomes('invoices/')).toEqual({
      fact: 78,
      PARTY_INVALID: 5,
      CORRECTS_REQUIRED: 1,
      AMOUNT_NOT_POSITIVE: 1,
    });
  });

  it('records the declarations that customs has accepted', () => {
    expect(outcomes('declarations/uk-cds/')).toEqual({
      fact: 2,
      NUMBER_INVALID: 9,
      INPUT_INVALID: 2,
      'answer of customs': 15,
      'unreadable INPUT_INVALID': 5,
    });
  });

  it('makes facts whose parties and amounts the ledger takes', () => {
    const facts = [...parsed.values()].flatMap((result) =>
      result instanceof DocumentError ? [] : result.facts,
    );
    const parties = facts.flatMap(({ seller, buyer, assignedTo }) => [seller, buyer, assignedTo]);
    const refusedIds = parties.filter((party) => party && !isTaken(() => canonicalParty(party, 'party')));
    expect(facts.map((fact) => factInputSchema.parse(fact))).toEqual(facts);
    expect(facts.filter(({ total }) => total && !isTaken(() => parseMoney(total, 'total')))).toEqual([]);
    // The buyer with a GLN of ten digits is left out with a warning, and its invoice is taken.
    expect(refusedIds).toEqual([]);
    const warned = [...parsed.values()].flatMap((result) =>
      result instanceof DocumentError ? [] : result.warnings,
    );
    expect(warned.map(({ detail }) => detail)).toContainEqual(
      expect.stringContaining('1111111111 is no number'),
    );
  });

  it('gives one invoice in two syntaxes a hard key in common wherever both name one id of the seller', () => {
    const [, ...lines] = readFileSync(join(folder, 'same-invoice-groups.csv'), 'utf8').trim().split('\n');
    const groups = new Map<string, (readonly string[] | 'refused')[]>();
    for (const line of lines) {
      const [group = '', , file = ''] = line.split(',');
      const result = parsed.get(file);
      const fact = result === undefined || result instanceof DocumentError ? undefined : result.facts[0];
      groups.set(group, [...(groups.get(group) ?? []), fact === undefined ? 'refused' : keysOf(fact)]);
    }
    const verdict = ([first = 'refused', ...rest]: readonly (readonly string[] | 'refused')[]) =>
      first === 'refused' || rest.includes('refused')
        ? 'refused'
        : rest.every((keys) => first.some((key) => keys.includes(key)))
          ? 'same'
          : 'different';
    const those = (outcome: string) =>
      [...groups].filter(([, keys]) => verdict(keys) === outcome).map(([group]) => group);
    expect(groups.size).toBe(33);
    expect(those('same')).toHaveLength(30);
    // Without any registered id of the seller, both syntaxes are refused.
    expect(those('refused')).toEqual(['cen:7', 'xr:technical-cases/cius/01.05_minimal_test']);
    // Its two files carry two different VAT ids.
    expect(those('different')).toEqual(['xr:business-cases/standard/01.21a-INVOICE']);
  });

  it('warns where an invoice says that it is assigned', () => {
    const assigned = under('invoices/').filter(
      ([, result]) => !(result instanceof DocumentError) && result.facts[0]?.assignedTo !== undefined,
    );
    expect(assigned).toHaveLength(13);
  });

  it('gives every row of 37,385 declarations its verdict', async () => {
    const bytes = readFileSync(join(folder, 'declarations/korea/declarations.csv'));
    const { facts, refusals } = await parseDocument(bytes, 'text/csv');
    const count = (code: string) => refusals.filter((refusal) => refusal.code === code).length;
    expect(facts).toHaveLength(12_940);
    expect(count('PARTY_INVALID')).toBe(3_715);
    expect(count('AMOUNT_PRECISION')).toBe(20_409);
    expect(count('AMOUNT_NOT_POSITIVE')).toBe(321);
  });

  describe('electronic bills of lading', () => {
    const bills = join(folder, 'transport/dcsa');
    const files = existsSync(bills) ? readdirSync(bills).filter((name) => name.endsWith('.json')) : [];
    const content = (file: string) =>
      JSON.parse(readFileSync(join(bills, file), 'utf8')) as Record<string, unknown>;
    const outcome = async (json: unknown) => {
      try {
        const { facts, refusals } = await parseDocument(
          Buffer.from(JSON.stringify(json)),
          'application/json',
        );
        return [...facts.map(() => 'fact'), ...refusals.map(({ code, field }) => `${code} ${field}`)].join(
          ', ',
        );
      } catch (error) {
        if (error instanceof DocumentError) return `unreadable ${error.code}`;
        throw error;
      }
    };
    const outcomesOf = async (complete: (json: Record<string, unknown>) => unknown) => {
      const counts = new Map<string, number>();
      for (const file of files) {
        const one = await outcome(complete(content(file)));
        counts.set(one, (counts.get(one) ?? 0) + 1);
      }
      return Object.fromEntries(counts);
    };
    // What the carrier puts in when it issues the bill.
    const issued = (json: Record<string, unknown>) => ({
      ...json,
      ...('transportDocumentTypeCode' in json && {
        transportDocumentReference: 'T1',
        carrierCode: 'MAEU',
        issueDate: '2026-03-04',
      }),
    });

    it('are refused as the shipping instructions that they are', async () => {
      expect(await outcomesOf((json) => json)).toEqual({
        'NUMBER_INVALID transportDocumentReference': 9,
        'NUMBER_INVALID transportDocumentReference, NUMBER_INVALID transportDocumentReference': 1,
        'unreadable INPUT_INVALID': 1,
      });
    });

    it('are read once the carrier has issued them, where the shipper has a registered number', async () => {
      expect(await outcomesOf(issued)).toEqual({
        // A legal entity identifier with a wrong check digit is no registered number.
        'CHECK_DIGIT_WRONG documentParties.shipper': 2,
        'PARTY_INVALID documentParties.shipper': 7,
        'PARTY_INVALID documentParties.shipper, PARTY_INVALID houseBillOfLadings.documentParties.shipper': 1,
        'unreadable INPUT_INVALID': 1,
      });
    });

    it('become facts that the ledger takes, once the shipper’s number is there too', async () => {
      const shipper = { partyName: 'S', taxLegalReferences: [{ type: 'USCI', value: '91330200MA2CKXQ85H' }] };
      const named = (json: Record<string, unknown>) => {
        const whole = issued(json) as Record<string, unknown> & { houseBillOfLadings?: object[] };
        return {
          ...whole,
          ...('documentParties' in json && {
            documentParties: { ...(json['documentParties'] as object), shipper },
          }),
          ...(whole.houseBillOfLadings && {
            houseBillOfLadings: whole.houseBillOfLadings.map((one) => ({
              ...one,
              documentParties: { shipper },
            })),
          }),
        };
      };
      expect(await outcomesOf(named)).toEqual({ fact: 9, 'fact, fact': 1, 'unreadable INPUT_INVALID': 1 });
      for (const file of files) {
        if (!('consignmentItems' in content(file))) continue;
        const bytes = Buffer.from(JSON.stringify(named(content(file))));
        const { facts } = await parseDocument(bytes, 'application/json');
        expect(facts.map((fact) => factInputSchema.parse(fact))).toEqual(facts);
        expect(facts[0]?.transport?.cargo?.[0]?.hsCode).toMatch(/^\d{8}$/);
      }
    });
  });
});
