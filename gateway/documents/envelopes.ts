import { find, type XmlElement } from './xml-tree.js';

/** Names of what wraps a paper on its way; each holds at most one more envelope inside. */
const standardBusinessDocument = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';

/**
 * The papers inside an envelope: UN/CEFACT's Standard Business Document, which may carry several, and HMRC's request to
 * submit a declaration. What is in no envelope is its own paper.
 */
export function papersIn(root: XmlElement): readonly XmlElement[] {
  if (root.name === 'StandardBusinessDocument' && root.namespace === standardBusinessDocument) {
    return root.children.filter(({ name }) => name !== 'StandardBusinessDocumentHeader').flatMap(papersIn);
  }
  if (root.name === 'submitDeclarationRequest') {
    const inside = find(root, 'requestDetail', 'MetaData');
    return inside === undefined ? [root] : [inside];
  }
  return [root];
}
