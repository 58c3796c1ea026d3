import type { Claim } from '@pledgeonce/chaincode/claims/records.js';
import { claimView } from '@pledgeonce/chaincode/claims/view.js';
import { onceFor } from '../once-for.js';

/** What is answered of a claim. Organisations of one process share the claim while they keep it; nobody changes either. */
export const viewOf = onceFor((claim: Claim) => claimView(claim));

/** The same as it is kept. */
export const viewTextOf = onceFor((claim: Claim) => JSON.stringify(viewOf(claim)));
