import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { FakeLedger } from '@pledgeonce/chaincode/testing/fake-ledger.js';
import { openLedger, people } from '@pledgeonce/chaincode/testing/story.js';
import { joinAcceptances } from './customs-answer.js';
import { DocumentError } from './document-error.js';
import { parseDocument } from './parse-document.js';
import type { Acceptance, ParsedDocument } from './parsed.js';

// Real documents are not part of the project: they lie beside a checkout, or the suite says that it was skipped.
const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const suite = existsSync(folder) ? describe : describe.skip;
const page = readFileSync(new URL('../../../docs/how-to/audit.md', import.meta.url), 'utf8').replaceAll(
  /\s+/g,
  ' ',
);

async function parsedIn(
  prefix: string,
  acceptances: ReadonlyMap<string, Acceptance> = new Map(),
): Promise<ParsedDocument[]> {
  const names = readdirSync(join(folder, prefix), { recursive: true, encoding: 'utf8' }).sort();
  const parsed = await Promise.all(
    names
      .filter((name) => name.endsWith('.xml'))
      .map(async (name) => {
        try {
          const bytes = readFileSync(join(folder, prefix, name));
          return await parseDocument(bytes, 'application/xml', { acceptances });
        } catch (error) {
          if (error instanceof DocumentError) return undefined;
          throw error;
        }
      }),
  );
  return parsed.flatMap((one) => one ?? []);
}

/** Records one document after another as its authority. @returns the reasons of its alert; undefined when it is refused. */
async function recorded(ledger: FakeLedger, fact: FactInput): Promise<readonly string[] | undefined> {
  const person = fact.type === 'customs-declaration' ? people.customs : people.tax;
  // One refused item alone is an error.
  const endorsed = await ledger.endorse('recordFacts', person, { facts: [fact] }).catch(() => undefined);
  if (endorsed === undefined) return undefined;
  ledger.commit(endorsed);
  const alerts = endorsed.event?.alerts.filter(({ alert }) => alert === 'near-duplicate') ?? [];
  return alerts.map((one) => JSON.stringify(one));
}

suite('the noise of near duplicates on real documents (skipped unless ../shared/data exists)', () => {
  it.each([
    ['worked examples of the European and German e-invoice standards', 'invoices'],
    ['UK export declarations', 'declarations/uk-cds'],
  ])(
    'of %s is what the page says',
    async (name, prefix) => {
      const ledger = await openLedger();
      const first = await parsedIn(prefix);
      const answers = joinAcceptances(first.flatMap(({ acceptances }) => acceptances));
      const facts = (await parsedIn(prefix, answers)).flatMap((one) => one.facts);
      let taken = 0;
      let alerted = 0;
      for (const fact of facts) {
        const alerts = await recorded(ledger, fact);
        if (alerts === undefined) continue;
        taken++;
        if (alerts.length > 0) alerted++;
      }
      expect(page).toContain(`of ${taken} ${name} ${alerted === 0 ? 'none' : alerted} did`);
    },
    120_000,
  );
});
