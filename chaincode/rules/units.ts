/**
 * Units of UN/ECE Recommendation 20 in which goods are traded or stored. Rates, pressures and the like are missing on
 * purpose: nobody pledges a lot of them.
 */
const byKind: readonly string[] = [
  // Mass
  'MC MGM CGM DG GRM DJ HGM KGM DTN TNE KTN CTM LBR ONZ GRN APZ STN LTN STI CWI CWA DWT T3 KSD KNS KUR KNI KPH',
  // Volume
  'MMQ CMQ DMQ MTQ DMA H19 H20 MAL 4G MLT CLT DLT LTR HLT A44 K6 INQ FTQ YDQ OZA OZI PTI PT PTD QTI QT QTD GLI GLL',
  'GLD BLL BLD BUI BUA WCD BFT SM3 NM3 K67',
  // Length
  'MMT CMT DMT MTR A45 HMT KMT INH FOT YRD SMI NMI LF LM',
  // Area
  'MMK CMK DMK MTK H16 H18 KMK HAR ARE ACR INK FTK YDK MIK',
  // Pieces and groups of them
  'C62 H87 EA NAR NIU NMP NPR PR SET KT DZN DZP DPR GRO GGR SCO CEN MIL BHX MBE TP TPR MIO HD AS P1 ST RM LEF QR NCL NPL',
  // Energy and activity, for fuels and isotopes
  'JOU KJO 3B GJ WHR KWH MWH GWH BTU J55 BQL CUR',
  // Metals, wood and other commodities by their own measure
  'CTG TMS K14 KMA KMQ KPO KPP KSH MTZ ASV LPA',
  // Containers as units
  '20 21 TSH',
];

/** Kinds of packages of UN/ECE Recommendation 21, which Recommendation 20 takes in with an X before them. */
const packages =
  'AE AM AP AT BA BB BC BD BE BF BG BH BI BJ BK BL BM BN BO BP BQ BR BS BT BU BV BX BY BZ CA CB CC CE CF CG CH CI CJ CK ' +
  'CL CM CN CO CP CQ CR CS CT CU CV CX CY CZ DA DB DC DG DH DI DJ DK DL DM DN DP DR DS DT DU DV DW DX DY EC ED EE EF EG ' +
  'EH EI EN FB FC FD FE FI FL FO FP FR FT FW FX GB GI GL GR GU GY GZ HA HB HC HG HN HR IA IB IC ID IE IF IG IH IK IL IN ' +
  'IZ JB JC JG JR JT JY KG KI LE LG LT LU LV LZ MA MB MC ME MR MS MT MW MX NA NE NF NG NS NT NU NV OA OB OC OD OE OF OK ' +
  'OT OU P2 PA PB PC PD PE PF PG PH PI PJ PK PL PN PO PP PR PT PU PV PX PY PZ QA QB QC QD QF QG QH QJ QK QL QM QN QP QQ ' +
  'QR QS RD RG RJ RK RL RO RT RZ SA SB SC SD SE SH SI SK SL SM SO SP SS ST SU SV SW SY SZ T1 TB TC TD TE TG TI TK TL TN ' +
  'TO TR TS TT TU TV TW TY TZ UC UN VA VG VI VK VL VN VO VP VQ VR VS VY WA WB WC WD WF WG WH WJ WK WL WM WN WP WQ WR WS ' +
  'WT WU WV WW WX WY WZ XA XB XC XD XF XG XH XJ XK YA YB YC YD YF YG YH YJ YK YL YM YN YP YQ YR YS YT YV YW YX YY YZ ZA ' +
  'ZB ZC ZD ZF ZG ZH ZJ ZK ZL ZM ZN ZP ZQ ZR ZS ZT ZU ZV ZW ZX ZY';

/** Before revision 4 packages stood in Recommendation 20 without the X; papers still write them so. */
const withoutX = 'BA BG BX CA CH CR CS CT DR PK PX RO BE BL CY PCE PCS';

const units: ReadonlySet<string> = new Set([
  ...byKind.flatMap((codes) => codes.split(' ')),
  ...packages.split(' ').map((code) => `X${code}`),
  ...withoutX.split(' '),
]);

/** Whether goods are counted or measured in this unit. `ZZ`, mutually defined, is none: two people read it differently. */
export function isUnit(code: string): boolean {
  return units.has(code);
}
