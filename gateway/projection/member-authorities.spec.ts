import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Member } from '@pledgeonce/chaincode/members/api.js';
import { certify, newAuthority, type Authority } from '@pledgeonce/chaincode/testing/authorities.js';
import { Projection } from './projection.js';
import type { BlockTransaction, Malformed, ReadBlock } from './read-block.js';

const time = '2026-11-01T00:00:00.000Z';
const admitted = (certificate: string): Member => ({
  id: 'BankCMSP',
  title: 'Bank C',
  kind: 'bank',
  state: 'admitted',
  authority: certificate,
  since: time,
});

describe('who has signed under the MSP that members share', () => {
  let folder: string;
  let projection: Projection;
  let authority: Authority;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-members-'));
    const viewpoint = { mspId: 'RegulatorMSP', kind: 'regulator', government: true } as const;
    projection = new Projection(join(folder, 'projection.sqlite'), viewpoint);
    authority = await newAuthority();
    const registered = [admitted(authority.certificate)];
    const approver = await certify(await newAuthority(), 'approver');
    projection.apply(block([{ ...signedBy('TaxMSP', approver), registered }]));
  });
  afterEach(async () => {
    projection.close();
    await rm(folder, { recursive: true, maxRetries: 5, retryDelay: 200 });
  });

  const signedBy = (mspId: string, certificate: string) => ({ mspId, certificate });

  function block(
    signers: readonly Pick<BlockTransaction, 'mspId' | 'certificate' | 'registered'>[],
    malformed: readonly Malformed[] = [],
  ): ReadBlock {
    const number = projection.nextBlock;
    const transactions = signers.map((signer, position) => ({
      ...signer,
      transactionId: `tx-${number}-${position}`,
      position,
      time,
      code: 0,
      event: undefined,
      hashes: [],
      values: [],
    }));
    return { number, hash: number.toString(16).padStart(64, '0'), transactions, malformed };
  }

  const signerOf = (transactionId: string) => projection.transactions.find(transactionId);

  it('is the member whose authority has certified them, and whoever only claims to be is nobody', async () => {
    const { name, keyIdentifier } = authority;
    const forger = await newAuthority({ name, keyIdentifier });
    const number = projection.nextBlock;
    projection.apply(
      block([
        signedBy('MembersMSP', await certify(authority, 'officer')),
        signedBy('MembersMSP', await certify(forger, 'officer')),
        signedBy('MembersMSP', await certify(await newAuthority(), 'officer')),
        signedBy('BankAMSP', await certify(authority, 'officer')),
      ]),
    );
    const members = [0, 1, 2, 3].map((position) => signerOf(`tx-${number}-${position}`)?.mspId);
    expect(members).toEqual(['BankCMSP', 'MembersMSP', 'MembersMSP', 'BankAMSP']);
    expect(signerOf(`tx-${number}-0`)?.signer).toBe('officer');
  });

  it('stays who it was when the authority is replaced, and begins to be who it is then', async () => {
    const next = await newAuthority();
    const former = await certify(authority, 'officer');
    const registered = [admitted(next.certificate)];
    projection.apply(block([{ ...signedBy('TaxMSP', former), registered }]));
    const number = projection.nextBlock;
    projection.apply(
      block([signedBy('MembersMSP', await certify(next, 'officer')), signedBy('MembersMSP', former)]),
    );
    const members = [0, 1].map((position) => signerOf(`tx-${number}-${position}`)?.mspId);
    expect(members).toEqual(['BankCMSP', 'BankCMSP']);
  });

  it('is named to the regulator where it had junk ordered', async () => {
    const signer = signedBy('MembersMSP', await certify(authority, 'clerk'));
    const [alert] = projection.apply(block([], [{ position: 0, time, signer }]));
    expect(alert?.content).toMatchObject({
      alert: 'malformed-transactions',
      mspId: 'BankCMSP',
      person: 'clerk',
    });
  });
});
