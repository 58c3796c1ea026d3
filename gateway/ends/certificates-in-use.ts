import type { ApiContext } from '../api/context.js';
import type { TlsDoor } from '../doors/tls-door.js';
import { earliestEnd } from './ends.js';
import type { CertificateEnd } from './ends.js';

export type EndsParts = Pick<ApiContext, 'organisation' | 'profile' | 'services' | 'desk' | 'machineDesk'> & {
  readonly tls: Pick<TlsDoor, 'endsAt'> | undefined;
};

/** Every certificate on which the gateway depends. Of people, who renew theirs by signing in, the first that ends. */
export async function certificatesInUse(parts: EndsParts): Promise<CertificateEnd[]> {
  const { organisation, profile, services, desk, machineDesk, tls } = parts;
  const people = desk
    .list({})
    .filter(({ state, secretAt }) => state === 'active' && secretAt !== 'provider')
    .flatMap(({ certificateEndsAt }) =>
      certificateEndsAt === undefined ? [] : [Date.parse(certificateEndsAt)],
    );
  const machines = machineDesk
    .list({})
    .filter(({ state }) => state === 'active')
    .map(({ id, certificateEndsAt: end }) => named(`machine:${id}`, end && Date.parse(end), true));
  const ofServices = (await services.described()).map(({ label, endsAt }) =>
    named(`service:${label}`, endsAt, true),
  );
  const nodes = [
    ...profile.organisations.flatMap(({ name, peer }) =>
      peer === undefined ? [] : [named(`peer:${name}`, earliestEnd(peer.tlsRootCerts))],
    ),
    ...profile.orderers.map(({ mspId, tlsRootCerts }) =>
      named(`orderer:${mspId}`, earliestEnd(tlsRootCerts)),
    ),
  ];
  return [
    named('door', tls?.endsAt.getTime()),
    named('authority', earliestEnd(organisation.rootCerts)),
    named('authority-tls', earliestEnd(organisation.ca.tlsRootCerts)),
    named('people', people.length === 0 ? undefined : Math.min(...people)),
    ...ofServices,
    ...machines,
    ...nodes,
  ].flat();
}

function named(name: string, endsAt: number | '' | undefined, renewsItself = false): CertificateEnd[] {
  if (endsAt === undefined || endsAt === '') return [];
  return [{ name, endsAt, ...(renewsItself && { renewsItself }) }];
}
