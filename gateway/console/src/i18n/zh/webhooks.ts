/** 事件推送的文字。 */
export const webhooks = {
  webhooks: {
    about:
      '每有提示或变更，即向贵机构自有系统的地址发送一条经签名的消息。消息只说明有事发生；具体内容由贵方系统通过接口读取。',
    allTaken: '接收方已全部收取。',
    deliveries: '未被收取的消息',
    everybody: '全部企业',
    made: '只调用经加密传输的公网地址，以及网关配置中列明的网络。',
    one: '事件推送',
    paused: '恢复前不再发送。不会遗漏：恢复后从原处继续。',
    removed: '接收方尚未收取的消息一并删除。',
    replayed: '立即发送未被收取的消息，包括已放弃的。填写事件编号的，该事件之后的消息全部重发。',
    resumed: '从原处继续。',
  },
  webhookKind: { alert: '提示', change: '变更' },
};
