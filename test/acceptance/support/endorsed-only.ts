import { randomBytes } from 'node:crypto';
import { ledger, peer } from '@hyperledger/fabric-protos';
import type { Transaction } from '@hyperledger/fabric-gateway';
import type { Input } from '@pledgeonce/chaincode/api.js';
import { unseal } from '@pledgeonce/chaincode/ledger/sealing.js';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import type { Json } from '@pledgeonce/scripts/rest/client.js';
import { preparedOf, tamper } from '../../conformance/harness/tamper.js';
import { endorsedActionOf } from './endorsements.js';
import type { LedgerClient } from './ledger-client.js';

/** What somebody holds who has a request endorsed and keeps it to themselves. */
export interface EndorsedOnly {
  readonly transaction: Transaction;
  readonly answer: Json;
  /** Everything that can be seen of the endorsement, ids and hashes masked. */
  readonly seen: string;
}

/** Has a request endorsed, opens the answer that is sealed for the caller, and looks at the rest; orders nothing. */
export async function endorseOnly<F extends LedgerFunction>(
  client: LedgerClient,
  name: F,
  input: Input<F>,
): Promise<EndorsedOnly> {
  const responseKey = randomBytes(32);
  const proposal = await client.propose(name, input, { responseKey });
  const transaction = await proposal.endorse();
  const payload = Buffer.from(transaction.getResult()).toString('utf8');
  const answer = JSON.parse(unseal(payload, responseKey, transaction.getTransactionId())) as Json;
  let seen = '';
  await tamper(client.member, transaction, (parts) => {
    const response = peer.ProposalResponsePayload.deserializeBinary(
      endorsedActionOf(parts).getProposalResponsePayload_asU8(),
    );
    seen = visibleOf(peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()));
  });
  return { transaction, answer, seen: `${JSON.stringify(masked(answer, stringsIn(input)))}\n${seen}` };
}

/** How long the message is that would be ordered: an outsider sees that too. */
export function lengthOf({ transaction }: EndorsedOnly): number {
  return preparedOf(transaction).getEnvelope()?.getPayload_asU8().length ?? 0;
}

/** Reads and writes, by where they are and whether there was something; the event; what the answer says openly. */
function visibleOf(action: peer.ChaincodeAction): string {
  const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8()).getNsRwsetList();
  const lines = sets.flatMap((set) => {
    const own = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8());
    const open = [
      ...own.getReadsList().map((read) => `reads ${read.getKey()} ${found(read.hasVersion())}`),
      ...own.getWritesList().map((write) => `writes ${write.getKey()}`),
    ];
    const hidden = set.getCollectionHashedRwsetList().flatMap((collection) => {
      const hashed = ledger.rwset.kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
      const where = collection.getCollectionName();
      return [
        ...hashed.getHashedReadsList().map((read) => `reads in ${where} ${found(read.hasVersion())}`),
        ...hashed.getHashedWritesList().map(() => `writes in ${where}`),
      ];
    });
    return [...open, ...hidden].map((line) => `${set.getNamespace()} ${withoutIds(line)}`);
  });
  const event = peer.ChaincodeEvent.deserializeBinary(action.getEvents_asU8());
  const told = withoutIds(Buffer.from(event.getPayload_asU8()).toString('utf8'));
  return [...lines.toSorted(), `event ${event.getEventName()} ${told}`].join('\n');
}

const found = (isThere: boolean) => (isThere ? 'found' : 'empty');
const withoutIds = (text: string) => text.replaceAll(/[0-9a-f]{64}/g, '#');

/** An answer without what differs between any two requests, and without what the caller has said themselves. */
function masked(answer: unknown, said: ReadonlySet<string>): unknown {
  if (Array.isArray(answer)) return answer.map((member) => masked(member, said));
  if (typeof answer === 'string') {
    if (said.has(answer)) return 'as asked';
    return withoutIds(answer).replace(/^\d{4}-\d\d-\d\dT.*Z$/, 'instant');
  }
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, member]) => [name, masked(member, said)]));
}

function stringsIn(value: unknown): ReadonlySet<string> {
  if (typeof value === 'string') return new Set([value]);
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(Object.values(value).flatMap((member) => [...stringsIn(member)]));
}
