import { applicant, applicantsDeclaration } from '@pledgeonce/scripts/story/loan-papers.js';
import { creditRecords, recordCredit } from '@pledgeonce/scripts/story/credit-papers.js';
import { customsOfficer, person } from './consortium.js';
import { record } from './documents.js';

/** The person of the enterprise that applies for loans; no other test changes its records. */
export const loanApplicant = () => person('EnterpriseMSP', 'exporter-2');

/** The regulator records the applicant anew; the changes hold for this record only. */
export async function recordApplicant(changes: object = {}): Promise<void> {
  const regulator = await person('RegulatorMSP', 'officer');
  await recordCredit(regulator, applicant, creditRecords(applicant.name, changes));
}

/** A declaration of the applicant, recorded. */
export async function freshDeclaration(total?: string) {
  const fact = applicantsDeclaration(total);
  await record(await customsOfficer(), fact);
  return fact;
}
