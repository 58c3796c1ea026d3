import type { Language } from '../people/preferences.js';
import { claimParticulars, verificationParticulars } from './certificate.js';
import type { Certificate } from './certificate.js';
import { shownOfClaim, shownOfVerification } from './shown-of.js';
import type { Shown } from './shown-of.js';
import { wordsIn } from './words.js';
import { writeDay, writeMoment, writeMoney } from './write-values.js';

/** A line of a certificate: its name, its value, and whether the value is only that it is not shown. */
export type Row = readonly [label: string, value: string, isHidden?: boolean];

/** Everything that stands on a certificate, in its order. */
export function rowsOf(certificate: Certificate, issuer: string, language: Language): Row[] {
  const { words, valueOf } = wordsIn(language);
  const isClaim = certificate.kind === 'claim';
  const shown = isClaim ? shownOfClaim(certificate, certificate.claim) : shownOfVerification(certificate);
  const names = isClaim ? claimParticulars : verificationParticulars;
  const facts: readonly Row[] = isClaim
    ? [
        [words.claim, certificate.claim.id],
        [words.state, valueOf(certificate.claim.state)],
        [words.registeredAt, writeMoment(certificate.registeredAt, language)],
      ]
    : [[words.result, valueOf(certificate.receipt.items[0]?.answered.result ?? '')]];
  const particulars = names.flatMap((name): Row[] => {
    const key = name === 'document' ? 'documents' : name;
    const isChosen = certificate.shows.some((one) => one === name);
    if (!isChosen) return [[words[key], words.hidden, true]];
    const value = print(shown, key, language);
    return value === undefined ? [] : [[words[key], value]];
  });
  return [
    [words.number, certificate.id],
    [words.issuedBy, issuer],
    [words.issuedAt, writeMoment(certificate.at, language)],
    ...facts,
    ...particulars,
  ];
}

function print(shown: Shown, name: keyof Shown, language: Language): string | undefined {
  const { valueOf } = wordsIn(language);
  switch (name) {
    case 'documents':
      return shown.documents?.map(({ type, number }) => `${valueOf(type)} ${number}`).join('; ');
    case 'enterprise':
      return shown.enterprise && `${shown.enterprise.scheme} ${shown.enterprise.id}`;
    case 'dueDate':
      return shown.dueDate && writeDay(shown.dueDate, language);
    case 'product':
      return shown.product && valueOf(shown.product);
    case 'applicationNumber':
      return shown.applicationNumber;
    default: {
      const money = shown[name];
      return money && writeMoney(money);
    }
  }
}
