import type { FactInput } from '../api.js';
import { dayNumber } from './dates.js';

/** Which containers travel under a document, from the day of loading to that of arrival, in days since 1970. */
export interface Journey {
  readonly containers: readonly string[];
  readonly from: number;
  readonly to: number;
  /** Where the containers were loaded, as the document spells it but for case and blanks. */
  readonly loadedAt?: string | undefined;
  /** Where they have arrived; absent while the arrival is only assumed. */
  readonly arrivedAt?: string | undefined;
}

/** How long a journey is taken to last whose arrival is not known yet. */
const assumedDays = 14;
/** From the train to the ship, or from the ship to the yard, a container stays with its goods. */
const transferDays = 3;

/** The journey of a document of transport; undefined where it lists no container. */
export function journeyOf({ date, transport }: Pick<FactInput, 'date' | 'transport'>): Journey | undefined {
  const containers = [...new Set(transport?.containers ?? [])];
  if (transport === undefined || containers.length === 0) return undefined;
  const from = dayNumber(transport.loadedOn ?? date);
  const to = transport.arrivedOn === undefined ? from + assumedDays : dayNumber(transport.arrivedOn);
  return {
    containers,
    from,
    to: Math.max(from, to),
    loadedAt: placeOf(transport.from),
    arrivedAt: transport.arrivedOn === undefined ? undefined : placeOf(transport.to),
  };
}

function placeOf(text: string | undefined): string | undefined {
  return text?.normalize('NFKC').replace(/\s+/g, ' ').trim().toUpperCase();
}

/**
 * Whether a container cannot have been emptied and loaded anew between two journeys. Containers are used again: a later
 * voyage of the same box is another trade.
 */
export function overlaps(one: Pick<Journey, 'from' | 'to'>, other: Pick<Journey, 'from' | 'to'>): boolean {
  return one.from <= other.to + transferDays && other.from <= one.to + transferDays;
}

/** Whether two journeys speak of the same goods: a container in common at the same time. */
export function sameGoods(one: Journey, other: Journey): boolean {
  return (
    overlaps(one, other) &&
    !isLoadedAnew(one, other) &&
    !isLoadedAnew(other, one) &&
    one.containers.some((container) => other.containers.includes(container))
  );
}

/**
 * Whether a container has come back before the later journey: it had arrived elsewhere, and is loaded again where it was
 * loaded before. Goods that travel on are loaded where they arrived.
 */
function isLoadedAnew(earlier: Journey, later: Journey): boolean {
  return (
    earlier.arrivedAt !== undefined &&
    later.from >= earlier.to &&
    later.loadedAt !== undefined &&
    later.loadedAt === earlier.loadedAt &&
    later.loadedAt !== earlier.arrivedAt
  );
}
