import { z } from 'zod';

// Only what the registry takes is read; what else a bill says, and what later versions of the standard add, is left.
const text = z.string().trim().min(1);
const optionalText = text.optional().catch(undefined);
const location = z.object({ UNLocationCode: optionalText, locationName: optionalText }).optional();

const party = z.object({
  partyName: text,
  identifyingCodes: z
    .array(z.object({ codeListProvider: text, codeListName: optionalText, partyCode: text }))
    .optional(),
  taxLegalReferences: z.array(z.object({ type: text, countryCode: optionalText, value: text })).optional(),
});
export type BillParty = z.infer<typeof party>;

const equipment = z.object({
  equipmentReference: optionalText,
  /** Where the shipper owns the container, and in every issued bill, its number stands one level lower. */
  equipment: z.object({ equipmentReference: optionalText }).optional(),
});

const consignmentItem = z.object({
  descriptionOfGoods: z.union([text, z.array(text)]).optional(),
  HSCodes: z.array(text).min(1),
  cargoItems: z
    .array(
      z.object({
        equipmentReference: optionalText,
        cargoGrossWeight: z.object({ value: z.number(), unit: text }).optional(),
        outerPackaging: z.object({ numberOfPackages: z.number().int().min(1).optional() }).optional(),
      }),
    )
    .optional(),
});
export type ConsignmentItem = z.infer<typeof consignmentItem>;

const goods = {
  consignmentItems: z.array(consignmentItem).min(1),
  utilizedTransportEquipments: z.array(equipment).optional(),
};
export type Goods = z.infer<z.ZodObject<typeof goods>>;

const charge = z.object({
  currencyCode: text,
  /** A JSON number by the standard: its shortest decimal text is what was written, up to fifteen digits. */
  currencyAmount: z.number(),
  paymentTermCode: optionalText,
});

const houseBill = z.object({
  houseBillOfLadingReference: text,
  documentParties: z.object({ shipper: party.optional(), consignee: party.optional() }).optional(),
  ...goods,
});
export type HouseBill = z.infer<typeof houseBill>;

/** A transport document of DCSA's electronic bill of lading 3.0, or the shipping instructions that precede it. */
export const billSchema = z.object({
  transportDocumentReference: optionalText,
  transportDocumentTypeCode: z.enum(['BOL', 'SWB']),
  carrierCode: optionalText,
  issueDate: optionalText,
  shippedOnBoardDate: optionalText,
  transports: z
    .object({
      portOfLoading: location,
      portOfDischarge: location,
      vesselVoyages: z
        .array(
          z.object({
            vesselName: optionalText,
            vesselIMONumber: optionalText,
            carrierExportVoyageNumber: optionalText,
            universalExportVoyageReference: optionalText,
          }),
        )
        .optional(),
    })
    .optional(),
  charges: z.array(charge).optional(),
  documentParties: z.object({
    shipper: party.optional(),
    consignee: party.optional(),
    issuingParty: party.optional(),
  }),
  houseBillOfLadings: z.array(houseBill).optional(),
  ...goods,
});
export type Bill = z.infer<typeof billSchema>;
