import { z } from 'zod';
import { type Address, at } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';
import { type Member, memberSchema } from './api.js';

/** One organisation on the register of members: public, since everybody sees who signs. */
export const member = recordKind('member', 'member', memberSchema);

export const memberAt = (id: string): Address<Member> => at(undefined, member, id);

/** Which accounts another portal serves than the first: one record, which each transaction reads at most once. */
export const portalPlaces = recordKind(
  'places of accounts',
  'accounts',
  z.strictObject({ places: z.array(z.strictObject({ begins: z.string(), portal: z.string() })) }),
);

export const portalPlacesAt = at(undefined, portalPlaces);

const authorityShape = z.strictObject({ member: z.string() });

/** Whose a certificate authority is, by the identifier of its key; an authority that was replaced stays its member's. */
export const authority = recordKind('authority', 'authority', authorityShape);

export const authorityAt = (keyIdentifier: string): Address<z.infer<typeof authorityShape>> =>
  at(undefined, authority, keyIdentifier);
