import { readFileSync } from 'node:fs';
import { portalAccounts } from '@pledgeonce/chaincode/members/api.js';
import { enterpriseMsp, organisationKinds } from '@pledgeonce/chaincode/roles.js';
import { parse } from 'yaml';
import { z } from 'zod';
import { operationSchema } from './operation.js';

const mspId = z.string().regex(/^[A-Za-z][A-Za-z0-9]*MSP$/);
const role = z.enum(['officer', 'approver', 'auditor', 'viewer', 'admin']);
const port = z.number().int().min(1024).max(65000);

/** What a description says of one organisation. */
export const organisationLine = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
    /** Its id; with a node also that of its MSP in the channel. */
    msp: mspId,
    title: z.string().min(1),
    /** What it is for the registry; of each but the regulator there may be several. */
    kind: z.enum(organisationKinds),
    government: z.boolean().default(false),
    /** Runs one of the ordering nodes of a Fabric network. */
    orderer: z.boolean().default(false),
    /**
     * Has a peer and an MSP of its own. Without one it runs a gateway and its certificate authority, whose root is one of
     * many in the members' MSP.
     */
    node: z.boolean().default(true),
    /** The name under which others reach what it runs; on a development machine everybody is `localhost`. */
    host: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/, 'a host name in lower case')
      .optional(),
    /**
     * Of a portal beside the first: how the accounts begin that it serves, as the register is told when it begins. Afterwards
     * two government organisations say it.
     */
    accounts: portalAccounts.min(1).optional(),
    /** The address of its machine on which its nodes listen to others: `0.0.0.0` is all of them; without it only this machine. */
    listen: z.ipv4().optional(),
    /** The first of its ten ports, where it has moved away from those that its place gives it. */
    firstPort: port.optional(),
    /** Has left the channel. Its line stays, for the place of a line decides on ports. */
    left: z.literal(true).optional(),
  })
  .refine(({ node, government, orderer }) => node || !(government || orderer), {
    path: ['node'],
    error: 'The government and whoever runs an orderer have a node.',
  })
  .refine(({ accounts, kind }) => accounts === undefined || kind === 'enterprise', {
    path: ['accounts'],
    error: 'Only a portal serves the accounts of enterprises.',
  })
  .refine(({ accounts, msp }) => accounts === undefined || msp !== enterpriseMsp, {
    path: ['accounts'],
    error: 'The first portal serves every account that no other one does.',
  })
  .refine(({ left, government, orderer }) => left !== true || !(government || orderer), {
    path: ['left'],
    error: 'Neither the government nor whoever runs an orderer leaves: another has to take its place first.',
  });

/** One private collection, as the description states it. */
export const collectionSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/),
  members: z.array(mspId),
  requiredPeers: z.number().int().min(0),
  maxPeers: z.number().int().min(0),
  blockToLive: z.number().int().min(0).default(0),
  memberOnlyRead: z.boolean().default(false),
  memberOnlyWrite: z.boolean().default(false),
  endorsement: z.string().optional(),
});

/** The collections of a chaincode besides the consortium's own, which may leave out what is usual. */
export const furtherCollections = z
  .array(
    collectionSchema.extend({
      members: z.array(mspId).min(1),
      requiredPeers: z.number().int().min(0).default(0),
      maxPeers: z.number().int().min(0).default(1),
    }),
  )
  .default([]);

const person = z.strictObject({ id: z.string().min(1), role, uscc: z.string().optional() });

