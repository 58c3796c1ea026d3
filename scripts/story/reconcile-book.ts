import type { Client } from '../rest/client.js';
import { at, listAt, textAt } from '../rest/json.js';
import { expectStatus } from './teller.js';

/** Gives a bank's book in as of today; returns what it is called, and what is said of it. */
export async function giveBookIn(
  officer: Client,
  book: string,
  type: 'text/csv' | 'application/x-ndjson',
): Promise<{ readonly id: string; readonly told: string }> {
  const today = new Date().toISOString().slice(0, 10);
  const request = { body: book, headers: { 'content-type': type } };
  const { body } = expectStatus(
    await officer.request('POST', `/reconciliations?asOf=${today}`, request),
    201,
  );
  const open = listAt(body, 'totals').map(
    (one) => `${textAt(one, 'open.amount')} ${textAt(one, 'open.currency')}`,
  );
  const told = `${String(at(body, 'agreed'))} of ${String(at(body, 'lines'))} lines agree; open: ${open.join(', ')}`;
  return { id: textAt(body, 'id'), told };
}

/** The differences of some loans, in the order of the result: a network that is in use has others too. */
export async function differencesOf(
  officer: Client,
  id: string,
  numbers: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (let next: unknown = ''; typeof next === 'string';) {
    const cursor = next === '' ? '' : `&cursor=${next}`;
    const { body } = expectStatus(
      await officer.get(`/reconciliations/${id}/differences?limit=200${cursor}`),
      200,
    );
    for (const one of listAt(body, 'items')) {
      const number = String(one['applicationNumber']);
      if (numbers.includes(number)) found.push([number, ...(one['differs'] as string[])].join(' '));
    }
    next = body['next'];
  }
  return found;
}
