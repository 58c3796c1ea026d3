import { peer } from '@hyperledger/fabric-protos';

const { TxValidationCode: Code } = peer;

/**
 * Codes of what no client library makes. The others come to honest clients too: two draws on one balance, a peer that is
 * behind, an endorser whose certificate has ended.
 */
const codes: ReadonlySet<number> = new Set([
  Code.NIL_ENVELOPE,
  Code.BAD_PAYLOAD,
  Code.BAD_COMMON_HEADER,
  Code.INVALID_ENDORSER_TRANSACTION,
  Code.INVALID_CONFIG_TRANSACTION,
  Code.UNSUPPORTED_TX_PAYLOAD,
  Code.BAD_PROPOSAL_TXID,
  Code.UNKNOWN_TX_TYPE,
  Code.MARSHAL_TX_ERROR,
  Code.NIL_TXACTION,
  Code.INVALID_WRITESET,
  Code.ILLEGAL_WRITESET,
  Code.BAD_RESPONSE_PAYLOAD,
  Code.BAD_RWSET,
  Code.BAD_HEADER_EXTENSION,
  Code.TARGET_CHAIN_NOT_FOUND,
  Code.INVALID_CHAINCODE,
  Code.INVALID_OTHER_REASON,
]);

/** Whether the validation code says that somebody made the transaction by hand. */
export function isMalformed(code: number): boolean {
  return codes.has(code);
}
