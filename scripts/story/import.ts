import type { FactInput, PartyId } from '@pledgeonce/chaincode/api.js';
import type { Client, Json } from '../rest/client.js';
import { textAt } from '../rest/json.js';
import { Unexpected } from './teller.js';

/** What became of a bulk import. */
export interface ImportOutcome {
  readonly recorded: number;
  /** How often each code was the reason of a refusal. */
  readonly refused: ReadonlyMap<string, number>;
}

/** Sends facts as one stream and reads the verdicts as they come. */
export async function importFacts(client: Client, facts: readonly FactInput[]): Promise<ImportOutcome> {
  const response = await client.fetch('POST', '/facts/import', {
    body: facts.map((fact) => JSON.stringify(fact)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  const text = await response.text();
  if (response.status !== 200) throw new Unexpected(`The import answered ${response.status}: ${text}`);
  let recorded = 0;
  const refused = new Map<string, number>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const verdict = JSON.parse(line) as Json;
    if (verdict['status'] === 'recorded') {
      recorded += 1;
    } else {
      const code = textAt(verdict, 'code');
      refused.set(code, (refused.get(code) ?? 0) + 1);
    }
  }
  return { recorded, refused };
}

/** The party that a claim on this document is made for. */
export function sellerOf({ seller }: FactInput): PartyId {
  return { scheme: seller.scheme, id: seller.id };
}

/** `12 FACT_EXISTS, 3 PARTY_INVALID` */
export function counted(refusals: ReadonlyMap<string, number>): string {
  return [...refusals].map(([reason, count]) => `${count} ${reason}`).join(', ') || 'none';
}
