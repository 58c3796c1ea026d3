import { limits, type FactStatus, type FactView } from '../api.js';
import { catalogue } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import { factAt, factVersionAt, publicFactAt } from '../ledger/addresses.js';
import type { Call } from '../ledger/call.js';
import { authorityPolicy } from '../ledger/endorsement.js';
import type { FactHead, FactVersion, Underlying } from '../ledger/kinds.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { instantText } from '../rules/dates.js';
import { keyText, linkText } from '../rules/document-keys.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
import { linksOf, restates } from '../rules/links.js';
import { documentDueDate } from '../rules/past-due.js';
import { withTwins } from '../rules/trades.js';
import { joinByLinks } from '../underlyings/join.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { nearDuplicates } from './near-duplicates.js';
import type { PreparedFact } from './prepare.js';
import { alertTwins, sameContainers } from './same-containers.js';
import { factView } from './view.js';

/** The new version of a fact, beside what the document says. */
export interface Edition {
  readonly id: string;
  readonly version: number;
  readonly status: FactStatus;
  readonly recordedAt: string;
  readonly reason?: string | undefined;
  readonly request?: string | undefined;
  /** The keyed hash of the version before, which holds until the authority gives another code. */
  readonly checkCode?: string | undefined;
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
  const { id, version, status, recordedAt } = edition;
  const { cites, corrects, transport } = content;
  const linked = { key, seller, cites, corrects, shipper: transport?.shipper };
  const links = linksOf(linked, caller.kind !== 'enterprise');
  const same = await sameContainers(work, fingerprints, id, prepared);
  const newTrade = fingerprints.candidates('underlying', keyText(key))[0];
  const allLinks = [...new Set([...links, ...same.map(({ link }) => link)])];
  const found = await joinByLinks(work, fingerprints, allLinks, newTrade);
  const twins = alertTwins(work, id, same, found);
  const trade = { ...found, ...withTwins(withFact(found, id, prepared), id, twins) };
  const stored = await storeWithAlerts(work, trade);
  const near =
    catalogue[key.type].drawnAs.some((role) => role !== 'cover') && prepared.total !== undefined
      ? await nearDuplicates(work, fingerprints, id, prepared, prepared.total, stored)
      : [];

  const head: FactHead = {
    id,
    version,
    status,
    type: key.type,
    authority: caller.mspId,
    issuer: key.issuer,
    number: key.number,
    seller,
    holder: prepared.holder,
    currency: prepared.balance.currency,
    checkCode:
      prepared.checkCode === undefined
        ? edition.checkCode
        : fingerprints.candidates('check-code', checkCodeText(id, prepared.checkCode))[0],
    underlying: stored.id,
    request: edition.request,
    content: contentDigest(prepared),
    dueOn: documentDueDate(content),
  };
  const record: FactVersion = {
    id,
    version,
    status,
    authority: caller.mspId,
    issuer: key.issuer,
    content,
    nearDuplicates: near,
    by: { mspId: caller.mspId, id: caller.person },
    recordedAt,
    updatedAt: instantText(call.now),
    reason: edition.reason,
  };
  writeFact(call, head, record);
  return factView(head, record, stored.overdrawn);
}

/** Writes the head, the version and the public line of a fact. */
export function writeFact({ work }: Call, head: FactHead, record: FactVersion): void {
  const { id, version, status, authority } = head;
  work.write(factAt(id), head);
  work.write(factVersionAt(id, version), record);
  const policy = version === 1 ? authorityPolicy(authority) : undefined;
  if (policy !== undefined) work.protect(factAt(id), policy);
  work.write(publicFactAt(id), { state: status, seq: version });
  work.changed({ kind: 'fact', id, state: status, seq: version });
}

/** A check code as it is hashed: bound to its document, in one spelling. */
export function checkCodeText(fact: string, code: string): string {
  return `${fact}\n${code.normalize('NFKC').replace(/\s/g, '').toUpperCase()}`;
}

/** Recognises a document that says the same again. */
export function contentDigest({ content }: PreparedFact): string {
  return digest(canonicalJson(content));
}

/** The trade with this document's balance, or with its credit, at what the document says now. */
function withFact(
  trade: Underlying,
  fact: string,
  { key, seller, content, balance }: PreparedFact,
): Underlying {
  const rule = catalogue[key.type];
  const documents = trade.rows.length + trade.credits.length;
  if (documents >= limits.documentsPerUnderlying) throw new LedgerError('TOO_MANY_DOCUMENTS');
  const { currency, minor } = balance;
  if (rule.balance === 'lowers-corrected') {
    const link = linkText('invoice', seller, content.corrects?.number ?? '');
    const credit = { fact, link, currency, amount: minor, cancelled: false };
    return { ...trade, credits: [...trade.credits.filter((one) => one.fact !== fact), credit] };
  }
  const present = trade.rows.find((row) => row.fact === fact);
  const link = linkText(rule.family, seller, key.number);
  const row = {
    fact,
    type: key.type,
    link,
    currency,
    ceiling: minor,
    consumed: present?.consumed ?? 0n,
    cancelled: false,
    ...(restates(key, content.cites) && { restates: true as const }),
  };
  return {
    ...trade,
    rows: present ? trade.rows.map((one) => (one === present ? row : one)) : [...trade.rows, row],
  };
}
