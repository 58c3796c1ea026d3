/** Whole days from a moment (RFC 3339) until now; nothing less than zero, whatever the clock of this computer says. */
export function daysSince(moment: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(moment)) / 86_400_000));
}
