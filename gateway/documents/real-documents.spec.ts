import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { factInputSchema } from '@pledgeonce/chaincode/api.js';
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
      fact: 79,
      PARTY_INVALID: 4,
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
    // A buyer with a GLN of ten digits: the ledger refuses that invoice, and says which field is wrong.
    expect(refusedIds.map((party) => party?.id)).toEqual(['1111111111']);
  });

  it('gives one invoice in two syntaxes one hard key wherever both name the seller alike', () => {
    const [, ...lines] = readFileSync(join(folder, 'same-invoice-groups.csv'), 'utf8').trim().split('\n');
    const groups = new Map<string, string[]>();
    for (const line of lines) {
      const [group = '', , file = ''] = line.split(',');
      const result = parsed.get(file);
      const fact = result === undefined || result instanceof DocumentError ? undefined : result.facts[0];
      const key = fact ? keyText(documentKey(fact, canonicalParty(fact.seller, 'seller'), '')) : 'refused';
      groups.set(group, [...(groups.get(group) ?? []), key]);
    }
    const verdict = (keys: readonly string[]) =>
      keys.includes('refused') ? 'refused' : new Set(keys).size === 1 ? 'same' : 'different';
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
        fact: 2,
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
