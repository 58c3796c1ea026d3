// How the ledger reads a document, for specs of other packages: the registry's rules are no part of what it offers them.
export { prepareFact } from '../facts/prepare.js';
