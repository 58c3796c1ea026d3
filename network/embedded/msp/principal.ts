import { msp } from '@hyperledger/fabric-protos';
import { IdentityError, type Identity, type Msps, type Role } from './identity.js';

/** Tells whether an identity is what a policy asks for. */
export type PrincipalTest = (identity: Identity) => boolean;

const { MSPRoleType } = msp.MSPRole;
const NODE_ROLES: ReadonlyMap<number, Role> = new Map<number, Role>([
  [MSPRoleType.ADMIN, 'admin'],
  [MSPRoleType.CLIENT, 'client'],
  [MSPRoleType.PEER, 'peer'],
  [MSPRoleType.ORDERER, 'orderer'],
]);

/**
 * Prepares the test of one principal: a role of an organisation, or one certificate. Every test includes that the
 * identity is valid. Principals of the other kinds (unit, anonymity, combined) are satisfied by nobody.
 */
export function principalTest(principal: msp.MSPPrincipal, msps: Msps): PrincipalTest {
  const content = principal.getPrincipal_asU8();
  switch (principal.getPrincipalClassification()) {
    case msp.MSPPrincipal.Classification.ROLE: {
      const role = msp.MSPRole.deserializeBinary(content);
      const mspId = role.getMspIdentifier();
      const wanted = NODE_ROLES.get(role.getRole());
      const anyMember = role.getRole() === MSPRoleType.MEMBER;
      return (identity) =>
        identity.mspId === mspId && (anyMember || identity.role === wanted) && isValid(identity, msps);
    }
    case msp.MSPPrincipal.Classification.IDENTITY: {
      const wanted = Buffer.from(content);
      return (identity) => isSame(identity, wanted, msps) && isValid(identity, msps);
    }
    default:
      return () => false;
  }
}

function isSame(identity: Identity, serialized: Uint8Array, msps: Msps): boolean {
  try {
    return msps.identity(serialized).id === identity.id;
  } catch (error) {
    if (error instanceof IdentityError) return false;
    throw error;
  }
}

function isValid(identity: Identity, msps: Msps): boolean {
  try {
    msps.validate(identity);
    return true;
  } catch (error) {
    if (error instanceof IdentityError) return false;
    throw error;
  }
}
