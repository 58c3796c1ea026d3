import { isContainer } from '../../rules/check-digits.js';
import type { Transport } from '../../transport/api.js';
import type { OffshoreBill } from '../api.js';
import { consistent, type Finding, inconsistent, notCovered } from './findings.js';
import { ofStages } from './vessel-track.js';

type Told = Pick<OffshoreBill, 'containers'>;

/** Whether the containers on the paper are the recorded ones, all of them. */
export function toldContainers(paper: string, { containers }: Told, recorded: Transport): readonly Finding[] {
  const told = codesOf(containers);
  const known = new Set(recorded.containers ?? []);
  if (told.size === 0) return [notCovered(`${paper}: no containers were given to compare.`)];
  const mistyped = [...told].filter((code) => !isContainer(code));
  if (mistyped.length > 0) {
    const codes = mistyped.slice(0, 5).join(', ');
    return [inconsistent(`${paper}: no container has this number, its check digit does not fit: ${codes}.`)];
  }
  if (known.size === 0) return [notCovered(`${paper}: its issuer has recorded no containers.`)];
  const strange = [...told].filter((code) => !known.has(code)).length;
  if (strange > 0) {
    return [inconsistent(`${paper}: ${strange} of ${told.size} containers are not recorded under it.`)];
  }
  if (known.size > told.size) {
    return [inconsistent(`${paper}: more containers are recorded under it than the paper lists.`)];
  }
  return [consistent(`${paper}: the containers are the recorded ones.`)];
}

/** Whether the containers have been loaded and discharged; an event without one is of the whole consignment. */
export function recordedMoves(
  paper: string,
  { containers }: Told,
  { events = [] }: Transport,
): readonly Finding[] {
  const told = codesOf(containers);
  if (told.size === 0) return [];
  return (['loaded', 'discharged'] as const).map((stage) => {
    const recorded = ofStages(events, [stage]);
    const moved = new Set(recorded.map(({ container }) => container && codeOf(container)));
    const missing = moved.has(undefined) ? 0 : [...told].filter((code) => !moved.has(code)).length;
    return missing === 0
      ? consistent(`${paper}: all containers are recorded as ${stage}.`)
      : notCovered(`${paper}: ${missing} of ${told.size} containers are not recorded as ${stage} yet.`);
  });
}

function codesOf(containers: Told['containers']): ReadonlySet<string> {
  return new Set((containers ?? []).map(codeOf));
}

function codeOf(container: string): string {
  return container.replace(/[\s-]/g, '').toUpperCase();
}
