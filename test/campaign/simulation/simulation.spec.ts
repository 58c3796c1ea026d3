import { type ConsortiumMaterial, makeMaterial } from './consortium-material.js';
import { type Plan, simulate } from './simulate.js';
import { SimulatedTime } from './simulated-time.js';

const small: Plan = { workers: 4, transactions: 3, documents: 3, largestBatch: 30 };
/** A planted fault needs an occasion: a power cut after something was acknowledged, an outcome that is unknown. */
const occasions = [1, 4, 5, 2, 3, 6];

describe('simulated time', () => {
  it('does not pass while something computes, whoever asks how long it takes', () => {
    const time = new SimulatedTime();
    const show = time.install();
    const [began, moment] = [performance.now(), Date.now()];
    const until = process.hrtime.bigint() + 5_000_000n;
    while (process.hrtime.bigint() < until);
    expect([performance.now(), Date.now()]).toEqual([began, moment]);
    show();
    const real = performance.now();
    expect(real).not.toBe(began);
  });
});

describe('the simulated registry', () => {
  let material: ConsortiumMaterial;
  beforeAll(async () => {
    material = await makeMaterial();
  }, 120_000);

  it('keeps what it promises, and does the same again under the same seed', async () => {
    const first = await simulate(material, 1, small);
    expect(first.violations).toEqual([]);
    expect(first.told.claims.length).toBeGreaterThan(0);
    expect(first.lives).toBeGreaterThan(2);
    const again = await simulate(material, 1, small);
    expect({ ...again }).toEqual({ ...first });
  }, 240_000);

  it.each<[string, Partial<Plan>]>([
    ['a disk that forgets what it said it had', { lies: { forgetsSynced: true } }],
    ['a disk that keeps half of a write', { lies: { tearsBatches: true } }],
    ['a client that asks again under another key', { forgetsKeys: true }],
    ['a gateway that takes in blocks without its records', { overlooksRecords: true }],
  ])(
    'shows %s',
    async (_, planted) => {
      let violations: readonly string[] = [];
      for (const seed of occasions) {
        ({ violations } = await simulate(material, seed, { ...small, ...planted }));
        if (violations.length > 0) break;
      }
      expect(violations.length).toBeGreaterThan(0);
    },
    600_000,
  );
});
