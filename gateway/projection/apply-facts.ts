import { factVersion } from '@pledgeonce/chaincode/facts/records.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { readCertificate } from '../people/certificate.js';
import type { Viewpoint } from './viewpoint.js';
import type { Database } from './database.js';
import { decoded } from './decoded.js';
import { keepFact, nameFact } from './fact-table.js';
import type { BlockTransaction } from './read-block.js';

/**
 * Keeps the documents that are listed here: those of which the organisation is the authority, at the regulator all.
 * Nobody but its authority signs what changes a document.
 */
export function applyFacts(
  database: Database,
  { mspId, certificate, event, values }: BlockTransaction,
  viewpoint: Viewpoint,
): void {
  const { kind } = viewpoint;
  const changes = (event?.changes ?? []).filter((change) => change.kind === 'fact');
  if (changes.length === 0 || (mspId !== viewpoint.mspId && kind !== 'regulator')) return;
  // An enterprise records its own documents and nobody else's: who signed says whose they are.
  const enterprise = kind === 'enterprise' ? readCertificate(certificate).uscc : undefined;
  for (const { id, state, seq } of changes) {
    keepFact(database, { id, enterprise, state, seq });
  }
  for (const { key, value } of values) {
    const { letters, version } = readKey(key);
    if (letters !== factVersion.letters || version === undefined) continue;
    const { id, content } = decoded(factVersion, value);
    nameFact(database, id, content.type, content.number);
  }
}
