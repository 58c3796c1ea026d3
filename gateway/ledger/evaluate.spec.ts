import { status } from '@grpc/grpc-js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { Circuit } from './circuit.js';
import { EndorserPairs } from './endorser-pairs.js';
import { EndorsementError, NetworkUnavailableError } from './errors.js';
import { evaluate } from './evaluate.js';
import type { Asking } from './evaluate.js';
import { PeerHeights } from './peer-heights.js';
import type { Signatory } from './signatory.js';
import { connectionsOver } from './testing/connections-over.js';
import { gatewayError } from './testing/gateway-error.js';
import { government } from './testing/lagging-peers.js';
import { believing, signedBy } from './testing/signed-by.js';

function failure(code: status, message: string) {
  return gatewayError(code, 'evaluate call to endorser returned error', ['BankAMSP', message]);
}

/** Reads for Bank A from nodes that each answer as told. */
function attempt(answer: (target: string) => Error | undefined, asking: Asking = 'two') {
  const asked: string[] = [];
  const circuit = new Circuit();
  const contract = () => ({
    newProposal: (
      _name: string,
      { endorsingOrganizations: organisations }: { endorsingOrganizations: string[] },
    ) => {
      const act = <T>(result: T) => {
        const target = organisations.join('+');
        asked.push(target);
        const error = answer(target);
        return error === undefined ? Promise.resolve(result) : Promise.reject(error);
      };
      return {
        getTransactionId: () => 'tx',
        evaluate: () => act(Buffer.from(organisations[0] ?? '')),
        endorse: () => act(signedBy(organisations, organisations.join('+'))),
      };
    },
  });
  const answered = evaluate(
    {
      mspId: 'BankAMSP',
      government,
      reader: believing,
      contradicted: () => undefined,
      connections: connectionsOver('BankAMSP', 'CustomsMSP'),
      pairs: new EndorserPairs(government, circuit),
      circuit,
      heights: new PeerHeights('trade'),
      latestBlock: -1,
      timeoutMs: 1_000,
    },
    { contract } as unknown as Signatory,
    'readClaim',
    {},
    asking,
  );
  return { answered, asked };
}

const pairs = ['CustomsMSP+TaxMSP', 'CustomsMSP+RegulatorMSP', 'TaxMSP+RegulatorMSP'];

describe('reading', () => {
  it('asks two of the government, and two others when these fail', async () => {
    const { answered, asked } = attempt((target) =>
      target === pairs[0] ? failure(status.UNKNOWN, new LedgerError('INTERNAL').message) : undefined,
    );
    expect(Buffer.from((await answered).payload).toString()).toBe(pairs[1]);
    expect(asked).toEqual(pairs.slice(0, 2));
  });

  it('asks each pair once when all of them fail', async () => {
    const { answered, asked } = attempt(() => failure(status.UNKNOWN, 'something is broken'));
    await expect(answered).rejects.toThrow(EndorsementError);
    expect(asked).toEqual(pairs);
  });

  it('asks one where the answer is held against a hash, and another when it fails', async () => {
    const { answered, asked } = attempt(
      (target) => (target === 'CustomsMSP' ? failure(status.UNKNOWN, 'something is broken') : undefined),
      'one',
    );
    expect((await answered).signed).toBeUndefined();
    expect(asked).toEqual(['CustomsMSP', 'TaxMSP']);
  });

  it('says that nobody answers when nobody does', async () => {
    const { answered } = attempt(() => failure(status.UNAVAILABLE, 'connection refused'));
    await expect(answered).rejects.toThrow(NetworkUnavailableError);
  });
});
