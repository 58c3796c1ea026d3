import type { FactStatus, FactView, PartyId } from '../api.js';
import { accountOfFirm } from '../firms/account.js';
import { firmOf } from '../firms/firm-of.js';
import type { Call, Caller } from '../ledger/call.js';
import type { FactHead, FactVersion } from './records.js';
import { noteLookAlikes } from '../near-duplicates/note.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { instantText } from '../rules/dates.js';
import { keyText, type RecordedKey } from '../rules/document-keys.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
import { isOrderText, joiningTexts, type Links, linksOf } from '../rules/links.js';
import { documentDueDate } from '../rules/past-due.js';
import { withTwins } from '../rules/trades.js';
import { joiningOrders, joinWithContainers } from '../underlyings/join.js';
import { assertFreesNoOrder, assertSameBuyer, assertStillEnough } from './orders.js';
import { leaveUnderlying } from './leave-underlying.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { withFact } from './with-fact.js';
import type { PreparedFact } from './prepare.js';
import { replaceOriginal } from './replace.js';
import { alertTwins, type SameContainers, sameContainers } from './same-containers.js';
import { factView } from './view.js';
import { writeFact } from './write.js';

/** The new version of a fact, beside what the document says. */
export interface Edition {
  readonly id: string;
  /** Whether it is found only by the key that names its issuer; said of its first version. */
  readonly named?: true | undefined;
  readonly version: number;
  readonly status: FactStatus;
  readonly recordedAt: string;
  readonly reason?: string | undefined;
  readonly changedOn?: string | undefined;
  readonly change?: string | undefined;
  /** Who proposed what the caller confirms. */
  readonly proposedBy?: FactVersion['by'] | undefined;
  readonly request?: string | undefined;
  /** The keyed hash of the version before, which holds until the authority gives another code. */
  readonly checkCode?: string | undefined;
  /** The fact as it stood, where this is not its first version. */
  readonly before?: FactHead | undefined;
}

/** Stores one version of a fact: joins its trade, sets its balance, looks for near duplicates, raises alerts. */
export async function storeFact(
  call: Call,
  fingerprints: Fingerprints,
  prepared: PreparedFact,
  edition: Edition,
): Promise<FactView> {
  const { work, caller } = call;
  const { key, seller, content } = prepared;
  const { id, version, recordedAt, before } = edition;
  const self = caller.kind === 'enterprise';
  const firm = await firmOf(work, fingerprints, seller);
  const links = linksOfFact(prepared, firm, edition.named ?? before?.named);
  const same = await sameContainers(work, fingerprints, id, prepared, firm);
  const newTrade = fingerprints.candidates('underlying', `${keyText(key)}\n${links.link}`)[0];
  const texts = await joiningOf(work, fingerprints, id, key, links, same);
  const found = await joinWithContainers(work, fingerprints, texts, newTrade, self ? 'own' : 'believed');
  if (before !== undefined) await leaveUnderlying(work, before, found.id);
  const twins = alertTwins(work, id, same, found);
  const trade = { ...found, ...withTwins(withFact(found, id, prepared, links, self), id, twins) };
  if (key.type === 'purchase-order' && before !== undefined) {
    await assertSameBuyer(work, fingerprints, id, content);
    await assertStillEnough(work, id, found, trade);
  } else if (self && before !== undefined) await assertFreesNoOrder(work, found, trade);
  const stored = await storeWithAlerts(work, trade);
  await replaceOriginal(call, fingerprints, prepared, links, stored, id);
  const isReplaced = stored.rows.some(({ replaces }) => replaces === links.link);
  const status = isReplaced ? 'replaced' : edition.status;

  const account = await accountOfFirm(work, fingerprints, [prepared.holder, ...prepared.holderIds]);
  const head = headOf(
    call,
    fingerprints,
    prepared,
    { ...edition, status },
    { underlying: stored.id, account },
  );
  const record: FactVersion = {
    id,
    version,
    status,
    authority: caller.mspId,
    ...selfOf(caller),
    issuer: key.issuer,
    content,
    by: { mspId: caller.mspId, id: caller.person },
    proposedBy: edition.proposedBy,
    recordedAt,
    updatedAt: instantText(call.now),
    reason: edition.reason,
    changedOn: edition.changedOn,
    change: edition.change,
  };
  writeFact(call, head, record, before);
  const near = await noteLookAlikes(call, fingerprints, record, firm, stored);
  return factView(head, record, stored, near);
}

/** The links by which a document joins a trade: those that it states, and those of other papers of its goods. */
async function joiningOf(
  work: Call['work'],
  fingerprints: Fingerprints,
  fact: string,
  { type }: RecordedKey,
  links: Links,
  same: readonly SameContainers[],
): Promise<{ readonly links: readonly string[]; readonly containers: readonly string[] }> {
  const linksOfSame = (isWanted: (one: SameContainers) => boolean) =>
    same.filter(isWanted).flatMap(({ link }) => link ?? []);
  const joining = joiningTexts(links);
  const orders = type === 'purchase-order' ? [] : joining.filter(isOrderText);
  return {
    // What stands in the place of a cancelled document takes over its draws, or is not recorded.
    links: [
      ...joining.filter((text) => !orders.includes(text)),
      ...(await joiningOrders(work, fingerprints, orders, fact)),
      ...linksOfSame(({ relation }) => relation === 'replaced'),
    ],
    containers: linksOfSame(({ relation }) => relation !== 'replaced'),
  };
}

/** What tells the seller's own paper from an authority's. */
function selfOf({ kind }: Caller): Pick<FactHead, 'self'> {
  return kind === 'enterprise' ? { self: true } : {};
}

/** What every draw will read of this version. */
function headOf(
  { caller }: Call,
  fingerprints: Fingerprints,
  prepared: PreparedFact,
  { id, named, version, status, checkCode, request, before }: Edition,
  { underlying, account }: Pick<FactHead, 'underlying' | 'account'>,
): FactHead {
  const { key, seller, holder, holderIds, balance, content } = prepared;
  return {
    id,
    version,
    status,
    type: key.type,
    authority: caller.mspId,
    ...selfOf(caller),
    issuer: key.issuer,
    number: key.number,
    named: named ?? before?.named,
    period: key.period,
    issuingBank: key.issuingBank,
    seller,
    holder,
    holderIds,
    account,
    currency: balance.currency,
    checkCode:
      prepared.checkCode === undefined
        ? checkCode
        : fingerprints.candidates('check-code', checkCodeText(id, prepared.checkCode))[0],
    underlying,
    request,
    content: contentDigest(prepared),
    dueOn: documentDueDate(content),
  };
}

/** How a document is known within the trades of its seller. */
export function linksOfFact(
  {
    key,
    content: { cites, corrects, replaces, selfBilled },
  }: { readonly key: RecordedKey } & Pick<FactVersion, 'content'>,
  firm: PartyId,
  named: FactHead['named'],
): Links {
  return linksOf({ key, firm, cites, corrects, replaces, selfBilled, named });
}

/** A check code as it is hashed: bound to its document, in one spelling. */
export function checkCodeText(fact: string, code: string): string {
  return `${fact}\n${code.normalize('NFKC').replace(/\s/g, '').toUpperCase()}`;
}

/** Recognises a document that says the same again, in whatever spelling of its number. */
export function contentDigest({
  content: { printedNumber: _printed, ...content },
}: Pick<PreparedFact, 'content'>): string {
  return digest(canonicalJson(content));
}
