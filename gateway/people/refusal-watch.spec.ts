import { RefusalWatch } from './refusal-watch.js';

describe('refusals together', () => {
  let now: number;
  let watch: RefusalWatch;
  beforeEach(() => {
    now = 0;
    watch = new RefusalWatch(() => now);
  });
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `person-${index}`);

  it('show one secret tried at many people, once an hour', () => {
    const said = ids(20).map((id) => watch.refused(id, '10.0.0.1'));
    expect(said.filter((one) => one !== undefined)).toEqual([
      '5 people were tried from one address within an hour',
    ]);
    expect(said[4]).toBeDefined();
    now += 60 * 60_000;
    expect(ids(5).map((id) => watch.refused(id, '10.0.0.1') !== undefined)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('show one person tried from many addresses, however the id is spelt', () => {
    const said = ['anna', 'Anna', 'ANNA', 'ａｎｎａ', 'anna'].map((id, index) =>
      watch.refused(id, `10.0.0.${index}`),
    );
    expect(said.at(-1)).toBe('one person was tried from 5 addresses within an hour');
  });

  it('show nothing while somebody mistypes at their own place, nor over a whole day', () => {
    for (let turn = 0; turn < 4; turn++) expect(watch.refused('anna', '10.0.0.1')).toBeUndefined();
    for (const id of ids(12)) {
      now += 15 * 60_000;
      expect(watch.refused(id, '10.0.0.2')).toBeUndefined();
    }
  });

  it('show that the right secret came after many wrong ones, and begin anew with it', () => {
    for (let turn = 0; turn < 5; turn++) watch.refused('anna', `10.0.0.${turn % 2}`);
    expect(watch.cameIn('Anna')).toBe('the right secret after 5 wrong ones within an hour');
    expect(watch.cameIn('anna')).toBeUndefined();
    watch.refused('anna', '10.0.0.1');
    expect(watch.cameIn('anna')).toBeUndefined();
  });

  it('are forgotten beyond a bound, whatever names are invented', () => {
    for (let index = 0; index < 30_000; index++) watch.refused(`made-up-${index}`, `10.${index % 250}.0.1`);
    watch.refused('anna', '10.0.0.1');
    expect(watch.cameIn('made-up-1')).toBeUndefined();
  });
});
