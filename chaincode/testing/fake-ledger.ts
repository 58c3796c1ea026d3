import { createHash, randomBytes } from 'node:crypto';
import { inputSchemas, type Input, type LedgerEvent, type Output, outputSchemas } from '../api.js';
import { registry } from '../ledger/addresses.js';
import { addresseeKey, taggedKey } from '../ledger/tags.js';
import { execute } from '../execute.js';
import { partyKeys } from '../audit/party-keys.js';
import { memberAt } from '../members/records.js';
import type { LedgerPort, LedgerWrite } from '../ledger/port.js';
import { unseal } from '../ledger/sealing.js';
import { proofOf, type Verified } from '../facts/proofs.js';
import { type FingerprintKey, Fingerprints } from '../rules/fingerprints.js';
import type { LedgerFunction } from '../permissions.js';
import { membersMsp } from '../roles.js';

/** Somebody with a certificate. */
export interface Person {
  readonly mspId: string;
  readonly role: string;
  readonly id: string;
  readonly uscc?: string;
  /** Of somebody whose organisation has no node, PEM: they sign under the MSP of all such members. */
  readonly certificate?: string;
  /** The removed member in whose place they act. */
  readonly inPlaceOf?: string;
}

/** What an endorser found out about one proposal: nothing of it is on the ledger yet. */
export interface Endorsement<F extends LedgerFunction> {
  readonly transactionId: string;
  readonly at: number;
  readonly answer: Output<F>;
  readonly payload: string;
  /** Version of every key at the time of reading. */
  readonly reads: ReadonlyMap<string, number>;
  /** By collection and key; a copy by its addressee and its key without the tag. */
  readonly writes: ReadonlyMap<string, string>;
  /** The keys as they are on the ledger. */
  readonly writtenKeys: readonly LedgerWrite[];
  readonly protectedKeys: readonly string[];
  readonly event: LedgerEvent | undefined;
}

/** What a transaction reads and writes, as it goes on. */
interface Noted {
  readonly reads: Map<string, number>;
  readonly writes: Map<string, string>;
  readonly writtenKeys: LedgerWrite[];
  readonly protectedKeys: string[];
}

interface Committed {
  readonly value: string;
  readonly transactionId: string;
  readonly at: number;
}

/**
 * World state and private collections as Fabric shows them to chaincode: a transaction does not see its own writes,
 * and commits only if nothing that it read has changed since.
 */
export class FakeLedger {
  readonly #versions = new Map<string, Committed[]>();
  #transactions = 0;
  now = new Date().getTime();
  /** Private keys whose values the endorser has not received, though it has their hashes. */
  readonly missing = new Set<string>();
  /** Whether every bank has verified every document before it claims; a spec of those who have not says so. */
  banksVerify = true;
  /** How many messages the last endorsement needed for what it read. */
  readings = 0;

  /** Endorses and commits; the write set is what the test looks at. */
  async submit<F extends LedgerFunction>(name: F, person: Person, input: Input<F>): Promise<Endorsement<F>> {
    const endorsement = await this.endorse(name, person, input);
    if (!this.commit(endorsement)) throw new Error('MVCC_READ_CONFLICT');
    return endorsement;
  }

