import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { endorse } from './endorse.js';
import { NetworkUnavailableError } from './errors.js';
import { evaluate } from './evaluate.js';
import { laggingPeers, silence } from './testing/lagging-peers.js';

/** The document to claim on is in block 7, which our own peer has told of. */
const document = { block: 7 };
const latestBlock = 7;
const allAt = (height: number) => ({ CustomsMSP: height, TaxMSP: height, RegulatorMSP: height });

describe('a refusal', () => {
  const claim = ({ parts, signatory }: ReturnType<typeof laggingPeers>, known = latestBlock) =>
    endorse({ ...parts, latestBlock: known }, signatory, 'reserveClaims', {}, {});

  it('by an endorser that has not committed our last write is not believed', async () => {
    const heights = { ...allAt(8), CustomsMSP: 7 };
    // It gets there while it is being asked how far it is.
    const peers = laggingPeers(heights, document, (mspId) => {
      if (peers.looked.filter((one) => one === mspId).length === 2) heights.CustomsMSP = 8;
    });
    await expect(claim(peers)).resolves.toMatchObject({ transaction: { result: 'done' } });
    expect(peers.asked).toEqual(['CustomsMSP+TaxMSP', 'CustomsMSP+TaxMSP']);
  });

  it('by endorsers that have it stands, and costs the next one no second look', async () => {
    const peers = laggingPeers(allAt(8), { block: 8 });
    for (let time = 0; time < 4; time++) await expect(claim(peers)).rejects.toThrow(LedgerError);
    // The first pair twice, the second twice for the sake of the one new in it; from then on once.
    expect(peers.looked.sort()).toEqual(['CustomsMSP', 'RegulatorMSP', 'TaxMSP']);
    expect(peers.asked).toHaveLength(6);
    await expect(claim(peers, 9)).rejects.toThrow(NetworkUnavailableError);
  });

  it('is asked of another pair when one endorser is far behind', async () => {
    const peers = laggingPeers({ ...allAt(8), CustomsMSP: 2 }, document);
    await expect(claim(peers)).resolves.toMatchObject({ transaction: { result: 'done' } });
    expect(peers.asked).toEqual(['CustomsMSP+TaxMSP', 'TaxMSP+RegulatorMSP']);
    expect(peers.circuit.isHealthy('CustomsMSP')).toBe(false);
  });

  it('never comes of endorsers that are all behind: nobody can say yet', async () => {
    const peers = laggingPeers(allAt(7), document);
    await expect(claim(peers)).rejects.toThrow(NetworkUnavailableError);
    expect(peers.asked).toHaveLength(1);
  });

  it('is believed of endorsers that may not say how far they are', async () => {
    const peers = laggingPeers(allAt(7), document, () => {
      throw new Error('not for you');
    });
    await expect(claim(peers)).rejects.toThrow('FACT_NOT_FOUND');
  });

  it('is believed at once when this gateway knows of no block', async () => {
    const peers = laggingPeers(allAt(7), document);
    await expect(claim(peers, -1)).rejects.toThrow('FACT_NOT_FOUND');
    expect(peers.looked).toEqual([]);
  });
});

describe('a reading', () => {
  const verify = ({ parts, signatory }: ReturnType<typeof laggingPeers>) =>
    evaluate({ ...parts, latestBlock }, signatory, 'verifyDocument', {}).then(({ payload }) =>
      Buffer.from(payload).toString(),
    );

  it('is answered by two peers that have what this gateway knows', async () => {
    const peers = laggingPeers({ ...allAt(8), CustomsMSP: 3 }, document);
    await expect(verify(peers)).resolves.toBe('done');
    expect(peers.asked).toEqual(['TaxMSP+RegulatorMSP']);
  });

  it('costs one look for each peer and block', async () => {
    const peers = laggingPeers(allAt(8), document);
    for (let time = 0; time < 6; time++) await verify(peers);
    expect(peers.looked.sort()).toEqual(['CustomsMSP', 'RegulatorMSP', 'TaxMSP']);
  });

  it('has no answer while all are behind, or silent', async () => {
    await expect(verify(laggingPeers(allAt(7), document))).rejects.toThrow(NetworkUnavailableError);
    const silent = laggingPeers(allAt(8), document, () => {
      throw silence();
    });
    await expect(verify(silent)).rejects.toThrow(NetworkUnavailableError);
    expect(silent.asked).toEqual([]);
  });
});
