import { common, msp } from '@hyperledger/fabric-protos';

/** Organisations whose endorsements together satisfy a policy, one peer of each. */
export type Layout = ReadonlySet<string>;

/** Beyond this many ways to satisfy a policy no more are looked for. */
const maxLayouts = 400;

const { MSPPrincipal, MSPRole } = msp;

/**
 * The smallest sets of organisations that satisfy a signature policy when each has one peer.
 *
 * @param peerIdentities - serialized identity of each organisation's peer, by MSP id.
 */
export function layoutsOf(
  policy: common.SignaturePolicyEnvelope,
  peerIdentities: ReadonlyMap<string, Uint8Array>,
): Layout[] {
  const rule = policy.getRule();
  if (!rule) return [];
  const organisations = policy
    .getIdentitiesList()
    .map((principal) => organisationOf(principal, peerIdentities));
  return smallest(waysOf(rule, organisations));
}

/** Every way to satisfy all policies at once; one peer's endorsement counts for each of them. */
export function combineLayouts(policies: readonly (readonly Layout[])[]): Layout[] {
  return policies.reduce<Layout[]>(
    (combined, layouts) =>
      smallest(
        combined.flatMap((one) => layouts.map((other) => new Set([...one, ...other]))).slice(0, maxLayouts),
      ),
    [new Set<string>()],
  );
}

function waysOf(rule: common.SignaturePolicy, organisations: readonly (string | undefined)[]): Layout[] {
  const nOutOf = rule.getNOutOf();
  if (!nOutOf) {
    const organisation = organisations[rule.getSignedBy()];
    return organisation === undefined ? [] : [new Set([organisation])];
  }
  const parts = nOutOf.getRulesList().map((part) => waysOf(part, organisations));
  return choose(parts, nOutOf.getN());
}

/** Ways to satisfy `needed` of the parts. No peer can stand for two signatures of one policy. */
function choose(parts: readonly (readonly Layout[])[], needed: number): Layout[] {
  let partial: { readonly taken: number; readonly layout: Layout }[] = [{ taken: 0, layout: new Set() }];
  parts.forEach((ways, index) => {
    const following = partial.flatMap((state) => {
      const without = state.taken + (parts.length - index - 1) >= needed ? [state] : [];
      if (state.taken === needed) return [state];
      const withPart = ways
        .filter((way) => [...way].every((organisation) => !state.layout.has(organisation)))
        .map((way) => ({ taken: state.taken + 1, layout: new Set([...state.layout, ...way]) }));
      return [...withPart, ...without];
    });
    partial = following.slice(0, maxLayouts);
  });
  return partial.filter(({ taken }) => taken >= needed).map(({ layout }) => layout);
}

/** Leaves out repetitions and sets that contain another one. */
function smallest(layouts: readonly Layout[]): Layout[] {
  const bySize = [...layouts].sort((a, b) => a.size - b.size);
  const kept: Layout[] = [];
  for (const layout of bySize) {
    if (!kept.some((other) => [...other].every((organisation) => layout.has(organisation))))
      kept.push(layout);
  }
  return kept;
}

function organisationOf(
  principal: msp.MSPPrincipal,
  peerIdentities: ReadonlyMap<string, Uint8Array>,
): string | undefined {
  switch (principal.getPrincipalClassification()) {
    case MSPPrincipal.Classification.ROLE: {
      const role = MSPRole.deserializeBinary(principal.getPrincipal_asU8());
      const { MEMBER, PEER } = MSPRole.MSPRoleType;
      const ofPeers = role.getRole() === MEMBER || role.getRole() === PEER;
      return ofPeers && peerIdentities.has(role.getMspIdentifier()) ? role.getMspIdentifier() : undefined;
    }
    case MSPPrincipal.Classification.IDENTITY: {
      const wanted = Buffer.from(principal.getPrincipal_asU8());
      return [...peerIdentities].find(([, identity]) => wanted.equals(identity))?.[0];
    }
    default:
      return undefined;
  }
}
