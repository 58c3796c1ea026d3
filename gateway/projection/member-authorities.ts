import type { Member } from '@pledgeonce/chaincode/members/api.js';
import { membersMsp } from '@pledgeonce/chaincode/roles.js';
import {
  isIssuedBy,
  issuerKeyIdentifierOf,
  keyIdentifierOf,
} from '@pledgeonce/chaincode/rules/authority-certificate.js';
import { z } from 'zod';
import { Kept } from '../kept.js';
import type { Database } from './database.js';
import type { ReadBlock } from './read-block.js';

/** By whom the people of members without a node are certified, as the register on the ledger says. */
export const memberAuthoritySql = `
CREATE TABLE member_authorities (key_identifier TEXT PRIMARY KEY, msp TEXT NOT NULL, certificate TEXT NOT NULL);
`;

const rowSchema = z.object({ msp: z.string(), certificate: z.string() }).nullable();

/** Notes the members whose authority a block has put on the register. */
export function keepAuthorities(database: Database, { transactions }: ReadBlock): void {
  for (const one of transactions.flatMap(({ registered = [] }) => registered)) keepAuthority(database, one);
}

/** Worked out once for all organisations that this process serves: they read the same register. */
const identifiers = new Kept<string | undefined>(1_000);

function keepAuthority(database: Database, { id, authority }: Member): void {
  const identifier = authority && identifiers.of(authority, () => keyIdentifierOf(authority));
  if (authority === undefined || identifier === undefined) return;
  // One that was replaced stays known: what its people signed before stays theirs.
  database.run('INSERT OR REPLACE INTO member_authorities VALUES (?, ?, ?)', [identifier, id, authority]);
}

/** The block with the member in place of the MSP that several share, wherever somebody has signed. */
export function withMembers(database: Database, block: ReadBlock): ReadBlock {
  return {
    ...block,
    transactions: block.transactions.map((one) => ({ ...one, mspId: memberBehind(database, one) })),
    malformed: block.malformed.map(({ signer, ...one }) => ({
      ...one,
      signer: signer && { ...signer, mspId: memberBehind(database, signer) },
    })),
  };
}

/** The member whose authority has signed the certificate; the shared MSP where the register has none such. */
function memberBehind(
  database: Database,
  { mspId, certificate }: { readonly mspId: string; readonly certificate: string },
): string {
  const identifier = mspId === membersMsp ? issuerKeyIdentifierOf(certificate) : undefined;
  if (identifier === undefined) return mspId;
  const row = database.get('SELECT msp, certificate FROM member_authorities WHERE key_identifier = ?', [
    identifier,
  ]);
  const known = rowSchema.parse(row);
  return known !== null && isIssuedBy(certificate, known.certificate) ? known.msp : mspId;
}
