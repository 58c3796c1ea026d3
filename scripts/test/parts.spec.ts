import { besideEachOther, longestFirst, partNames, partsOn, titleOf, whyLeft } from './parts.js';

describe('the parts of the tests', () => {
  it('are each asked for by a name, and run once on each network that they have', () => {
    const titles = partsOn(['embedded', 'fabric']).map(titleOf);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles).toEqual(expect.arrayContaining(['unit', 'browser on embedded', 'acceptance on fabric']));
    expect(new Set(partsOn(['embedded']).map(({ name }) => name))).toEqual(new Set(partNames));
  });

  it('are left out where what they need is missing, and no others are', () => {
    const missing = { fabric: 'There is no peer.', chromium: 'There is no chromium.' };
    const left = partsOn(['embedded', 'fabric']).filter((part) => whyLeft(part, missing) !== undefined);
    expect(left.map(titleOf)).toEqual([
      'browser on embedded',
      'conformance on fabric',
      'acceptance on fabric',
      'faults on fabric',
      'demo on fabric',
    ]);
    const none = { fabric: undefined, chromium: undefined };
    expect(partsOn(['embedded', 'fabric']).filter((part) => whyLeft(part, none) !== undefined)).toEqual([]);
  });

  it('begin with the longest where several run at once, and all of them run', () => {
    const parts = partsOn(['embedded']);
    expect(longestFirst(parts).map(titleOf).sort()).toEqual(parts.map(titleOf).sort());
    expect(longestFirst(parts)[0]?.name).toBe('acceptance');
  });

  it('are light and run beside each other, or need the whole machine; none is left out or run twice', () => {
    const parts = partsOn(['embedded', 'fabric']);
    const { light, others } = besideEachOther(parts);
    expect(light.map((lane) => lane.map(({ name }) => name))).toEqual([
      ['lint', 'structure', 'spelling', 'format'],
      ['time'],
    ]);
    const all = [...light.flat(), ...others];
    expect(new Set(all)).toEqual(new Set(parts));
    expect(all).toHaveLength(parts.length);
  });
});
