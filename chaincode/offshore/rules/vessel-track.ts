import { isImo } from '../../rules/check-digits.js';
import { dateOf, dayNumber } from '../../rules/dates.js';
import type { Transport, TransportEvent } from '../../transport/api.js';
import type { OffshoreBill } from '../api.js';
import { compare, consistent, type Finding, inconsistent, notCovered, same, sameText } from './findings.js';

/** Steps of a journey in the order in which they can only happen. */
const stages = ['loaded', 'departed', 'arrived', 'discharged', 'delivered'] as const;
type Stage = (typeof stages)[number];

/** Days by which a bill's date may differ from the event: it may be dated when the ship is full, or by local time. */
const dateTolerance = 2;

type Told = Pick<OffshoreBill, 'vessel' | 'from' | 'to' | 'loadedOn' | 'arrivedOn'>;

/** Whether ship, ports and days on the paper are the recorded ones. */
export function toldVoyage(paper: string, told: Told, recorded: Transport): readonly Finding[] {
  return [
    ...shipFindings(paper, told.vessel, recorded.vessel),
    ...compare(`${paper}: the place of loading`, told.from, recorded.from, sameText),
    ...compare(`${paper}: the place of discharge`, told.to, recorded.to, sameText),
    ...compare(`${paper}: the date of loading`, told.loadedOn, recorded.loadedOn, same),
    ...compare(`${paper}: the date of arrival`, told.arrivedOn, recorded.arrivedOn, same),
  ];
}

/** Whether the recorded events show the ship on its way from the one port to the other. */
export function recordedTrack(paper: string, recorded: Transport): readonly Finding[] {
  return [...orderFindings(paper, recorded), ...callFindings(paper, recorded)];
}

function shipFindings(
  paper: string,
  told: Told['vessel'],
  recorded: Transport['vessel'],
): readonly Finding[] {
  if (told?.imo !== undefined && !isImo(told.imo)) {
    return [inconsistent(`${paper}: no ship has this IMO number, its check digit does not fit.`)];
  }
  return [
    ...compare(`${paper}: the name of the ship`, told?.name, recorded?.name, sameText),
    ...compare(`${paper}: the IMO number of the ship`, told?.imo, recorded?.imo, same),
    ...compare(`${paper}: the voyage`, told?.voyage, recorded?.voyage, sameText),
  ];
}

/** On one ship nothing arrives before it has left. A transhipment is a journey of its own, on the other ship. */
function orderFindings(paper: string, recorded: Transport): readonly Finding[] {
  const ships = new Map<string, TransportEvent[]>();
  for (const event of recorded.events ?? []) {
    const ship = shipOf(event.vessel) ?? shipOf(recorded.vessel) ?? '';
    ships.set(ship, [...(ships.get(ship) ?? []), event]);
  }
  const broken = [...ships.values()].some((events) => {
    const firsts = stages.flatMap((stage) => firstAt(events, stage) ?? []);
    return firsts.some((at, index) => index > 0 && at < (firsts[index - 1] ?? at));
  });
  if (ships.size === 0) return [];
  return broken
    ? [inconsistent(`${paper}: the recorded events are in an order in which they cannot have happened.`)]
    : [consistent(`${paper}: the recorded events follow one another.`)];
}

/** Whether the recorded events show the ship at both ports, on the recorded days. */
function callFindings(paper: string, recorded: Transport): readonly Finding[] {
  const events = recorded.events ?? [];
  const departure = earliest(ofStages(events, ['loaded', 'departed']));
  const arrival = latest(ofStages(events, ['arrived', 'discharged']));
  return [
    ...callFinding(`${paper}: loading`, departure, recorded.from, recorded.loadedOn),
    ...callFinding(`${paper}: arrival`, arrival, recorded.to, recorded.arrivedOn),
    ...(departure?.vessel?.imo === undefined
      ? []
      : compare(`${paper}: the ship of the loading`, departure.vessel.imo, recorded.vessel?.imo, same)),
  ];
}

function callFinding(
  subject: string,
  event: TransportEvent | undefined,
  place: string | undefined,
  day: string | undefined,
): readonly Finding[] {
  if (event === undefined) return [notCovered(`${subject} has not been recorded as an event yet.`)];
  if (place === undefined || event.place === undefined) {
    return [notCovered(`${subject} is recorded without a place.`)];
  }
  if (!sameText(event.place, place))
    return [inconsistent(`${subject} was at another place than the bill says.`)];
  const days = day === undefined ? 0 : Math.abs(dayNumber(dateOf(Date.parse(event.at))) - dayNumber(day));
  return [
    days > dateTolerance
      ? inconsistent(`${subject} was on another day than the bill says.`)
      : consistent(`${subject} is recorded at that place.`),
  ];
}

function shipOf(vessel: Transport['vessel']): string | undefined {
  return vessel?.imo ?? vessel?.name.toUpperCase();
}

/** Milliseconds of the first event of a stage. */
function firstAt(events: readonly TransportEvent[], stage: Stage): number | undefined {
  const found = earliest(ofStages(events, [stage]));
  return found && Date.parse(found.at);
}

/** Events of these stages; the carrier's own further steps say nothing about the order. */
export function ofStages(
  events: readonly TransportEvent[],
  wanted: readonly Stage[],
): readonly TransportEvent[] {
  return events.filter(({ event }) => wanted.some((stage) => sameText(stage, event)));
}

function earliest(events: readonly TransportEvent[]): TransportEvent | undefined {
  return [...events].sort((one, other) => Date.parse(one.at) - Date.parse(other.at))[0];
}

function latest(events: readonly TransportEvent[]): TransportEvent | undefined {
  return [...events].sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
}
