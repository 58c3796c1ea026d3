import { claim } from '@pledgeonce/chaincode/claims/records.js';
import { factVersion } from '@pledgeonce/chaincode/facts/records.js';
import { payment } from '@pledgeonce/chaincode/payments/records.js';
import { firmId } from '@pledgeonce/chaincode/firms/records.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { rate } from '@pledgeonce/chaincode/registry/records.js';
import { underlying } from '@pledgeonce/chaincode/underlyings/records.js';
import { areNeighbours } from '@pledgeonce/chaincode/rules/citations.js';
import { resemblances, usualOptions } from '../audit/resemblance.js';
import type { Database } from './database.js';
import { decoded, isOwnersCopy } from './decoded.js';
import { DocumentArchive } from './document-archive.js';
import { keepDocument } from './document-versions.js';
import { keepDraw, wasFinanced } from './drawn-versions.js';
import { LateNotes } from './late-duplicates.js';
import { isPaidOn } from './payments-on.js';
import { keepRate, PublishedRates } from './published-rates.js';
import type { BlockTransaction } from './read-block.js';
import { keepFirm } from './stated-firms.js';
import { keepTrade } from './trade-versions.js';

/** Keeps what an audit needs, and notes what resembles, or joins the trade of, a document that was financed before. */
export function applyAudit(
  database: Database,
  block: number,
  { transactionId, position, values }: BlockTransaction,
): void {
  const written = { block, position, transactionId };
  const recorded: string[] = [];
  for (const { key, value } of values) {
    const { letters, id, version } = readKey(key);
    if (letters === factVersion.letters && version !== undefined)
      recorded.push(keepDocument(database, written, value));
    else if (letters === rate.letters) keepRate(database, written, value);
    else if (letters === firmId.letters) keepFirm(database, block, value);
    else if (letters === underlying.letters && id !== undefined) keepTrade(database, written, id, value);
    else if (letters === claim.letters) {
      // Whoever holds another copy of it: it draws once.
      if (isOwnersCopy(value)) keepDraw(database, written, 'claim', decoded(claim, value));
    } else if (letters === payment.letters) keepDraw(database, written, 'payment', decoded(payment, value));
  }
  if (recorded.length > 0) noteLate(database, block, recorded);
}

/**
 * Documents recorded or amended now that look like one that money was paid out on before, or that belong with one and came
 * after it was financed.
 */
function noteLate(database: Database, block: number, facts: readonly string[]): void {
  const archive = new DocumentArchive(database, block + 1);
  const rates = new PublishedRates(database, block + 1);
  const options = {
    ...usualOptions,
    valueOf: (currency: string, day: number) => rates.valueOf(currency, day),
  };
  for (const fact of facts) {
    const document = archive.find(fact);
    if (document === undefined) continue;
    const noted = new LateNotes(database, block, fact);
    const { documents } = archive.candidates(document, usualOptions);
    for (const { fact: earlier, reason } of resemblances(document, documents, options)) {
      if (wasUsed(database, earlier)) noted.add(fact, earlier, reason);
    }
    for (const other of archive.linked(document)) {
      if (!areNeighbours(document, other)) continue;
      if (wasUsed(database, other.fact, fact)) noted.add(fact, other.fact, 'trade');
      if (wasUsed(database, fact, other.fact)) noted.add(other.fact, fact, 'trade');
    }
  }
}

/** Whether money was paid out on a document, as a loan or abroad. */
function wasUsed(database: Database, fact: string, before?: string): boolean {
  return wasFinanced(database, fact, before) || isPaidOn(database, fact, before);
}
