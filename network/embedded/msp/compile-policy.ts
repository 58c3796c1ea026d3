import { common } from '@hyperledger/fabric-protos';
import type { Identity, Msps } from './identity.js';
import type { Policy } from './policy.js';
import { principalTest, type PrincipalTest } from './principal.js';

/** Marks in `used` the identities that it has counted. */
type Rule = (identities: readonly Identity[], used: boolean[]) => boolean;

/**
 * Prepares a policy for evaluation.
 *
 * @throws RangeError when a rule refers to a principal that the policy does not list, or is empty.
 */
export function compilePolicy(envelope: common.SignaturePolicyEnvelope, msps: Msps): Policy {
  if (envelope.getVersion() !== 0)
    throw new RangeError('Only signature policies of version 0 are understood');
  const tests = envelope.getIdentitiesList().map((principal) => principalTest(principal, msps));
  const rule = compileRule(envelope.getRule(), tests);
  return {
    envelope,
    satisfiedBy(identities) {
      const distinct = identities.filter(({ id }, at) => identities.findIndex((one) => one.id === id) === at);
      return rule(distinct, new Array<boolean>(distinct.length).fill(false));
    },
  };
}

function compileRule(policy: common.SignaturePolicy | undefined, tests: readonly PrincipalTest[]): Rule {
  const nOutOf = policy?.getNOutOf();
  if (nOutOf !== undefined) {
    return nOf(
      nOutOf.getN(),
      nOutOf.getRulesList().map((rule) => compileRule(rule, tests)),
    );
  }
  if (policy?.hasSignedBy() !== true) throw new RangeError('The policy has an empty rule');
  const test = tests[policy.getSignedBy()];
  if (test === undefined) throw new RangeError('The policy refers to a principal that it does not list');
  return (identities, used) => {
    const at = identities.findIndex((identity, index) => used[index] !== true && test(identity));
    if (at >= 0) used[at] = true;
    return at >= 0;
  };
}

/**
 * Every rule is tried, also beyond the number needed, and each that holds keeps its identities for itself; one that
 * fails gives back what it took. Greedy, not optimal: Fabric decides like this, so must everybody.
 */
function nOf(needed: number, rules: readonly Rule[]): Rule {
  return (identities, used) => {
    let held = 0;
    for (const rule of rules) {
      const trial = [...used];
      if (!rule(identities, trial)) continue;
      held++;
      trial.forEach((taken, index) => {
        used[index] = taken;
      });
    }
    return held >= needed;
  };
}