  async endorse<F extends LedgerFunction>(
    name: F,
    person: Person,
    input: Input<F>,
    timestamp = this.now,
  ): Promise<Endorsement<F>> {
    const transactionId = createHash('sha256').update(`transaction ${++this.#transactions}`).digest('hex');
    const responseKey = randomBytes(32);
    const reads = new Map<string, number>();
    const writes = new Map<string, string>();
    const writtenKeys: LedgerWrite[] = [];
    const protectedKeys: string[] = [];
    let event: LedgerEvent | undefined;
    this.readings = 0;
    const payload = await execute(name, {
      port: this.#port({ reads, writes, writtenKeys, protectedKeys }),
      transient: new Map([
        [
          'input',
          Buffer.from(JSON.stringify(this.#withProofs(name, person, inputSchemas[name].parse(input)))),
        ],
        ['responseKey', responseKey],
        ...(person.inPlaceOf === undefined ? [] : [['inPlaceOf', Buffer.from(person.inPlaceOf)] as const]),
      ]),
      certificate: certificateOf(person),
      transactionId,
      timestamp,
      announce: (announced) => {
        event = announced;
      },
    });
    const answer = outputSchemas[name].parse(
      JSON.parse(unseal(payload, responseKey, transactionId)),
    ) as Output<F>;
    return {
      transactionId,
      at: timestamp,
      answer,
      payload,
      reads,
      writes,
      writtenKeys,
      protectedKeys,
      event,
    };
  }

  /** @returns false when something that was read has changed: Fabric would mark the transaction invalid. */
  commit({ reads, writes, transactionId, at, event }: Endorsement<LedgerFunction>): boolean {
    if ([...reads].some(([key, version]) => this.#history(key).length !== version)) return false;
    assertFound([...writes.keys()], event);
    this.#assertOnce([...writes.keys()]);
    for (const [key, value] of writes)
      this.#versions.set(key, [...this.#history(key), { value, transactionId, at }]);
    return true;
  }

  /** Everything on the ledger, for comparing before and after. */
  snapshot(): ReadonlyMap<string, string> {
    return new Map([...this.#versions].map(([key, versions]) => [key, versions.at(-1)?.value ?? '']));
  }

  /** The claims of a batch, or the move of one, with the proofs that their bank would have from verifying. */
  #withProofs(name: LedgerFunction, { mspId }: Person, input: object): object {
    if (!this.banksVerify || (name !== 'reserveClaims' && name !== 'moveClaim')) return input;
    const ring = this.#history(`${registry}/K`).at(-1);
    if (ring === undefined) return input;
    const { keys, first } = JSON.parse(ring.value) as { keys: FingerprintKey[]; first: string };
    const fingerprints = new Fingerprints(keys, first);
    const heads = [...this.#versions].flatMap(([key, versions]) =>
      /^registry\/F~[0-9a-f]{64}$/.test(key) ? [JSON.parse(versions.at(-1)?.value ?? '') as Verified] : [],
    );
    const verified = heads
      .slice(-100)
      .map((head) => proofOf({ caller: { mspId }, now: this.now }, fingerprints, head));
    if (!('claims' in input) || !Array.isArray(input.claims)) return { verified, ...input };
    return { claims: input.claims.map((claim: unknown) => ({ verified, ...(claim as object) })) };
  }

  /** @throws Error when a copy is written anew: a gateway that takes in the block before would wait for ever. */
  #assertOnce(written: readonly string[]): void {
    const again = written.filter((name) => isCopy(name) && this.#versions.has(name));
    if (again.length > 0) throw new Error(`Copies are written once: ${again.join(', ')}.`);
  }

  /** What a spec calls a key: a copy's begins with its addressee, and has no tag. */
  #nameOf(collection: string | undefined, key: string): string {
    const plain = `${collection ?? 'public'}/${key}`;
    const [, untagged] = (collection === registry && tagged.exec(key)) || [];
    const ring = this.#history(`${registry}/K`).at(-1);
    if (untagged === undefined || ring === undefined) return plain;
    const keys = JSON.parse(ring.value) as Parameters<typeof addresseeKey>[0];
    const addressee = this.#members().find((one) => taggedKey(addresseeKey(keys, one), untagged) === key);
    return addressee === undefined ? plain : `${addressee}/${untagged}`;
  }

  /** Who is on the register by now. */
  #members(): readonly string[] {
    const prefix = `public/${memberAt('').key}`;
    return [...this.#versions.keys()].flatMap((key) =>
      key.startsWith(prefix) ? key.slice(prefix.length) : [],
    );
  }

  #history(key: string): readonly Committed[] {
    return this.#versions.get(key) ?? [];
  }

  #port({ reads, writes, writtenKeys, protectedKeys }: Noted): LedgerPort {
    const name = (collection: string | undefined, key: string) => {
      assertDefined(collection);
      return this.#nameOf(collection, key);
    };
    const read = (full: string) => {
      const history = this.#history(full);
      reads.set(full, history.length);
      return history.at(-1)?.value;
    };
    return {
      get: (collection, key) => {
        this.readings += 1;
        const full = name(collection, key);
        return this.missing.has(full)
          ? Promise.reject(new Error('private data matching public hash version is not available'))
          : Promise.resolve(read(full));
      },
      getAll: (collection, keys) => {
        this.readings += 1;
        const all = keys.map((key) => name(collection, key));
        return Promise.resolve(all.map((full) => (this.missing.has(full) ? undefined : read(full))));
      },
      write: (all) => {
        writtenKeys.push(...all);
        for (const { collection, key, value, policy } of all) {
          writes.set(name(collection, key), value);
          if (policy !== undefined) protectedKeys.push(name(collection, key));
        }
        return Promise.resolve();
      },
      hash: (collection, key) => {
        const value = this.#history(name(collection, key)).at(-1)?.value;
        return Promise.resolve(
          value === undefined ? undefined : createHash('sha256').update(value).digest('hex'),
        );
      },
      history: (key) => Promise.resolve([...this.#history(name(undefined, key))].reverse()),
    };
  }
}

/** Who is on the register of the development consortium. */
export const members = [
  { id: 'InsurerMSP', kind: 'insurer' },
  { id: 'CarrierMSP', kind: 'carrier' },
  { id: 'BankAMSP', kind: 'bank' },
  { id: 'BankBMSP', kind: 'bank' },
  { id: 'EnterpriseMSP', kind: 'enterprise' },
] as const;

/** A key with a tag behind it. */
const tagged = /^(.*)~[0-9a-f]{32}$/;

/** Whether a spec's name of a key is that of a copy. */
const isCopy = (name: string) => !/^(public|registry)\//.test(name);

/** @throws Error, as a peer does, for a collection that the network does not define. */
function assertDefined(collection: string | undefined): void {
  if (collection !== undefined && collection !== registry)
    throw new Error(`collection ${collection} could not be found`);
}

/**
 * The gateway of a party looks in a block only for what the event lets it look for.
 *
 * @throws Error when a transaction leaves something for a party that its event does not tell of.
 */
function assertFound(written: readonly string[], event: LedgerEvent | undefined): void {
  const told = new Set((event?.changes ?? []).flatMap(partyKeys));
  const hidden = written.filter((name) => isCopy(name) && !told.has(name.slice(name.indexOf('/') + 1)));
  if (hidden.length > 0) throw new Error(`No change announces ${hidden.join(', ')}.`);
}

function certificateOf({ mspId, role, id, uscc, certificate }: Person) {
  const attributes: Readonly<Record<string, string | undefined>> = { role, uscc };
  return {
    mspId: certificate === undefined ? mspId : membersMsp,
    pem: certificate ?? '',
    commonName: id,
    attribute: (name: string) => attributes[name] ?? null,
  };
}
