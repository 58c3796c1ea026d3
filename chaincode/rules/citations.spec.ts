import type { FactInput } from '../api.js';
import { areNeighbours, citingOf } from './citations.js';

const seller = { scheme: 'USCC', id: '91330200MA2CKXQ85H' } as const;
type Cites = NonNullable<FactInput['cites']>;
const paper = (type: FactInput['type'], number: string, ...cites: Cites) =>
  citingOf({ type, number, cites }, seller);
const invoice = { type: 'tax-invoice', number: 'I1' } as const;
const house = { type: 'bill-of-lading', number: 'H1' } as const;

describe('near neighbours', () => {
  it('cite each other and are of different families, in either direction', () => {
    expect(areNeighbours(paper('customs-declaration', 'D1', invoice), paper('tax-invoice', 'I1'))).toBe(true);
    expect(areNeighbours(paper('tax-invoice', 'I1'), paper('customs-declaration', 'D1', invoice))).toBe(true);
    // A commercial and a tax invoice of one number are one sale, and one document.
    expect(areNeighbours(paper('commercial-invoice', 'I1'), paper('tax-invoice', 'I1'))).toBe(true);
  });

  it('are not two of one family, whatever cites both', () => {
    expect(areNeighbours(paper('tax-invoice', 'I2', invoice), paper('tax-invoice', 'I1'))).toBe(false);
    expect(areNeighbours(paper('tax-invoice', 'I1'), paper('tax-invoice', 'I2'))).toBe(false);
    expect(areNeighbours(paper('customs-declaration', 'D2', invoice), paper('tax-invoice', 'I2'))).toBe(
      false,
    );
  });

  it('are two that name one bill, unless one of them names another paper of the other’s family', () => {
    const declaration = paper('customs-declaration', 'D1', house);
    expect(areNeighbours(declaration, paper('tax-invoice', 'I2', house))).toBe(true);
    expect(
      areNeighbours(paper('customs-declaration', 'D1', house, invoice), paper('tax-invoice', 'I2', house)),
    ).toBe(false);
    expect(areNeighbours(declaration, paper('tax-invoice', 'I2'))).toBe(false);
  });

  it('are not documents of two sellers', () => {
    const stranger = { ...seller, id: '91350100M000100Y43' };
    const theirs = citingOf({ type: 'customs-declaration', number: 'D1', cites: [invoice] }, stranger);
    expect(areNeighbours(theirs, paper('tax-invoice', 'I1'))).toBe(false);
  });
});
