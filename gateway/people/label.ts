import { scriptsOf } from '@pledgeonce/chaincode/rules/scripts.js';

const pattern = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._@-]*[\p{L}\p{M}\p{N}])?$/u;
const longest = 64;

/**
 * Whether a text can be the enrolment id of a person, in any script: `anna`, `李伟`, `müller.k`. It becomes the name of a file
 * and stands in a certificate, so it holds nothing that a path gives a meaning to, is written in one form only, and mixes no
 * two scripts whose letters look alike: nobody is taken for somebody else.
 */
export function isLabel(label: string): boolean {
  return (
    label.length <= longest &&
    pattern.test(label) &&
    !label.includes('..') &&
    label === label.normalize('NFKC') &&
    scriptsOf(label).size <= 1
  );
}
