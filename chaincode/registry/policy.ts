import type { Policy } from '../api.js';
import { LedgerError } from '../errors.js';
import { isBank } from '../members/banks.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { memberAt } from '../members/records.js';
import { governmentKind, organisationKinds } from '../roles.js';
import { stepsOfKind } from '../rules/steps-of-two.js';
import { authoritySteps, limits } from '../schemas.js';
import { policyAt } from './records.js';

/** The regulator records what the consortium has decided on; what is not named stays as it was. */
export const setPolicy: Verb<'setPolicy'> = async (call, changes) => {
  const { work, now } = call;
  for (const whose of Object.keys(changes.consent ?? {})) await assertKnown(call, whose, `consent.${whose}`);
  for (const [whose, wanted] of Object.entries(changes.twoPeople ?? {})) {
    await assertTaken(call, whose, wanted);
  }
  const known = await policyInForce(call);
  const policy = {
    ownDocuments: changes.ownDocuments ?? known.ownDocuments,
    payoutDays: changes.payoutDays ?? known.payoutDays,
    twoPeople: changes.twoPeople ?? known.twoPeople,
    consent: changes.consent ?? known.consent,
  };
  work.write(policyAt, { ...policy, since: instantText(now) });
  return policy;
};

/** What the consortium has decided on. */
export const readPolicy: Verb<'readPolicy'> = (call) => policyInForce(call);

/** What holds now; where nothing has been recorded, the strictest rule. */
export async function policyInForce({ work }: Pick<Call, 'work'>): Promise<Policy> {
  const policy = await work.read(policyAt);
  return {
    ownDocuments: policy?.ownDocuments ?? 'refused',
    payoutDays: policy?.payoutDays ?? limits.payoutDays.byDefault,
    twoPeople: policy?.twoPeople ?? {},
    consent: policy?.consent ?? {},
  };
}

const kinds: ReadonlySet<string> = new Set(organisationKinds);

/** @throws LedgerError BANK_INVALID for what is neither the kind of banks nor one of them. */
async function assertKnown(call: Call, whose: string, field: string): Promise<void> {
  if (whose !== 'bank' && !(await isBank(call, whose))) throw new LedgerError('BANK_INVALID', { field });
}

/** What one organisation is; undefined for one that is not on the register. */
async function kindOf({ work }: Call, mspId: string): Promise<string | undefined> {
  return governmentKind(mspId) ?? (await work.read(memberAt(mspId)))?.kind;
}

/** @throws LedgerError BANK_INVALID, or INPUT_INVALID for a step that such an organisation never takes. */
async function assertTaken(call: Call, whose: string, wanted: Policy['twoPeople'][string]): Promise<void> {
  const field = `twoPeople.${whose}`;
  const kind = kinds.has(whose) ? whose : await kindOf(call, whose);
  if (kind === undefined) throw new LedgerError('BANK_INVALID', { field });
  if (kind === 'bank') await assertKnown(call, whose, field);
  const taken = stepsOfKind(kind);
  const other = wanted.find((step) => !taken.includes(step));
  if (other === undefined) return;
  if (!(authoritySteps as readonly string[]).includes(other)) {
    throw new LedgerError('BANK_INVALID', { field });
  }
  throw new LedgerError('INPUT_INVALID', { detail: `Such an organisation takes no step ${other}.`, field });
}
