/** 月末对账 */
export const monthEnd = {
  monthEnd: {
    begin: '提交台账对账',
    hint: 'CSV 或 Excel 表格，含申请编号、未还余额、币种；台账有状态和到期日的一并比对。列的顺序不限。',
    template: '空白模板',
    sending: '正在比对台账……',
    allAgreed: '台账与登记系统一致。',
    differences: '差异',
    totals: '未还余额',
    file: '下载差异文件',
    result: '下载完整结果（可验证）',
    ignored: '未参与比对的列：{{names}}',
    asOf: '对账日',
    asOfHint: '以本机时钟的当日午夜为截止。',
    absent: '无',
    proof: '链上记录',
  },
  difference: {
    'only-book': '仅台账有',
    'only-registry': '仅登记系统有',
    state: '状态不同',
    outstanding: '余额不同',
    'due-date': '到期日不同',
    'document-lowered': '单证金额已调减',
  },
  change: { lowered: '已调减', cancelled: '已撤销', replaced: '已被替换' },
  verdict: { agreed: '一致', open: '有差异' },
};
