import { z } from 'zod';
import { date, limits, partySchema, text } from '../schemas.js';

const containers = z.array(text(20)).max(limits.containersPerDocument);

const vesselSchema = z.strictObject({
  name: text(80),
  /** Seven digits with a check digit, without the letters IMO. */
  imo: z
    .string()
    .regex(/^\d{7}$/, 'The IMO number has seven digits.')
    .optional(),
  voyage: text(40).optional(),
});

const cargoSchema = z.strictObject({
  hsCode: z.string().regex(/^\d{4,13}$/),
  description: text(500).optional(),
  packages: z.int32().min(1).optional(),
  /** Whole kilograms. */
  weight: z.int32().min(1).optional(),
});

const transportEventSchema = z.strictObject({
  /** Such as loaded, departed, discharged, delivered. */
  event: text(40),
  at: z.iso.datetime(),
  place: text(80).optional(),
  vessel: vesselSchema.optional(),
  container: text(20).optional(),
});
export type TransportEvent = z.infer<typeof transportEventSchema>;

/** What a bill of lading, waybill or warehouse receipt says beyond the common fields. */
export const transportSchema = z.strictObject({
  carrierCode: text(10).optional(),
  /** The shipper, where it is not the party to be paid: the forwarder is paid the freight. */
  shipper: partySchema.optional(),
  consignee: partySchema.optional(),
  /** Who is told of the arrival: the buyer, where the consignee is a bank or the bill is to order. */
  notifyParty: partySchema.optional(),
  vessel: vesselSchema.optional(),
  from: text(80).optional(),
  to: text(80).optional(),
  loadedOn: date.optional(),
  arrivedOn: date.optional(),
  containers: containers.optional(),
  cargo: z.array(cargoSchema).max(100).optional(),
  events: z.array(transportEventSchema).max(limits.transportEvents).optional(),
});
export type Transport = z.infer<typeof transportSchema>;

export const transportFactSections = { transport: transportSchema.optional() };
