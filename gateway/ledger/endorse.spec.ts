import { status } from '@grpc/grpc-js';
import { Circuit } from './circuit.js';
import { EndorserPairs } from './endorser-pairs.js';
import { PeerHeights } from './peer-heights.js';
import { endorse } from './endorse.js';
import { EndorsementError, NetworkUnavailableError, UndeliveredError } from './errors.js';
import type { Signatory } from './signatory.js';
import { connectionsOver } from './testing/connections-over.js';
import { gatewayError } from './testing/gateway-error.js';
import { government } from './testing/lagging-peers.js';
import { believing } from './testing/signed-by.js';

/** What the gateway service says when endorsers fail. */
function failure(code: status, ...details: readonly (readonly [mspId: string, message: string])[]) {
  return gatewayError(code, 'failed to collect enough transaction endorsements', ...details);
}

/** Endorses over peers of which each pair and entry answers as told. */
function attempt(answer: (entry: string, pair: readonly string[]) => Error | undefined) {
  const tried: string[] = [];
  const circuit = new Circuit();
  const contract = (entry: string) => ({
    newProposal: (_name: string, { endorsingOrganizations }: { endorsingOrganizations: string[] }) => ({
      getTransactionId: () => 'tx',
      endorse: () => {
        tried.push(`${entry}: ${endorsingOrganizations.join('+')}`);
        const error = answer(entry, endorsingOrganizations);
        return error === undefined ? Promise.resolve(endorsingOrganizations) : Promise.reject(error);
      },
    }),
  });
  const endorsed = endorse(
    {
      government,
      reader: believing,
      contradicted: () => undefined,
      connections: connectionsOver('BankAMSP', 'CustomsMSP'),
      pairs: new EndorserPairs(government, circuit),
      circuit,
      heights: new PeerHeights('trade'),
      latestBlock: -1,
      timeoutMs: 1_000,
      onPair: () => undefined,
    },
    { contract } as unknown as Signatory,
    'reserveClaims',
    {},
    {},
  );
  return { endorsed, tried, circuit };
}

describe('endorsing', () => {
  it('does without a node that does not know yet to whom to hand private data', async () => {
    const { endorsed, tried, circuit } = attempt((_entry, pair) =>
      pair.includes('CustomsMSP')
        ? failure(status.ABORTED, [
            'CustomsMSP',
            'required to disseminate to at least 1 peers, but know of only 0 eligible peers',
          ])
        : undefined,
    );
    await expect(endorsed).resolves.toMatchObject({ transaction: ['TaxMSP', 'RegulatorMSP'] });
    expect(tried).toHaveLength(3);
    expect(circuit.isHealthy('CustomsMSP')).toBe(false);
    expect(circuit.isHealthy('TaxMSP')).toBe(true);
  });

  it('asks again when endorsers chose to hand private data to a node that is cut off', async () => {
    let rounds = 0;
    const { endorsed, tried, circuit } = attempt((_entry, pair) => {
      if (pair.includes('TaxMSP')) return failure(status.UNAVAILABLE, ['TaxMSP', 'connection refused']);
      rounds += 1;
      return rounds < 3
        ? failure(status.ABORTED, [
            'CustomsMSP',
            'Failed disseminating 1 out of 2 private dissemination plans',
          ])
        : undefined;
    });
    await expect(endorsed).resolves.toMatchObject({ transaction: ['CustomsMSP', 'RegulatorMSP'] });
    expect(tried.filter((one) => one === 'BankAMSP: CustomsMSP+RegulatorMSP')).toHaveLength(3);
    expect(circuit.isHealthy('CustomsMSP')).toBe(true);
    expect(circuit.isHealthy('TaxMSP')).toBe(false);
  });

  it('says that the network does not answer when private data never arrives, and asks until its time is up', async () => {
    const { endorsed, tried } = attempt(() =>
      failure(status.ABORTED, ['CustomsMSP', 'Failed disseminating 1 out of 2 private dissemination plans']),
    );
    await expect(endorsed).rejects.toThrow(UndeliveredError);
    await expect(endorsed).rejects.toThrow(NetworkUnavailableError);
    expect(tried.length).toBeGreaterThan(3);
  });

  it('does not ask a second peer when every pair fails, which is no silence', async () => {
    const { endorsed, tried } = attempt(() => failure(status.ABORTED, ['TaxMSP', 'something is broken']));
    await expect(endorsed).rejects.toThrow(EndorsementError);
    await expect(endorsed).rejects.toThrow('something is broken');
    expect(tried).toHaveLength(3);
  });

  it('asks another peer when the first is silent', async () => {
    const { endorsed, tried } = attempt((entry) =>
      entry === 'BankAMSP' ? failure(status.UNAVAILABLE) : undefined,
    );
    await expect(endorsed).resolves.toMatchObject({ entry: 'CustomsMSP' });
    expect(tried).toHaveLength(2);
  });

  it('says that the network does not answer when nobody does', async () => {
    const { endorsed } = attempt(() => failure(status.UNAVAILABLE));
    await expect(endorsed).rejects.toThrow(NetworkUnavailableError);
  });

  it('throws what no other pair would answer differently', async () => {
    const { endorsed, tried } = attempt(() => new Error('a fault of our own'));
    await expect(endorsed).rejects.toThrow(EndorsementError);
    expect(tried).toHaveLength(1);
  });
});
