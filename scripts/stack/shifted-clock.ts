/*
 * Loaded into every Node process of a consortium by NODE_OPTIONS: puts its clock forward, and nothing else. Timers,
 * deadlines and TLS go on by the machine's own clock.
 */

/** Milliseconds by which the clock is put forward. */
export const shiftVariable = 'PLEDGEONCE_CLOCK_SHIFT';

const shift = Number(process.env[shiftVariable] ?? 0);

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
