import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { isContainer } from '@pledgeonce/chaincode/rules/check-digits.js';
import { DocumentError } from './document-error.js';
import type { ConsignmentItem, Goods } from './dcsa-schema.js';
import type { Warn } from './parsed.js';

type Transport = NonNullable<FactInput['transport']>;
type Cargo = NonNullable<Transport['cargo']>[number];

/** What a bill carries: goods by HS code, and the containers that they lie in. */
export function goodsOf(
  { consignmentItems, utilizedTransportEquipments }: Goods,
  warn: Warn,
): Pick<Transport, 'cargo' | 'containers'> {
  const containers = [
    ...(utilizedTransportEquipments ?? []).map(
      ({ equipment, equipmentReference }) => equipment?.equipmentReference ?? equipmentReference,
    ),
    ...consignmentItems.flatMap(({ cargoItems = [] }) =>
      cargoItems.map(({ equipmentReference }) => equipmentReference),
    ),
  ];
  const valid = validContainers(containers, warn);
  return {
    ...(valid.length > 0 && { containers: valid }),
    cargo: consignmentItems.flatMap((item, index) => cargoOf(item, `consignmentItems.${index}`, warn)),
  };
}

/** A container that fails its check digit joins nothing: it is left out, and the bill is taken without it. */
function validContainers(containers: readonly (string | undefined)[], warn: Warn): string[] {
  const codes = containers.flatMap((code) =>
    code === undefined ? [] : [code.replace(/[\s-]/g, '').toUpperCase()],
  );
  const distinct = [...new Set(codes)];
  const mistyped = distinct.filter((code) => !isContainer(code));
  if (mistyped.length > 0) {
    const detail = `${mistyped.join(', ')}: the check digit does not fit.`;
    warn({ warning: 'container-left-out', detail });
  }
  return distinct.filter((code) => isContainer(code));
}

/** Packages and weight belong to the item as a whole: where it has several HS codes, the first one carries them. */
function cargoOf(item: ConsignmentItem, field: string, warn: Warn): Cargo[] {
  const { HSCodes, descriptionOfGoods, cargoItems = [] } = item;
  const description = [descriptionOfGoods ?? []].flat().join(' ').slice(0, 500);
  const packages = cargoItems.reduce((sum, one) => sum + (one.outerPackaging?.numberOfPackages ?? 0), 0);
  const weight = weightOf(cargoItems, warn);
  return HSCodes.map((hsCode, index) => {
    if (!/^\d{4,13}$/.test(hsCode)) {
      throw new DocumentError('INPUT_INVALID', `${field}.HSCodes.${index}`, 'An HS code has 4 to 13 digits.');
    }
    if (index > 0) return { hsCode };
    return {
      hsCode,
      ...(description !== '' && { description }),
      ...(packages > 0 && { packages }),
      ...(weight !== undefined && { weight }),
    };
  });
}

/** Whole kilograms; a weight in pounds or with a fraction is left out, because nothing is rounded. */
function weightOf(cargoItems: NonNullable<ConsignmentItem['cargoItems']>, warn: Warn): number | undefined {
  const weights = cargoItems.map(({ cargoGrossWeight }) => cargoGrossWeight);
  if (weights.length === 0) return undefined;
  const whole = weights.map((one) =>
    one?.unit === 'KGM' && Number.isSafeInteger(one.value) ? one.value : 0,
  );
  const sum = whole.reduce((total, one) => total + one, 0);
  if (!whole.includes(0) && sum > 0 && Number.isSafeInteger(sum)) return sum;
  warn({ warning: 'weight-left-out', detail: 'A weight is missing or not in whole kilograms.' });
  return undefined;
}
