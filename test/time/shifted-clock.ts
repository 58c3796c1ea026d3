/*
 * Loaded into every Node process of a consortium by NODE_OPTIONS: puts its clock forward, and nothing else. Timers,
 * deadlines and TLS go on by the machine's own clock.
 */

/** Milliseconds by the end of a program's path; `*` for all others. */
export type Shifts = Readonly<Record<string, number>>;

export const shiftsVariable = 'PLEDGEONCE_CLOCK_SHIFTS';

const shifts = JSON.parse(process.env[shiftsVariable] ?? '{}') as Shifts;
const program = process.argv[1] ?? '';
const own = Object.keys(shifts).find((end) => program.endsWith(end));
const shift = shifts[own ?? '*'] ?? 0;

if (shift !== 0) {
  const real = Date;
  const now = () => real.now() + shift;
  globalThis.Date = new Proxy(real, {
    construct: (target, given: unknown[], made) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, made) as Date,
    apply: () => new real(now()).toString(),
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}
