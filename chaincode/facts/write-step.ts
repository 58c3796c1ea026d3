import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { governmentMsps } from '../roles.js';
import { type FactHead, type FactStep, factStepAt, toldStepVersions } from './records.js';
import { toldOf } from './view.js';

const government: readonly string[] = governmentMsps;

/** Writes a step of a document, and tells its authority where that does not hold the registry and would not see it. */
export function writeStep(work: UnitOfWork, { type, number }: FactHead, step: FactStep): void {
  work.write(factStepAt(step.fact), step);
  const { mspId } = step.proposedBy;
  if (government.includes(mspId)) return;
  toldStepVersions.write(work, { ...toldOf(step), document: { type, number } }, [mspId]);
}
