import { status } from '@grpc/grpc-js';
import type { GatewayError } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { Circuit } from '../circuit.js';
import { EndorserPairs } from '../endorser-pairs.js';
import { PeerHeights } from '../peer-heights.js';
import type { Signatory } from '../signatory.js';
import { connectionsOver } from './connections-over.js';
import { gatewayError } from './gateway-error.js';
import { believing, signedBy } from './signed-by.js';

export const government = ['CustomsMSP', 'TaxMSP', 'RegulatorMSP'] as const;

/** What a peer says that does not answer. */
export function silence(): GatewayError {
  return gatewayError(status.UNAVAILABLE, 'no connection');
}

/**
 * Peers at heights of their own, over one that passes everything on. Those that have not got `document.block` refuse a
 * claim on it.
 *
 * @param look what happens when a peer is asked for its height.
 */
export function laggingPeers(
  heights: Record<string, number>,
  document: { readonly block: number },
  look: (mspId: string) => void = () => undefined,
) {
  const asked: string[] = [];
  const looked: string[] = [];
  const answer = (organisations: readonly string[]) => {
    asked.push(organisations.join('+'));
    if (organisations.every((mspId) => (heights[mspId] ?? 0) > document.block))
      return signedBy(organisations);
    throw gatewayError(status.ABORTED, new LedgerError('FACT_NOT_FOUND').message);
  };
  const heightOf = ([mspId = '']: readonly string[]) => {
    looked.push(mspId);
    look(mspId);
    const info = new common.BlockchainInfo();
    info.setHeight(heights[mspId] ?? 0);
    return info.serializeBinary();
  };
  const contract = (_entry: string, chaincode?: string) => ({
    newProposal: (
      _name: string,
      { endorsingOrganizations }: { readonly endorsingOrganizations: readonly string[] },
    ) => {
      const act = () => Promise.resolve().then(() => answer(endorsingOrganizations));
      return {
        getTransactionId: () => 'tx',
        endorse: act,
        evaluate: () =>
          chaincode === 'qscc' ? Promise.resolve().then(() => heightOf(endorsingOrganizations)) : act(),
      };
    },
  });
  const circuit = new Circuit();
  return {
    asked,
    looked,
    circuit,
    signatory: { contract } as unknown as Signatory,
    parts: {
      mspId: 'BankAMSP',
      government,
      connections: connectionsOver('BankAMSP'),
      circuit,
      pairs: new EndorserPairs(government, circuit),
      heights: new PeerHeights('trade', 200),
      reader: believing,
      contradicted: () => undefined,
      timeoutMs: 1_000,
      onPair: () => undefined,
    },
  };
}
