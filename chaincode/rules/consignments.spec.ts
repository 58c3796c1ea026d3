import fc from 'fast-check';
import { type Consignment, namesOf, sameConsignment } from './consignments.js';

const paper = (own: string, more: Partial<Consignment> = {}): Consignment => ({
  fact: own,
  type: 'bill-of-lading',
  own,
  cites: [],
  above: more.cites ?? [],
  journey: undefined,
  ...more,
});
const journey = (container: string, from = 0) => ({ containers: [container], from, to: from + 10 });

describe('the same consignment', () => {
  const master = paper('master', { journey: journey('C1') });
  const house = paper('house', { cites: ['master'] });
  const sibling = paper('sibling', { cites: ['master'] });

  it.each<[string, Consignment, Consignment, boolean]>([
    ['a house bill and its master', house, master, true],
    ['two parts of one master', house, sibling, false],
    [
      'a waybill and the bill that it cites',
      paper('w', { type: 'rail-waybill', cites: ['house'] }),
      house,
      true,
    ],
    ['a paper two steps below', paper('w', { cites: ['house'], above: ['house', 'master'] }), master, true],
    [
      'a waybill and a receipt of one bill',
      paper('w', { type: 'rail-waybill', cites: ['house'] }),
      paper('r', { type: 'warehouse-receipt', cites: ['house'] }),
      true,
    ],
    ['two bills of one container', paper('x', { journey: journey('C1') }), master, true],
    ['the same box on a later voyage', paper('x', { journey: journey('C1', 60) }), master, false],
    ['strangers', paper('x'), paper('y'), false],
  ])('%s', (_name, one, other, same) => {
    expect([sameConsignment(one, other), sameConsignment(other, one)]).toEqual([same, same]);
  });

  it('is always found: papers of the same goods share a name', () => {
    const names = fc.constantFrom('p0', 'p1', 'p2', 'p3');
    const papers = fc
      .record({
        own: names,
        type: fc.constantFrom('bill-of-lading' as const, 'rail-waybill' as const),
        cites: fc.uniqueArray(names, { maxLength: 2 }),
        further: fc.uniqueArray(names, { maxLength: 2 }),
        container: fc.option(fc.constantFrom('C1', 'C2')),
        day: fc.nat(40),
      })
      .map(({ own, type, cites, further, container, day }) =>
        paper(own, {
          type,
          cites,
          above: [...cites, ...further],
          journey: container === null ? undefined : journey(container, day),
        }),
      );
    fc.assert(
      fc.property(papers, papers, (one, other) => {
        if (!sameConsignment(one, other)) return;
        expect(namesOf(one).some((name) => namesOf(other).includes(name))).toBe(true);
      }),
    );
  });
});
