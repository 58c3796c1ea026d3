const day = 86_400_000;

/** Days since 1970 of a date written YYYY-MM-DD. */
export function dayNumber(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / day);
}

/** The UTC date of an instant in milliseconds, YYYY-MM-DD. */
export function dateOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The date that is so many days after 1970. */
export function dateOfDay(dayNumber: number): string {
  return dateOf(dayNumber * day);
}

/** An instant as RFC 3339 text in UTC. */
export function instantText(instant: number): string {
  return new Date(instant).toISOString();
}

/** The instant so many hours later. */
export function hoursAfter(instant: number, hours: number): number {
  return instant + hours * 3_600_000;
}
