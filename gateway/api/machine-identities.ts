import { z } from 'zod';
import { serviceLabels } from '../people/service-identity.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';

const identitySchema = z.strictObject({
  name: z.enum(serviceLabels),
  /** `due`: it should have been renewed already and still serves; the certificate authority does not answer. */
  state: z.enum(['in-order', 'due', 'ended', 'missing']),
  /** Under which the certificate authority knows it. */
  enrolmentId: z.string().optional(),
  certificateEndsAt: z.iso.datetime().optional(),
  renewsFrom: z.iso.datetime().optional(),
});

/** The identities that this gateway acts with by itself: it renews them, and somebody sees when it cannot. */
export function machineIdentityEndpoints({ services }: ApiContext): Endpoint[] {
  const timeOf = (ms: number) => new Date(ms).toISOString();
  return [
    endpoint({
      method: 'get',
      path: '/machine-identities',
      tag: 'people',
      summary: 'The identities that the gateway itself acts with, and until when',
      access: { roles: ['admin', 'auditor'] },
      answers: {
        200: { description: 'Identities', schema: z.strictObject({ items: z.array(identitySchema) }) },
      },
      handle: async () => {
        const described = await services.described();
        const items = described.map(({ label, state, enrolmentId, endsAt, renewsFrom }) => ({
          name: label,
          state,
          ...(enrolmentId === undefined ? {} : { enrolmentId }),
          ...(endsAt === undefined ? {} : { certificateEndsAt: timeOf(endsAt) }),
          ...(renewsFrom === undefined ? {} : { renewsFrom: timeOf(renewsFrom) }),
        }));
        return { status: 200, body: { items } };
      },
    }),
  ];
}
