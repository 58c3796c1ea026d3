import type { PartyId } from '../api.js';
import type { LineTerms } from '../draws/draw.js';
import type { PreparedClaim, PreparedLine } from '../draws/prepare.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import type { Call } from '../ledger/call.js';
import { findFirst } from '../ledger/find-first.js';
import type { Claim } from '../claims/records.js';
import type { FactHead, FactVersion } from '../facts/records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { isCredit, withPresented } from '../letters-of-credit/under-credit.js';
import {
  type CoveringLimit,
  coverSplit,
  type InsuredPart,
  type PolicyTerms,
  whyNotCovered,
} from '../rules/cover.js';
import { dateOf } from '../rules/dates.js';
import { documentKey } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import { limits } from '../schemas.js';
import { idsOf, receivableNames, shipmentNames } from './names.js';
import { assigneeAt, assigneeIds } from './records.js';

/** What of a line decides about its cover. */
type CoveredLine = Pick<PreparedLine, 'role' | 'key' | 'minor'>;

/** A claim that is about to be made, or one that has been. */
interface CoveredClaim extends Pick<PreparedClaim, 'enterprise'> {
  readonly lines: readonly CoveredLine[];
}

/**
 * What an insured claim demands of each of its lines beyond the balances: cover that is in force, belongs to the line and
 * its buyer, and is assigned to the bank. An invoice is advanced up to a share of it, a shipment covers up to the insured
 * share.
 *
 * @returns the terms of a line; lines whose document is not recorded have none and are refused anyway.
 */
export async function termsOfCover(
  call: Call,
  keys: Fingerprints,
  claim: CoveredClaim,
): Promise<(line: CoveredLine) => LineTerms> {
  const parts = await partsOf(call.work, keys, claim);
  const all = [...parts.values()];
  const context = { bank: call.caller.mspId, today: dateOf(call.now) };
  return (line) => {
    const part = parts.get(line);
    if (part === undefined) return {};
    return { refused: whyNotCovered(part, all, context), share: shareOf(part, all) };
  };
}

/** The lines of a claim that has been drawn; each limit and shipment with the receivables that it covers, in amount. */
export async function withCovers(
  { work }: Call,
  keys: Fingerprints,
  enterprise: PartyId,
  lines: Claim['lines'],
): Promise<Claim['lines']> {
  if (lines.some(({ document }) => isCredit(document))) return withPresented(lines);
  if (!lines.some(({ role }) => role === 'cover')) return lines;
  const covered = lines.map(({ role, document, amount }) => ({
    role,
    key: documentKey(document, enterprise, 'document.'),
    minor: amount,
  }));
  const parts = await partsOf(work, keys, { enterprise, lines: covered });
  const split = coverSplit([...parts.values()]);
  return lines.map((line) =>
    line.role === 'cover' ? { ...line, covers: [...(split.get(line.fact) ?? [])] } : line,
  );
}

/** What each line is to the others; nothing of a document that is not recorded. */
async function partsOf(
  work: UnitOfWork,
  keys: Fingerprints,
  { enterprise, lines }: CoveredClaim,
): Promise<ReadonlyMap<CoveredLine, InsuredPart>> {
  const parts = new Map<CoveredLine, InsuredPart>();
  for (const line of lines) {
    const part = await partOf(work, keys, enterprise, line);
    if (part !== undefined) parts.set(line, part);
  }
  return parts;
}

/** How much of its document a part may draw, in whole per cent. */
function shareOf(part: InsuredPart, all: readonly InsuredPart[]): bigint | undefined {
  if (part.kind === 'limit') return undefined;
  if (part.kind === 'receivable') return BigInt(limits.coverAdvancePercent);
  const limit = all.find(
    (other): other is CoveringLimit =>
      other.kind === 'limit' && other.policy === part.policy && other.buyer === part.buyer,
  );
  return limit?.terms && BigInt(limit.terms.insuredShare);
}

async function partOf(
  work: UnitOfWork,
  keys: Fingerprints,
  enterprise: PartyId,
  { role, key, minor: amount }: CoveredLine,
): Promise<InsuredPart | undefined> {
  if (role === 'collateral') return undefined;
  const head = await findFact(work, keys, key);
  if (head === undefined) return undefined;
  const content = await latestContent(work, head);
  const fact = head.id;
  if (role === 'receivable') {
    return {
      kind: 'receivable',
      amount,
      fact,
      buyers: content.buyer === undefined ? [] : idsOf(content.buyer),
      names: receivableNames(head, content),
    };
  }
  const { buyer, shipment, date } = content;
  if (buyer !== undefined && shipment !== undefined) {
    const names = await shipmentNames(work, keys, head, content);
    const [of = ''] = idsOf(buyer);
    const cover = { ...shipment, policy: policyName(head, shipment.policy) };
    return { kind: 'shipment', amount, fact, buyer: of, buyers: idsOf(buyer), names, date, ...cover };
  }
  return limitPart(work, keys, enterprise, head, content, amount);
}

async function limitPart(
  work: UnitOfWork,
  keys: Fingerprints,
  enterprise: PartyId,
  head: FactHead,
  { buyer, limit }: FactVersion['content'],
  amount: bigint,
): Promise<CoveringLimit | undefined> {
  if (buyer === undefined || limit === undefined) return undefined;
  const { record } = await findFirst(
    work,
    assigneeIds(keys, { insurer: head.authority, policy: limit.policy, buyer }),
    assigneeAt,
  );
  return {
    kind: 'limit',
    amount,
    fact: head.id,
    buyer: partyText(buyer),
    ...limit,
    policy: policyName(head, limit.policy),
    terms: await policyTerms(work, keys, enterprise, head, limit.policy),
    assignee: record?.live === true && record.fact === head.id ? record.bank : undefined,
  };
}

/** Which policy: two insurers may give the same number. */
function policyName({ authority }: FactHead, number: string): string {
  return `${authority} ${number}`;
}

/** The policy of the insurer under this number, if it is the exporter's. */
async function policyTerms(
  work: UnitOfWork,
  keys: Fingerprints,
  enterprise: PartyId,
  { issuer }: FactHead,
  number: string,
): Promise<PolicyTerms | undefined> {
  const head = await findFact(work, keys, { type: 'insurance-policy', issuer, number });
  if (head === undefined || partyText(head.holder) !== partyText(enterprise)) return undefined;
  const { policy } = await latestContent(work, head);
  return policy && { ...policy, cancelled: head.status === 'cancelled' };
}
