/** 取得自有数据的权利。 */
export const ownData = {
  ownData: {
    about: '账本上属于 {{whose}} 的全部内容，含各个版本及其证明：供存档、审计或退出时使用。',
    check: '校验文件',
    checkHint: '任何装有 PledgeOnce 的电脑均可离线校验，无需连接登记系统：',
    cut: '在 {{count}} 条记录（{{size}} MB）后中断，已保存。可继续，其余部分另存为第二个文件。',
    done: '已完成：{{count}} 条记录，{{size}} MB。文件在下载目录中。',
    file: '文件',
    goOn: '从最后一条记录继续',
    proves:
      '校验逐一说明每个版本是否由两个政府节点背书、其区块是否已签名，以及是否有行被更改或遗漏。中断的文件会被指明。',
    running: '正在导出：已有 {{count}} 条记录，{{size}} MB。',
    schema: '每行的内容（JSON Schema）',
    start: '导出全部',
    stopped: '已在 {{count}} 条记录（{{size}} MB）后停止，已保存。其余部分可另存为第二个文件。',
  },
};
