import { type Client, type ServiceError, status } from '@grpc/grpc-js';
import { connect, type Contract } from '@hyperledger/fabric-gateway';
import type { peer } from '@hyperledger/fabric-protos';
import type { Input, Output } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { unseal } from '@pledgeonce/chaincode/ledger/sealing.js';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import { classify } from '@pledgeonce/gateway/ledger/classify.js';
import { signingWith } from '@pledgeonce/gateway/ledger/signing.js';
import { toServiceError } from '@pledgeonce/network/embedded/peer/rpc-error.js';
import type { Seeded } from '../seeded.js';
import type { SimulatedPerson } from './consortium-material.js';
import type { BlockQuestion, SimulatedNetwork } from './simulated-network.js';

const pairs = [
  ['CustomsMSP', 'TaxMSP'],
  ['TaxMSP', 'RegulatorMSP'],
  ['CustomsMSP', 'RegulatorMSP'],
];
/** One in so many messages is lost, or comes twice. */
const rareness = { lost: 60, twice: 40 };
const slowest = { usual: 40, stuck: 8_000 };

/** What became of one attempt: a valid block has it, the ledger refused, nothing was changed, or nobody knows. */
export type Attempt<F extends LedgerFunction> =
  | { readonly kind: 'done'; readonly answer: Output<F> }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

/** Somebody's program, with Fabric's own client library, over a network that delays, loses and doubles messages. */
export class SimulatedClient {
  readonly mspId: string;
  readonly #contract: Contract;
  /** What the own peer tells of its ledger. */
  readonly #ledger: Contract;
  readonly #channel: string;
  readonly #network: SimulatedNetwork;
  readonly #seeded: Seeded;
  /** Over a line without faults, after the storm. */
  calm = false;

