import { z } from 'zod';

/** One organisation's choices. */
const choices = z.strictObject({
  /** So many gateways behind one address, which share a PostgreSQL. Without it there is one, which needs none. */
  replicas: z.number().int().min(2).max(9).optional(),
  /** Where people and programs reach the gateway, where that is not this machine. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Proxies before the gateway, addresses or networks: what they say of a client's address is taken. */
  trustedProxies: z.array(z.string().min(1)).min(1).optional(),
  /** The collector to which gateway and chaincode send traces, as OTLP over HTTP. */
  traces: z.url({ protocol: /^https?$/ }).optional(),
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
