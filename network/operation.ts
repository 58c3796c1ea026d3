import { z } from 'zod';

/**
 * A part of the gateway's configuration as it stands there; the gateway holds it to its rules when it starts. What it names as
 * files lies in the folder `doors` beside the configuration, which in a cluster is a Secret, and so has no folders.
 */
const ofGateway = z
  .record(z.string(), z.json())
  .refine(
    (settings) =>
      Object.entries(settings).every(
        ([name, value]) =>
          !name.endsWith('File') || (typeof value === 'string' && /^doors\/[^/]+$/.test(value)),
      ),
    'Its files lie in the folder doors: doors/tls.crt.',
  );

/** What the gateway's own door is like: TLS, the identity provider of its people, the token with its keys. */
const doors = { tls: ofGateway.optional(), provider: ofGateway.optional(), token: ofGateway.optional() };

/** One organisation's choices. */
const choices = z
  .strictObject({
    /** So many gateways behind one address, which share a PostgreSQL. Without it there is one, which needs none. */
    replicas: z.number().int().min(2).max(9).optional(),
    /** Where people and programs reach the gateway, where that is not this machine. */
    publicUrl: z.url({ protocol: /^https?$/ }).optional(),
    /** Proxies before the gateway, addresses or networks: what they say of a client's address is taken. */
    trustedProxies: z.array(z.string().min(1)).min(1).optional(),
    /** The collector to which gateway and chaincode send traces, as OTLP over HTTP. */
    traces: z.url({ protocol: /^https?$/ }).optional(),
    ...doors,
  })
  .refine(({ replicas, tls }) => replicas === undefined || tls === undefined, {
    path: ['tls'],
    error: 'Replicas are reached through what balances them: TLS ends there.',
  });

/**
 * What organisations decide of what they run in containers or a cluster, by the name of the organisation. It is in nobody's
 * public file: an organisation writes it into its own copy of the description.
 */
export const operationSchema = z.record(z.string(), choices);

/** What one organisation has chosen. */
export type Operation = z.infer<typeof choices>;

interface Described {
  readonly operation?: Readonly<Record<string, Operation>> | undefined;
}

/** What an organisation has chosen; nothing, unless the description says so. */
export function operationOf({ operation }: Described, organisation: { readonly name: string }): Operation {
  return operation?.[organisation.name] ?? {};
}

/** What the organisation says of its gateway's own door, as its configuration has it. */
export function doorSettings({ tls, provider, token }: Operation): Pick<Operation, keyof typeof doors> {
  return {
    ...(tls !== undefined && { tls }),
    ...(provider !== undefined && { provider }),
    ...(token !== undefined && { token }),
  };
}
