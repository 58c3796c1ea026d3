import { LedgerError } from '../errors.js';
import { factAt } from './records.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { latestVersion } from './latest.js';
import { linksOfFact } from './store.js';
import { noteLookAlikes } from '../near-duplicates/note.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { joiningTexts } from '../rules/links.js';
import { joinByLinks } from '../underlyings/join.js';
import { loadUnderlying } from '../underlyings/load.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { firmOf } from '../firms/firm-of.js';

/**
 * Links documents anew whose sellers have become one firm since they were recorded: their trades are joined, and what
 * is drawn twice on the sale of one firm shows. Doing it again changes nothing.
 */
export const relinkFacts: Verb<'relinkFacts'> = async (call, { facts }) => {
  const keys = await fingerprints(call.work);
  let [relinked, full] = [0, 0];
  for (const id of facts) {
    const work = call.work.part();
    try {
      if (await relink({ ...call, work }, keys, id)) relinked += 1;
      call.work.take(work);
    } catch (error) {
      // A firm that fills its trades with papers keeps none of the others from being linked.
      if (!(error instanceof LedgerError) || error.code !== 'TOO_MANY_DOCUMENTS') throw error;
      full += 1;
    }
  }
  return { relinked, full };
};

/** @returns whether anything changed. */
async function relink(call: Call, keys: Fingerprints, id: string): Promise<boolean> {
  const { work } = call;
  const head = await work.read(factAt(id));
  if (head === undefined) return false;
  const version = await latestVersion(work, head);
  const firm = await firmOf(work, keys, head.seller);
  const links = linksOfFact({ key: head, content: version.content }, firm, head.named);
  const before = await loadUnderlying(work, head.underlying);
  const { link, names, cites, replaces } = links;
  const isKnown = before.rows.some((row) => row.fact === id && row.link === link);
  const isCredited = before.credits.some((credit) => credit.fact === id && credit.link === links.corrects);
  if (isKnown || isCredited) return false;
  const trade = await joinByLinks(
    work,
    keys,
    [...joiningTexts(links), ...ownTexts(before, id)],
    before.id,
    head.self ? 'links of own' : 'links of believed',
  );
  const rows = trade.rows.map((row) =>
    row.fact === id ? { ...row, link, names: [...names], cites: [...cites], replaces } : row,
  );
  const credits = trade.credits.map((credit) =>
    credit.fact === id ? { ...credit, link: links.corrects ?? link } : credit,
  );
  const stored = await storeWithAlerts(work, { ...trade, rows, credits });
  // What looked like two firms' papers may be one paper twice.
  await noteLookAlikes(call, keys, version, firm, stored);
  return true;
}

/** The texts under which the trade is found so far. */
function ownTexts(
  { rows, credits }: Awaited<ReturnType<typeof loadUnderlying>>,
  id: string,
): readonly string[] {
  return [...rows, ...credits].flatMap(({ fact, link }) => (fact === id ? [link] : []));
}
