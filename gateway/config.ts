import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { providerAt, providerSchema } from './provider/provider-config.js';
import { replicasAt, replicasSchema } from './replicas/replica-config.js';
import { tokenAt, tokenSchema } from './tokens/token-config.js';
import { publicUrlSchema, tlsAt, tlsSchema } from './doors/door-config.js';

const positive = z.number().int().min(1);

const limitsSchema = z
  .strictObject({
    bodyBytes: positive.default(2 * 1024 * 1024),
    importItemBytes: positive.default(10 * 1024 * 1024),
    requestsPerMinute: positive.default(60_000),
    strangersPerMinute: positive.default(1_200),
    signInsPerMinute: positive.default(300),
    streamsPerPerson: positive.default(10),
    verificationsPerMinute: positive.default(600),
    missesPerPerson: positive.default(60),
    missesPerOrganisation: positive.default(600),
    openingsPerMinute: positive.default(60),
    claimsPerTransaction: positive.max(500).default(100),
    factsPerTransaction: positive.max(500).default(100),
    paymentsPerTransaction: positive.max(500).default(100),
    /** Of a book that a bank brings in its take-on window. Nobody is served while a gateway takes in a block, so not more. */
    loansPerTransaction: positive.max(500).default(200),
    /** Lines that the claims or payments of one transaction have together. */
    linesPerTransaction: positive.max(5_000).default(100),
    batchesPerPerson: positive.default(2),
    endorseTimeoutMs: positive.default(30_000),
    submitTimeoutMs: positive.default(5_000),
    commitTimeoutMs: positive.default(10_000),
    /** For how long what loses conflicts is taken up again. */
    conflictPatienceMs: positive.default(60_000),
    sessionIdleMinutes: positive.default(15),
    sessionHours: positive.max(24).default(8),
    idempotencyHours: positive.default(24),
    /** How often the certificate authority and the channel are asked about people. */
    authoritySeconds: positive.max(30).default(30),
    invitationDays: positive.max(30).default(7),
    sweepSeconds: positive.default(60),
    drainMs: positive.default(15_000),
  })
  .prefault({});

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

function isDevelopment({ host, trustedProxies }: { host: string; trustedProxies?: unknown }): boolean {
  return loopback.has(host) && trustedProxies === undefined && process.env['NODE_ENV'] !== 'production';
}

const configSchema = z.strictObject({
  /** File, or address of the embedded network's discovery service. */
  connection: z.string().min(1),
  organisations: z
    .array(
      z
        .strictObject({
          msp: z.string().min(1),
          host: z.string().default('127.0.0.1'),
          port: z.number().int().min(0).max(65535),
          stateDir: z.string().min(1),
          tls: tlsSchema.optional(),
          /** Where clients and browsers reach this gateway, where that is not host and port: behind a proxy, by name. */
          publicUrl: publicUrlSchema.optional(),
          /** The identity provider by which people sign in whom an admin has invited so. */
          provider: providerSchema.optional(),
          /** Proxies before this gateway, addresses or networks: what they say of the client's address is taken. */
          trustedProxies: z.array(z.string().min(1)).optional(),
          /** File of the token that `/metrics` asks of whoever is not on this machine. */
          metricsTokenFile: z.string().min(1).optional(),
          /** To whom `/readyz` says what is ready, and how far: everyone, or those who may read `/metrics`; its status all. */
          readinessFor: z.enum(['everyone', 'operators']).optional(),
          /** Where new keys of people, machines and the clerk are made and stay; without it in the encrypted wallets. */
          token: tokenSchema.optional(),
          /** Where this is one of several gateways that share a database. */
          replicas: replicasSchema.optional(),
          registrar: z.strictObject({ id: z.string().min(1), secretFile: z.string().min(1) }),
          /**
           * Networks, in CIDR notation, in which webhooks may be besides public addresses; there also without TLS.
           * Without them no webhook reaches into the organisation's own network.
           */
          webhookNetworks: z.array(z.union([z.cidrv4(), z.cidrv6()])).default([]),
          /** The colour by which its people know the organisation; its console wears it, as dark as texts need it. */
          colour: z
            .string()
            .regex(/^#[0-9a-f]{6}$/i, 'A colour is written as #7a1f5c.')
            .optional(),
          /** File in which the door before the organisation's own orderer counts whom it refuses (`refused.json`). */
          refusedAtDoor: z.string().min(1).optional(),
          /** A bank's rules for online loans, YAML or JSON; without them its people decide every application. */
          loanRules: z.string().min(1).optional(),
          /** File of a development network's people and secrets: whoever opens the console can sign in as any of them. */
          developmentPeople: z.string().min(1).optional(),
        })
        .refine(({ replicas, publicUrl }) => replicas === undefined || publicUrl !== undefined, {
          path: ['publicUrl'],
          error: 'Replicas are reached at one address, whichever of them answers: say which.',
        })
        .refine((one) => one.developmentPeople === undefined || isDevelopment(one), {
          path: ['developmentPeople'],
          error:
            'Secrets are shown on a loopback address only, behind no proxy, and never where NODE_ENV is production.',
        }),
    )
    .min(1),
  /** Encrypts the wallets together with each person's secret; made on the first start. */
  masterKeyFile: z.string().min(1),
  limits: limitsSchema,
});

export type GatewayConfig = z.infer<typeof configSchema>;
export type OrganisationConfig = GatewayConfig['organisations'][number];
export type Limits = GatewayConfig['limits'];

/**
 * Reads and checks the configuration. Paths in it are relative to the file.
 *
 * @throws Error with one line per fault.
 */
export async function readConfig(file: string): Promise<GatewayConfig> {
  const result = configSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!result.success) {
    throw new Error(`${file} does not configure a gateway:\n${z.prettifyError(result.error)}`);
  }
  const at = (path: string) => (isAbsolute(path) ? path : resolve(dirname(file), path));
  const { connection, organisations, masterKeyFile, limits } = result.data;
  return {
    connection: /^https?:\/\//.test(connection) ? connection : at(connection),
    masterKeyFile: at(masterKeyFile),
    limits,
    organisations: organisations.map((one) => ({
      ...one,
      stateDir: at(one.stateDir),
      ...(one.tls !== undefined && { tls: tlsAt(one.tls, at) }),
      ...(one.replicas !== undefined && { replicas: replicasAt(one.replicas, at) }),
      ...(one.token !== undefined && { token: tokenAt(one.token, at) }),
      ...(one.provider !== undefined && { provider: providerAt(one.provider, at) }),
      registrar: { ...one.registrar, secretFile: at(one.registrar.secretFile) },
      ...(one.loanRules !== undefined && { loanRules: at(one.loanRules) }),
      ...(one.developmentPeople !== undefined && { developmentPeople: at(one.developmentPeople) }),
      ...(one.refusedAtDoor !== undefined && { refusedAtDoor: at(one.refusedAtDoor) }),
      ...(one.metricsTokenFile !== undefined && { metricsTokenFile: at(one.metricsTokenFile) }),
    })),
  };
}
