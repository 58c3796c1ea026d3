import { randomBytes } from 'node:crypto';
import type { Proposal, Transaction } from '@hyperledger/fabric-gateway';
import { peer } from '@hyperledger/fabric-protos';
import { transientFields } from '@pledgeonce/chaincode/api.js';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import { classify } from '@pledgeonce/gateway/ledger/classify.js';
import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';
import { organisationOf, type StackDescription } from '@pledgeonce/scripts/stack/description.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { connectMember, disconnectMember, type Member } from '../../conformance/harness/member.js';
import { orderEnvelope, tamper, type Parts } from '../../conformance/harness/tamper.js';
import { readProfile, type BlockReader } from './block-reader.js';
import { enrol } from './enrol.js';
import { shiftedProposal } from './shifted-proposal.js';

const patienceMs = 30_000;
const government = ['CustomsMSP', 'TaxMSP'] as const;

export interface ProposalOptions {
  readonly endorsers?: readonly string[];
  /** Milliseconds that the proposal's timestamp is off. */
  readonly shiftMs?: number;
  /** Opens the answer: nobody's unless one is given. `none`: the answer is asked for in the clear. */
  readonly responseKey?: Uint8Array | 'none';
}

/** A member with a valid certificate who speaks to a peer directly, past every gateway and its checks. */
export class LedgerClient {
  readonly member: Member;
  readonly #profile: ConnectionProfile;

  private constructor(member: Member, profile: ConnectionProfile) {
    this.member = member;
    this.#profile = profile;
  }

  /** @param peerOf whose peer is spoken to; the person's own unless another is named. */
  static async open(
    stack: StackDescription,
    mspId: string,
    who: string,
    peerOf = mspId,
  ): Promise<LedgerClient> {
    const person = organisationOf(stack, mspId).people.find(({ id }) => id === who);
    if (person === undefined) throw new Error(`There is no ${who} of ${mspId}.`);
    return LedgerClient.openAs(stack, mspId, person, peerOf);
  }

  /** As somebody whom the organisation's certificate authority knows, be they at a gateway or not. */
  static async openAs(
    stack: StackDescription,
    mspId: string,
    person: Parameters<typeof enrol>[1],
    peerOf = mspId,
  ): Promise<LedgerClient> {
    const profile = await readProfile(stack.discovery);
    const organisation = profile.organisations.find((one) => one.mspId === mspId);
    if (organisation === undefined) throw new Error(`There is no ${mspId}.`);
    const { certificate, key } = await enrol(organisation.ca, person);
    const member = connectMember(
      { profile },
      { mspId: organisation.signsAs, certificate, privateKey: key },
      peerOf,
    );
    return new LedgerClient(member, profile);
  }

  /** A proposal to the consortium's own chaincode, signed. */
  async propose(
    name: LedgerFunction,
    input: object,
    { endorsers = government, shiftMs = 0, responseKey = randomBytes(32) }: ProposalOptions = {},
  ): Promise<Proposal> {
    const { channel } = this.member;
    const proposal = channel.getContract(this.#profile.chaincode.name).newProposal(name, {
      transientData: {
        [transientFields.input]: JSON.stringify(input),
        ...(responseKey !== 'none' && { [transientFields.responseKey]: responseKey }),
      },
      endorsingOrganizations: [...endorsers],
    });
    return shiftedProposal(proposal, shiftMs, this.member);
  }

  async endorse(name: LedgerFunction, input: object, options: ProposalOptions = {}): Promise<Transaction> {
    return (await this.propose(name, input, options)).endorse();
  }

  /** Orders what was endorsed, after the attacker has altered it. */
  async order(
    transaction: Transaction,
    alter: (parts: Parts) => void | Promise<void> = () => undefined,
  ): Promise<void> {
    const envelope = await tamper(this.member, transaction, alter);
    await orderEnvelope(this.member, envelope, transaction.getTransactionId());
  }

  /** The refusal of a call that has to be refused, by its code or by what kind of failure it is. */
  async refusalOf(call: Promise<unknown>): Promise<string> {
    try {
      await call;
    } catch (error) {
      const failure = classify(error);
      if (failure.kind === 'other') return `other: ${failure.words}`;
      if (failure.kind !== 'refused') return failure.kind;
      return failure.refusal.code;
    }
    return 'not refused';
  }

  close(): void {
    disconnectMember(this.member);
  }
}

/** The network's verdicts on a transaction: the names of its validation codes, in the order of the chain. */
export async function verdictsOn(
  reader: BlockReader,
  transaction: Transaction,
  from: bigint,
): Promise<readonly string[]> {
  const id = transaction.getTransactionId();
  const found = await poll(async () => {
    const own = (await reader.transactions(from)).filter(({ txId }) => txId === id);
    return own.length > 0 ? own : undefined;
  }, patienceMs);
  return (found ?? []).map(({ validationCode }) => codeName(validationCode));
}

function codeName(code: number): string {
  const entry = Object.entries(peer.TxValidationCode).find(([, value]) => (value as number) === code);
  return entry?.[0] ?? String(code);
}
