export const members = {
  members: {
    about: '三个政府节点在账本上维护成员名册。其中一家对某成员的决定，须有第二家作出相同决定方可生效。',
    change: {
      joins: '成为成员：{{kind}}。',
      withoutNode: '无自有节点：其证书机构列入名册。',
      suspended: '暂停：可继续查阅，不得办理新业务。',
      admittedAgain: '恢复成员资格，可照常办理业务。',
      removed: '永久除名：其全部权利由 {{successor}} 承继并代为办理。',
      renamed: '自此更名为 {{title}}。',
      authority: '更换证书机构：原机构签发的证书一律失效。',
    },
    government: '政府节点',
    holdsAtOnce: '您确认后即有两家政府机构意见相同，自下一区块起生效。',
    ordered: '各成员提交的交易',
    orderedSince: '区块 {{from}} 至 {{to}}。提交最多的排在最前；无效或无法读取的没有结果，但各方仍须存储。',
    probing: '哪家成员的人员在试探单证，见提醒：',
    junk: '哪家成员提交了无法读取的交易，见提醒：',
    missing: '还须下列机构之一作出相同决定：{{organisations}}',
    needsSecond: '须有第二家政府机构的复核人作出相同决定方可生效。',
    nodes: '与另外两个节点回答不同的节点及双方的回答：',
    noProposals: '没有等待第二家确认的事项。',
    proposals: '拟变更事项',
    register: '成员名册',
    removing:
      '被除名的成员不得再办理或查阅任何业务；其记录保留，由承继成员代为行使。此操作不可撤销，须有第二家政府机构的复核人作出相同决定方可生效。',
    saidBy: '已由 {{organisations}} 提出，',
    suspending:
      '被暂停的成员可继续查阅，不得办理新业务；其已有权利不变。须有第二家政府机构的复核人作出相同决定方可生效。',
  },
  markConsents: {
    about:
      '凭提单、运单或仓单的对外付款，由该单证列明的企业办理签注。货物已转售的，可同意由新货主凭该单证付款。',
    give: '同意该企业凭此付款',
    given: '自此 {{payer}} 可凭以下单证付款：',
    none: '尚未同意任何企业凭此付款。',
    title: '由其他企业凭您的货物单证付款',
  },
  nodeOf: { own: '自有', none: '无' },
  organisationKind: {
    bank: '银行',
    insurer: '保险公司',
    carrier: '承运人',
    enterprise: '企业门户',
    customs: '海关',
    tax: '税务机关',
    regulator: '监管机构',
  },
};
