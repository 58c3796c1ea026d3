import { dateOfDay, dayNumber } from '@pledgeonce/chaincode/rules/dates.js';
import { readCursor } from './conditions.js';

/** Where a page ends in a list that is in the order of days. */
interface DayPlace {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly ordinal: number;
}

/** A cursor is one whole number: the day and, behind it, ten digits of the ordinal. */
const ordinals = 10_000_000_000;

/** The cursor that says where a page has ended. */
export function dayCursor({ day, ordinal }: DayPlace): string {
  return String(dayNumber(day) * ordinals + ordinal);
}

/**
 * @returns undefined for the first page.
 * @throws CursorError
 */
export function readDayCursor(cursor: string | undefined): DayPlace | undefined {
  const place = readCursor(cursor);
  if (place === undefined) return undefined;
  return { day: dateOfDay(Math.floor(place / ordinals)), ordinal: place % ordinals };
}