  constructor(network: SimulatedNetwork, person: SimulatedPerson, seeded: Seeded) {
    this.#network = network;
    this.#seeded = seeded;
    const { channel, chaincode } = network.material.consortium;
    const gateway = connect({
      client: { makeUnaryRequest: this.#call.bind(this) } as unknown as Client,
      identity: { mspId: person.mspId, credentials: Buffer.from(person.certificate) },
      ...signingWith(person.privateKey),
    });
    this.mspId = person.mspId;
    this.#channel = channel;
    this.#contract = gateway.getNetwork(channel).getContract(chaincode.name);
    this.#ledger = gateway.getNetwork(channel).getContract('qscc');
  }

  /** Sends a transaction once. */
  async submit<F extends LedgerFunction>(name: F, input: Input<F>): Promise<Attempt<F>> {
    const responseKey = this.#seeded.bytes(32);
    const proposal = this.#contract.newProposal(name, {
      transientData: { input: Buffer.from(JSON.stringify(input)), responseKey },
      endorsingOrganizations: this.#seeded.pick(pairs),
    });
    const endorsed = await proposal.endorse(this.#within(20_000)).catch((error: unknown) => failureOf(error));
    if ('kind' in endorsed) return endorsed;
    const sent = await endorsed.submit(this.#within(15_000)).catch(() => undefined);
    // That the orderer's answer is lost says nothing about the transaction: only a block does.
    if (sent === undefined) return { kind: 'unknown' };
    const verdict = await sent.getStatus(this.#within(30_000)).catch(() => undefined);
    if (verdict === undefined) return { kind: 'unknown' };
    if (!verdict.successful) return { kind: 'nothing' };
    const sealed = Buffer.from(endorsed.getResult()).toString('utf8');
    return {
      kind: 'done',
      answer: JSON.parse(unseal(sealed, responseKey, endorsed.getTransactionId())) as Output<F>,
    };
  }

  /** Asks until somebody answers. @throws LedgerError when the ledger refuses. */
  async ask<F extends LedgerFunction>(name: F, input: Input<F>): Promise<Output<F>> {
    for (let attempt = 0; attempt < 50; attempt++) {
      const responseKey = this.#seeded.bytes(32);
      const proposal = this.#contract.newProposal(name, {
        transientData: { input: Buffer.from(JSON.stringify(input)), responseKey },
        endorsingOrganizations: this.#seeded.pick(pairs),
      });
      try {
        const sealed = Buffer.from(await proposal.evaluate(this.#within(20_000))).toString('utf8');
        return JSON.parse(unseal(sealed, responseKey, proposal.getTransactionId())) as Output<F>;
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'refused') throw new LedgerError(failure.code as 'INTERNAL');
        await this.#network.time.sleep(200);
      }
    }
    throw new Error(`Nobody answers ${name}.`);
  }

  /** Asks the own organisation's peer of its ledger, once. @throws when it does not answer. */
  askLedger(question: 'GetChainInfo' | 'GetBlockByNumber', ...particulars: string[]): Promise<Uint8Array> {
    return this.#ledger
      .newProposal(question, {
        arguments: [this.#channel, ...particulars],
        endorsingOrganizations: [this.mspId],
      })
      .evaluate(this.#within(3_000));
  }

  /** One block of the own organisation's peer, with its private data. @throws when it does not come. */
  deliver(number: number): Promise<peer.BlockAndPrivateData> {
    return new Promise((resolve, reject) => {
      const question: BlockQuestion = { mspId: this.mspId, number };
      this.#call(
        'DeliverWithPrivateData',
        undefined,
        undefined,
        question,
        this.#within(3_000),
        (error, value) => {
          const block = (value as peer.DeliverResponse | undefined)?.getBlockAndPrivateData();
          if (block === undefined) reject(new Error(error?.details ?? 'No block came.'));
          else resolve(block);
        },
      );
    });
  }

  #within(milliseconds: number): { readonly deadline: number } {
    return { deadline: this.#network.time.now() + milliseconds };
  }

  /** In the place of gRPC. */
  #call(
    path: string,
    _serialize: unknown,
    _deserialize: unknown,
    request: object,
    { deadline }: { readonly deadline: number },
    callback: (error: ServiceError | null, value?: unknown) => void,
  ): void {
    const { time } = this.#network;
    const method = path.split('/').at(-1) ?? '';
    const given = new AbortController();
    let isOver = false;
    const settle = (error: unknown, value?: unknown): void => {
      if (isOver) return;
      isOver = true;
      callback(
        error === null
          ? null
          : ({ metadata: { get: () => [] }, ...(error as object) } as unknown as ServiceError),
        value,
      );
    };
    time.after(Math.max(1, deadline - time.now()), () => {
      given.abort();
      settle({ name: 'Error', message: 'deadline', code: status.DEADLINE_EXCEEDED, details: 'deadline' });
    });
    this.#send(() => {
      const serve = this.#network.served?.[method];
      if (serve === undefined) {
        const away = {
          name: 'Error',
          message: 'away',
          code: status.UNAVAILABLE,
          details: 'connection refused',
        };
        this.#send(() => {
          settle(away);
        });
        return;
      }
      serve(request as never, given.signal).then(
        (value) => {
          this.#send(() => {
            settle(null, value);
          });
        },
        (error: unknown) => {
          this.#send(() => {
            settle(toServiceError(error));
          });
        },
      );
    });
  }

  /** A message on its way: late, lost, or there twice. */
  #send(deliver: () => void): void {
    const { time } = this.#network;
    if (this.calm) {
      time.after(1, deliver);
      return;
    }
    const chance = this.#seeded.below(1_000_000);
    if (chance % rareness.lost === 0) return;
    const late = () => this.#seeded.below(chance % 50 === 1 ? slowest.stuck : slowest.usual);
    time.after(late(), deliver);
    if (chance % rareness.twice === 1) time.after(late(), deliver);
  }
}

function failureOf(
  error: unknown,
): { readonly kind: 'refused'; readonly code: string } | { readonly kind: 'nothing' } {
  const failure = classify(error);
  return failure.kind === 'refused' && failure.refusal.code !== 'CLOCK_SKEW'
    ? { kind: 'refused', code: failure.refusal.code }
    : { kind: 'nothing' };
}
