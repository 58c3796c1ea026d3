import { type Context, Contract, Info, Returns, Transaction } from 'fabric-contract-api';
import { handle } from './handle.js';
import { type LedgerFunction, permissions } from './permissions.js';

/**
 * What the consortium can call: the functions of the table of permissions, each with the flag that follows its access.
 * Input travels in the transient field `input`; there are no arguments.
 */
@Info({ title: 'PledgeOnce', description: 'Trade facts and the financing claims against them' })
export class PledgeOnceContract extends Contract {
  constructor() {
    super('PledgeOnce');
  }
}

const names = Object.keys(permissions) as LedgerFunction[];
for (const name of names) define(PledgeOnceContract.prototype, name);

/** Adds one function as the decorators of Fabric would on a method that is written out. */
function define(contract: Contract, name: LedgerFunction): void {
  Object.defineProperty(contract, name, { value: (context: Context) => handle(name, context) });
  Transaction(permissions[name].access === 'submit')(contract, name);
  Returns('string')(contract, name);
}
