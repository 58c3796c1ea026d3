import 'reflect-metadata';
import { createHash, X509Certificate } from 'node:crypto';
import { X509Crl } from '@peculiar/x509';
import type { ConfigGroup } from './config.js';
import { policyWords } from './policy-words.js';

/** What stands for nothing where a part is added. */
const EMPTY: ConfigGroup = { groups: {}, values: {}, policies: {} };
/** Longer texts are told by their hash. */
const LONGEST = 300;

/**
 * What would be different, a line for each thing: nothing is left out, whether or not we know what it means. The
 * counters of the changes are no difference.
 */
export function differences(before: ConfigGroup, after: ConfigGroup, path = 'Channel'): string[] {
  return [
    ...changed(`${path}, changed by`, before.mod_policy, after.mod_policy),
    ...named(before.policies, after.policies).flatMap(([name, former, next]) => [
      ...changed(
        `${path}, policy ${name}`,
        former && policyWords(former.policy),
        next && policyWords(next.policy),
      ),
      ...changed(`${path}, policy ${name}, changed by`, former?.mod_policy, next?.mod_policy),
    ]),
    ...named(before.values, after.values).flatMap(([name, former, next]) => [
      ...valueLines(`${path}, ${name}`, former?.value, next?.value),
      ...changed(`${path}, ${name}, changed by`, former?.mod_policy, next?.mod_policy),
    ]),
    ...named(before.groups, after.groups).flatMap(([name, former, next]) => {
      const where = `${path}/${name}`;
      if (next === undefined) return [`${where} is removed.`];
      if (former === undefined) return [`${where} is added.`, ...differences(EMPTY, next, where)];
      return differences(former, next, where);
    }),
  ];
}

/** Both sides of everything that either has, in the order of the names. */
function named<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): (readonly [string, T | undefined, T | undefined])[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.map((name) => [name, before[name], after[name]]);
}

function changed(what: string, before: string | undefined, after: string | undefined): string[] {
  if (before === after) return [];
  if (before === undefined || before === '') return after === '' ? [] : [`${what}: ${after ?? ''}`];
  if (after === undefined) return [`${what}: ${before} is removed.`];
  return [`${what}: ${before} becomes ${after}`];
}

function valueLines(path: string, before: unknown, after: unknown): string[] {
  const [former, next] = [leaves(before), leaves(after)];
  const paths = [...new Set([...former.keys(), ...next.keys()])];
  return paths.flatMap((leaf) => changed(`${path}${leaf}`, former.get(leaf), next.get(leaf)));
}

/** Every text and number in a value, by where it is. In a list of texts the order says nothing, so each is its own place. */
function leaves(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (value === undefined || value === null) return found;
  if (typeof value !== 'object') {
    found.set(path, rendered(typeof value === 'string' ? value : JSON.stringify(value)));
    return found;
  }
  if (!Array.isArray(value)) {
    for (const [name, part] of Object.entries(value)) leaves(part, `${path}, ${name}`, found);
    return found;
  }
  for (const [index, part] of value.entries()) {
    if (typeof part === 'string') found.set(`${path} (${shortHash(part)})`, rendered(part));
    else leaves(part, `${path} ${index + 1}`, found);
  }
  return found;
}

function rendered(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  const [, label, body = ''] =
    /^-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END/.exec(bytes.toString('latin1')) ?? [];
  if (label === 'CERTIFICATE') return certificateWords(new X509Certificate(bytes));
  if (label?.endsWith('CRL') === true) {
    const { entries } = new X509Crl(Buffer.from(body, 'base64'));
    const serials = entries.map(({ serialNumber }) => serialNumber).join(', ');
    return `revocation list of ${entries.length} certificates (${shorten(serials)})`;
  }
  return shorten(text);
}

function certificateWords({ subject, fingerprint256, validTo }: X509Certificate): string {
  return `certificate ${subject.replaceAll('\n', ', ')}, until ${validTo}, SHA-256 ${fingerprint256}`;
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (SHA-256 of all ${shortHash(text)})`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
