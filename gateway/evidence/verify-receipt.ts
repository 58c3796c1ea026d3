import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { outputSchemas } from '@pledgeonce/chaincode/api.js';
import type { Output } from '@pledgeonce/chaincode/api.js';
import { unseal } from '@pledgeonce/chaincode/ledger/sealing.js';
import { governmentMsps } from '@pledgeonce/chaincode/permissions.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import type { ConnectionProfile } from '../ledger/connection-profile.js';
import { sha256 } from './block-header.js';
import { CertifiedSigner } from './certified-signer.js';
import type { Authorities } from './authorities.js';
import { openAction } from './endorsed-transaction.js';
import { EvidenceError } from './evidence-error.js';
import { authoritiesOf, ownerOf } from './profile-authorities.js';
import { readReceipt } from './receipt.js';
import type { Receipt } from './receipt.js';

type Item = Receipt['items'][number];
const answersNeeded = 2;

/** What a receipt proves, item by item. */
export interface ReceiptReport {
  readonly channel: string;
  readonly items: readonly {
    readonly document: Item['asked']['document'];
    readonly result: string;
    readonly remaining: Item['answered']['remaining'];
    /** When it was asked: a clock that the nodes have held against their own. */
    readonly at: string;
    /** Of which organisation the person was who asked. */
    readonly asker: string;
    /** Whose nodes signed the answer. */
    readonly endorsers: readonly string[];
  }[];
}

/**
 * Verifies with nothing but the receipt and the root certificates of the consortium that two government nodes have signed
 * these very answers to these very questions.
 *
 * @throws EvidenceError at the first thing that does not hold.
 */
export function verifyReceipt(
  text: string,
  profile: Pick<ConnectionProfile, 'organisations' | 'channel'>,
): ReceiptReport {
  const receipt = readReceipt(text);
  if (receipt.channel !== profile.channel) throw new EvidenceError('The receipt is of another channel.');
  const authorities = authoritiesOf(profile);
  try {
    return {
      channel: receipt.channel,
      items: receipt.items.map((item) => verifyItem(receipt, item, { ...profile, authorities })),
    };
  } catch (error) {
    if (error instanceof EvidenceError) throw error;
    throw new EvidenceError('A part of the receipt cannot be decoded.', { cause: error });
  }
}

function verifyItem(
  { channel, chaincode }: Receipt,
  { asked, answered, transactionId, responseKey, transaction }: Item,
  known: Pick<ConnectionProfile, 'organisations'> & {
    readonly authorities: ReadonlyMap<string, Authorities>;
  },
): ReceiptReport['items'][number] {
  const prepared = gateway.PreparedTransaction.deserializeBinary(Buffer.from(transaction, 'base64'));
  const payload = common.Payload.deserializeBinary(
    prepared.getEnvelope()?.getPayload_asU8() ?? new Uint8Array(),
  );
  const header = common.ChannelHeader.deserializeBinary(
    payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
  );
  const at = header.getTimestamp()?.toDate() ?? new Date(0);
  if (header.getChannelId() !== channel) throw new EvidenceError('An answer is of another channel.');
  const signature = common.SignatureHeader.deserializeBinary(
    payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array(),
  );
  const asker = CertifiedSigner.ofIdentity(known, signature.getCreator_asU8(), at);
  const derived = sha256(signature.getNonce_asU8(), signature.getCreator_asU8()).toString('hex');
  if (derived !== transactionId || header.getTxId() !== transactionId) {
    throw new EvidenceError(`Transaction ${transactionId} has a made-up id.`);
  }
  const { response, answered: answer, endorsements } = openAction(payload);
  const endorsers = new Set<string>();
  for (const endorsement of endorsements) {
    const identity = endorsement.getEndorser_asU8();
    const node = CertifiedSigner.ofIdentity(known, identity, at);
    const isGood = node.signed(Buffer.concat([response, identity]), endorsement.getSignature_asU8());
    if (isGood && node.has('peer') && governmentMsps.some((msp) => msp === node.mspId))
      endorsers.add(node.mspId);
  }
  if (endorsers.size < answersNeeded) {
    throw new EvidenceError(`The answer ${transactionId} is not signed by two government nodes.`);
  }
  const action = peer.ChaincodeAction.deserializeBinary(answer.getExtension_asU8());
  if (action.getChaincodeId()?.getName() !== chaincode)
    throw new EvidenceError('An answer is of another chaincode.');
  const sealed = Buffer.from(action.getResponse()?.getPayload_asU8() ?? new Uint8Array()).toString('utf8');
  const said = open(sealed, Buffer.from(responseKey, 'base64'), transactionId);
  const { asked: digestOfAsked, proof: _, ...shown } = said;
  if (digestOfAsked !== digest(JSON.stringify(asked))) {
    throw new EvidenceError(`The nodes were asked something else in ${transactionId}.`);
  }
  if (JSON.stringify(shown) !== JSON.stringify(answered)) {
    throw new EvidenceError(`The nodes answered something else in ${transactionId}.`);
  }
  return {
    document: asked.document,
    result: shown.result,
    remaining: shown.remaining,
    at: at.toISOString(),
    asker: ownerOf(known, asker),
    endorsers: [...endorsers].sort(),
  };
}

function open(sealed: string, key: Uint8Array, transactionId: string): Output<'verifyDocument'> {
  try {
    return outputSchemas.verifyDocument.parse(JSON.parse(unseal(sealed, key, transactionId)));
  } catch (error) {
    throw new EvidenceError(`The answer ${transactionId} does not open with its key.`, { cause: error });
  }
}