const described = z.strictObject({
  name: z.string(),
  channel: z.string().regex(/^[a-z][a-z0-9.-]*$/),
  domain: z.string(),
  chaincode: z.strictObject({ name: z.string(), version: z.string(), endorsement: z.string() }),
  /** Signature policy of administrators: who governs. Without one, the majority of all organisations does. */
  administration: z
    .string()
    .regex(/\.admin'/, "administration names administrators: OutOf(2, 'AMSP.admin', …)")
    .optional(),
  organisations: z.array(organisationLine).min(1).max(500),
  /** The MSP of all organisations without a node, by the name that the chaincode knows. */
  membersMsp: z.literal('MembersMSP').default('MembersMSP'),
  collections: z.array(collectionSchema),
  /** Signature policy: who may follow whole blocks, with or without private data. Without one, every member may. */
  blockEvents: z.string().optional(),
  /**
   * What one member may do at the door before each orderer; `false`: orderers are reached directly. Fabric's orderers limit
   * nobody, and take in what no block may hold.
   */
  doors: z
    .union([
      z.literal(false),
      z.strictObject({
        bytesPerSecond: z.number().int().positive(),
        envelopesPerSecond: z.number().int().positive(),
        streams: z.number().int().positive(),
      }),
    ])
    .default(false),
  blocks: z.strictObject({
    maxMessages: z.number().int().min(1),
    maxBytes: z.number().int().min(1024),
    /** Of one envelope, a change of the configuration included. */
    maxTransactionBytes: z.number().int().min(65_536).default(2_097_152),
    timeoutMs: z.number().int().min(1),
  }),
  /** What the consortium has decided on, as the registry is told when it begins; afterwards the regulator records changes. */
  policy: z
    .strictObject({
      ownDocuments: z.enum(['refused', 'allowed']).optional(),
      /** Days that an accepted claim holds its documents without being paid out. */
      payoutDays: z.number().int().min(1).optional(),
      /** Steps that take two people, by kind of organisation or MSP id. */
      twoPeople: z.record(z.string(), z.array(z.string())).optional(),
      /** Banks that need the exporter's consent before they reserve: one for the bank, or one for each document. */
      consent: z.record(z.string(), z.enum(['none', 'bank', 'document'])).optional(),
    })
    .optional(),
  people: z.array(person),
  enterprisePeople: z.array(person),
  ports: z.strictObject({ network: port, rest: port }),
  /** What organisations have chosen for the containers or the cluster in which they run their own part. */
  operation: operationSchema.optional(),
});

/** Whoever governs the channel governs the members' MSP too; of itself it must not, for each of its members could. */
const schema = described
  .refine(
    ({ organisations, administration }) =>
      administration !== undefined || organisations.every(({ node }) => node),
    { path: ['administration'], error: 'Members without a node need an administration.' },
  )
  .refine(({ organisations }) => new Set(begun(organisations)).size === begun(organisations).length, {
    path: ['organisations'],
    error: 'Two portals serve the accounts that begin the same.',
  })
  .refine(
    ({ organisations, operation = {} }) =>
      Object.keys(operation).every((name) => organisations.some((one) => one.node && one.name === name)),
    { path: ['operation'], error: 'An organisation named here is not described, or has no node.' },
  );

/** Each beginning of accounts once for every portal that names it. */
function begun(organisations: readonly Pick<Organisation, 'accounts'>[]): string[] {
  return organisations.flatMap(({ accounts }) => [...new Set(accounts)]);
}

export type Organisation = z.infer<typeof organisationLine>;
export type Person = z.infer<typeof person>;
export type Collection = z.infer<typeof collectionSchema>;
export type Consortium = z.infer<typeof schema>;

/** Where one organisation's services listen on a development machine: ten ports each, all on loopback. */
export interface Ports {
  readonly peer: number;
  readonly ca: number;
  readonly chaincode: number;
  readonly orderer: number;
  readonly ordererAdmin: number;
  readonly operations: number;
  readonly ordererOperations: number;
  /** The door before the orderer. */
  readonly door: number;
  readonly rest: number;
}

/**
 * Reads and checks a consortium description.
 *
 * @throws Error with one line per fault when the file does not describe a consortium.
 */
export function readConsortium(file: string): Consortium {
  const result = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!result.success) {
    throw new Error(`${file} does not describe a consortium:\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}

/**
 * Checks what is said of one organisation.
 *
 * @throws Error with one line per fault.
 */
export function readOrganisation(said: unknown): Organisation {
  const result = organisationLine.safeParse(said);
  if (!result.success) throw new Error(`This is no organisation:\n${z.prettifyError(result.error)}`);
  return result.data;
}

/** The ports of the organisation at this place of the list; both bases can be moved to run networks side by side. */
export function portsOf(consortium: Consortium, index: number): Ports {
  const base = consortium.organisations[index]?.firstPort ?? consortium.ports.network + 10 * (index + 1);
  return {
    peer: base,
    ca: base + 1,
    chaincode: base + 2,
    orderer: base + 3,
    ordererAdmin: base + 4,
    operations: base + 5,
    ordererOperations: base + 6,
    door: base + 9,
    rest: consortium.ports.rest + index + 1,
  };
}

/** An organisation and its place in the description, which decides its ports. */
export interface Placed {
  readonly organisation: Organisation;
  readonly ports: Ports;
}

/** All organisations that have not left, in the order of the description. */
export function placesOf(consortium: Consortium): Placed[] {
  const all = consortium.organisations.map((one, index) => ({
    organisation: one,
    ports: portsOf(consortium, index),
  }));
  return all.filter(({ organisation }) => organisation.left !== true);
}

/** Those that have a node. */
export function nodePlacesOf(consortium: Consortium): Placed[] {
  return placesOf(consortium).filter(({ organisation: { node } }) => node);
}

/** The MSPs that the channel knows: one for each node, and one for all members that have none, where there are any. */
export function channelMsps({
  organisations,
  membersMsp,
}: Pick<Consortium, 'organisations' | 'membersMsp'>): string[] {
  const present = organisations.filter(({ left }) => left !== true);
  const own = present.filter(({ node }) => node).map(({ msp }) => msp);
  return present.length > own.length ? [...own, membersMsp] : own;
}

/** The people that a development network enrols for an organisation. */
export function peopleOf(consortium: Consortium, organisation: Organisation): readonly Person[] {
  return organisation.kind === 'enterprise'
    ? [...consortium.people.filter(({ role }) => role !== 'officer'), ...consortium.enterprisePeople]
    : consortium.people;
}
