import { readFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';

/** A paper that lies among the samples, as text. */
export function sample(name: string): string {
  return readFileSync(new URL(`../../../documents/samples/${name}`, import.meta.url)).toString();
}

/** The UBL invoice of the samples under another root element of UBL. */
export function ublAs(root: string, invoice = sample('invoice.ubl.xml')): string {
  return invoice.replaceAll(/\bInvoice(?=[ >-])/g, root);
}

/** A debit note: it requests its total, and has no type code. */
export function debitNote(): string {
  return ublAs('DebitNote')
    .replaceAll('LegalMonetaryTotal', 'RequestedMonetaryTotal')
    .replace(/<cbc:InvoiceTypeCode>.*?<\/cbc:InvoiceTypeCode>/, '');
}

/** A cross-industry invoice in the words of its predecessor, ZUGFeRD 1.0. */
export function zugferd1(cii = sample('invoice.cii.xml')): string {
  return cii
    .replaceAll(
      'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
      'urn:ferd:CrossIndustryDocument:invoice:1p0',
    )
    .replaceAll('CrossIndustryInvoice', 'CrossIndustryDocument')
    .replaceAll(/(?<!Referenced|Header)ExchangedDocument\b/g, 'HeaderExchangedDocument')
    .replaceAll('SupplyChainTradeTransaction', 'SpecifiedSupplyChainTradeTransaction')
    .replaceAll('ApplicableHeaderTrade', 'ApplicableSupplyChainTrade')
    .replaceAll(
      'SpecifiedTradeSettlementHeaderMonetarySummation',
      'SpecifiedTradeSettlementMonetarySummation',
    );
}

/** A waybill, or a bill of lading, of UBL: mode 1 is the sea, 2 the railway, 3 the road. Its second container is misread. */
export function ublWaybill(mode: string, root = 'Waybill'): string {
  return `<${root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2"
    xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
    <cbc:ID>WB-1</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate>
    <cac:ConsignorParty><cac:PartyTaxScheme><cbc:CompanyID>DE987654321</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme></cac:ConsignorParty>
    <cac:Shipment><cbc:ID>1</cbc:ID><cac:GoodsItem><cbc:RequiredCustomsID>841370</cbc:RequiredCustomsID></cac:GoodsItem>
    <cac:ShipmentStage><cbc:TransportModeCode>${mode}</cbc:TransportModeCode><cac:LoadingPortLocation><cbc:ID>CNNGB</cbc:ID></cac:LoadingPortLocation></cac:ShipmentStage>
    <cac:TransportHandlingUnit><cac:TransportEquipment><cbc:ID>CSQU3054383</cbc:ID></cac:TransportEquipment><cac:TransportEquipment><cbc:ID>CSQU3054384</cbc:ID></cac:TransportEquipment></cac:TransportHandlingUnit></cac:Shipment></${root}>`;
}

/** Papers in one envelope of UN/CEFACT. */
export function envelopeOf(papers: readonly string[]): string {
  const inside = papers.map((text) => text.replace(/<\?xml.*?\?>/, '')).join('');
  return `<sh:StandardBusinessDocument xmlns:sh="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"><sh:StandardBusinessDocumentHeader/>${inside}</sh:StandardBusinessDocument>`;
}

/** A PDF of one empty page with these files attached. */
export async function pdfWith(
  ...attachments: readonly (readonly [name: string, content: string])[]
): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage();
  for (const [name, content] of attachments) {
    await document.attach(Buffer.from(content), name, { mimeType: 'text/xml' });
  }
  return Buffer.from(await document.save());
}
