import 'reflect-metadata';
import { PledgeOnceContract } from './contract.js';
import { permissions } from './permissions.js';

interface Described {
  readonly name: string;
  readonly tag: readonly string[];
  readonly parameters: readonly unknown[];
  readonly returns: unknown;
}

const contract = new PledgeOnceContract();
const described = Reflect.getMetadata('fabric:transactions', contract) as readonly Described[];

describe('the contract', () => {
  it.each(Object.entries(permissions))('has %s, submitted or evaluated as its access says', (name, row) => {
    expect(described.filter((one) => one.name === name)).toEqual([
      {
        name,
        tag: row.access === 'submit' ? ['SUBMIT', 'submitTx'] : ['EVALUATE'],
        parameters: [],
        returns: { type: 'string' },
      },
    ]);
    expect(Reflect.get(contract, name)).toBeInstanceOf(Function);
  });

  it('has no other function', () => {
    expect(described.map(({ name }) => name)).toEqual(Object.keys(permissions));
  });
});
