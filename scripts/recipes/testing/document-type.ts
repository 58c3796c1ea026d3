import type { Recipe } from './recipe.js';

/** Customs' word that it has inspected goods: it limits nothing, and nobody draws on it. */
export const documentType: Recipe = {
  heading: 'A document type',
  steps: [
    {
      file: 'chaincode/schemas.ts',
      after: 'export const factTypes = [\n',
      add: "  'inspection-certificate',\n",
    },
    {
      file: 'chaincode/catalogue.ts',
      after: 'export const catalogue: Readonly<Record<FactType, FactRule>> = {\n',
      add: `  'inspection-certificate': {
    family: 'inspection-certificate',
    recordedBy: ['customs'],
    issuer: 'recorder',
    holder: 'seller',
    balance: 'none',
    dimension: 'goods',
    drawnAs: [],
    evidence: false,
    revolving: false,
  },
`,
    },
    {
      file: 'gateway/console/src/i18n/en/words.ts',
      after: '  type: {\n',
      add: "    'inspection-certificate': 'Inspection certificate',\n",
    },
    {
      file: 'gateway/console/src/i18n/zh/words.ts',
      after: '  type: {\n',
      add: "    'inspection-certificate': '检验证书',\n",
    },
    {
      file: 'gateway/certificates/words.ts',
      before: "    'customs-declaration': 'Customs declaration',\n",
      add: "    'inspection-certificate': 'Inspection certificate',\n",
    },
    {
      file: 'gateway/certificates/words.ts',
      before: "    'customs-declaration': '报关单',\n",
      add: "    'inspection-certificate': '检验证书',\n",
    },
    {
      file: 'gateway/console/src/features/documents/document-fields.ts',
      after: '  customs: [',
      add: "'inspection-certificate', ",
    },
    {
      file: 'gateway/documents/inspection-certificate.ts',
      like: 'gateway/documents/ubl-transport.ts',
      whole: `import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { dateOf, required } from './fields.js';
import { textOf, type XmlElement } from './xml-tree.js';

/** Whether a root element opens a certificate of inspection. */
export function isInspectionCertificate(root: XmlElement): boolean {
  return root.name === 'InspectionCertificate';
}

/**
 * Reads a certificate of inspection.
 *
 * @throws DocumentError when it lacks a number, a day or an exporter.
 */
export function readInspectionCertificate(root: XmlElement): FactInput {
  const uscc = required(textOf(root, 'Exporter'), 'Exporter', 'The certificate names no exporter.');
  return {
    type: 'inspection-certificate',
    number: required(textOf(root, 'Number'), 'Number', 'The certificate has no number.'),
    date: dateOf(textOf(root, 'InspectedOn'), 'InspectedOn', 'day of inspection'),
    seller: { scheme: 'USCC', id: uscc, name: uscc },
  };
}
`,
    },
    {
      file: 'gateway/documents/parse-document.ts',
      before: "import { invoiceToFact, type InvoiceType } from './invoice.js';\n",
      add: "import { isInspectionCertificate, readInspectionCertificate } from './inspection-certificate.js';\n",
    },
    {
      file: 'gateway/documents/parse-document.ts',
      before: '  if (isUblTransport(root)) return',
      add: '  if (isInspectionCertificate(root)) return () => readInspectionCertificate(root);\n',
    },
    {
      file: 'docs/how-to/import-documents.md',
      before: '- **What a paper does** follows',
      add: '- **Inspection.** `InspectionCertificate` is recorded as it is; nothing can be drawn on it.\n',
    },
  ],
};
